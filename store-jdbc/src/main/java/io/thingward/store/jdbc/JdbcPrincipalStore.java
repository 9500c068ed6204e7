package io.thingward.store.jdbc;

import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users and API users in one table, claims in another. */
final class JdbcPrincipalStore implements PrincipalStore {
  /* No id is empty, so no workspace is meant. */
  private static final String USERS = "";

  private final JdbcFeed feed;
  private final Table<PrincipalId, PrincipalRecord> principals;
  private final Listing<PrincipalRecord> users;
  private final Listing<PrincipalRecord> apiUsers;
  private final Table<Username, UsernameClaim> claims;

  JdbcPrincipalStore(Database database, JdbcFeed feed) {
    this.feed = feed;
    principals =
        new Table<>(
            database,
            feed,
            new Table.Shape<>(
                "thingward_principal",
                List.of("id"),
                List.of("parent"),
                id -> List.of(id.value()),
                principal -> Arrays.asList(parent(principal)),
                PrincipalRecord::id,
                Bodies::write,
                (row, prefix) -> PrincipalId.of(row.getString(prefix + "id")),
                Bodies::readPrincipal));
    users = listing("users");
    apiUsers = listing("api-users");
    claims =
        new Table<>(
            database,
            feed,
            new Table.Shape<>(
                "thingward_claim",
                List.of("username"),
                List.of(),
                username -> List.of(username.value()),
                claim -> List.of(),
                UsernameClaim::username,
                Bodies::write,
                (row, prefix) -> new Username(row.getString(prefix + "username")),
                Bodies::readClaim));
  }

  private Listing<PrincipalRecord> listing(String name) {
    return principals.listing(
        name,
        List.of("parent"),
        "id",
        principal -> principal.id().value(),
        id -> PrincipalId.of(id).value());
  }

  private static @Nullable Object parent(PrincipalRecord principal) {
    return principal instanceof ApiUserRecord apiUser
        ? apiUser.workspace().map(WorkspaceId::value).orElse(null)
        : USERS;
  }

  Table<PrincipalId, PrincipalRecord> table() {
    return principals;
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
    return principals.replace(principal, expected);
  }

  @Override
  public Page<UserRecord> listUsers(PageRequest page) {
    return users.page(List.of(USERS), page).map(UserRecord.class::cast);
  }

  @Override
  public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
    return apiUsers.page(List.of(workspace.value()), page).map(ApiUserRecord.class::cast);
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
    return claims.replace(claim, expected);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }
}
