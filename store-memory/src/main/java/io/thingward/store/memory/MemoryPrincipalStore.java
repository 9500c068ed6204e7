package io.thingward.store.memory;

import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users and API users in one table, claims in another. */
final class MemoryPrincipalStore implements PrincipalStore {
  private final Index<All, PrincipalId, PrincipalRecord> users =
      new Index<>(
          "users",
          principal -> principal instanceof UserRecord ? All.ROWS : null,
          PrincipalRecord::id,
          PrincipalId::of);
  private final Index<WorkspaceId, PrincipalId, PrincipalRecord> apiUsers =
      new Index<>(
          "api-users",
          MemoryPrincipalStore::workspaceOfApiUser,
          PrincipalRecord::id,
          PrincipalId::of);
  private final MemoryFeed feed;
  private final Table<PrincipalId, PrincipalRecord> principals;
  private final Table<Username, UsernameClaim> claims;

  MemoryPrincipalStore(MemoryFeed feed) {
    this.feed = feed;
    this.principals =
        new Table<>(PrincipalRecord::id, List.of(users, apiUsers), feed.of(Change::of));
    this.claims = new Table<>(UsernameClaim::username, List.of(), feed.of(Change::of));
  }

  @Override
  public Optional<PrincipalRecord> find(PrincipalId id) {
    return principals.find(id);
  }

  @Override
  public boolean insert(PrincipalRecord principal) {
    return principals.insert(principal);
  }

  @Override
  public boolean replace(PrincipalRecord principal, Version expected) {
    return principals.replace(principal, PrincipalRecord::version, expected);
  }

  @Override
  public Page<UserRecord> listUsers(PageRequest page) {
    return principals.page(users, All.ROWS, page).map(UserRecord.class::cast);
  }

  @Override
  public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
    return principals.page(apiUsers, workspace, page).map(ApiUserRecord.class::cast);
  }

  @Override
  public Optional<UsernameClaim> findClaim(Username username) {
    return claims.find(username);
  }

  @Override
  public boolean insertClaim(UsernameClaim claim) {
    return claims.insert(claim);
  }

  @Override
  public boolean replaceClaim(UsernameClaim claim, Version expected) {
    return claims.replace(claim, UsernameClaim::version, expected);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }

  int size() {
    return principals.size();
  }

  int claims() {
    return claims.size();
  }

  private static @Nullable WorkspaceId workspaceOfApiUser(PrincipalRecord principal) {
    return principal instanceof ApiUserRecord apiUser ? apiUser.workspace().orElse(null) : null;
  }
}
