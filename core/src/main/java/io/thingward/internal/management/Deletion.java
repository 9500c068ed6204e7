package io.thingward.internal.management;

import io.thingward.internal.live.Listings;
import io.thingward.internal.live.Records;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Removes what hangs on a principal or a workspace whose record already admits nobody. Every step
 * may be repeated; whatever is left behind grants nothing.
 */
public final class Deletion {
  private final Room room;
  private final Records records;
  private final Listings listings;

  /** On the records of this room. */
  public Deletion(Room room) {
    this.room = room;
    this.records = room.records();
    this.listings = room.records().listings();
  }

  /** Everything in a workspace. */
  public void contentsOf(WorkspaceId workspace) {
    each(page -> listings.accessKeys(workspace, page), this::key);
    each(page -> listings.apiUsers(workspace, page), this::apiUser);
    each(page -> listings.members(workspace, page), member -> membership(member.id()));
    each(
        page -> listings.roles(Optional.of(workspace), page),
        role -> records.roles().update(role.id(), Deletion::tombstone));
  }

  /** An API user, its keys and its membership; its record stays as a tombstone. */
  public void apiUser(ApiUserRecord apiUser) {
    if (apiUser.workspace().isEmpty()) {
      return; // it is one already
    }
    mark(apiUser.id());
    marked(apiUser);
  }

  /** The same for one that is marked. */
  public void marked(ApiUserRecord apiUser) {
    keysOf(apiUser.id());
    apiUser.workspace().ifPresent(home -> membership(new MembershipId(home, apiUser.id())));
    clear(apiUser.id());
  }

  /** Marks a principal: from now on it authenticates nobody. */
  public void mark(PrincipalId id) {
    records
        .principals()
        .update(id, principal -> principal.state().isGoing() ? principal : going(principal));
  }

  private static PrincipalRecord going(PrincipalRecord principal) {
    return principal instanceof UserRecord user
        ? user.toBuilder().state(LifecycleState.DELETING).build()
        : ((ApiUserRecord) principal).toBuilder().state(LifecycleState.DELETING).build();
  }

  /** The keys of a principal. */
  public void keysOf(PrincipalId principal) {
    each(page -> listings.apiKeys(principal, page), this::key);
  }

  /** A key, whatever has become of it since it was read. */
  public void key(KeyRecord key) {
    boolean there = records.credentials().deleteKey(key);
    if (there) {
      room.keyUses().forget(List.of(key.id()));
    }
  }

  /** The sessions of a user. */
  public void sessionsOf(PrincipalId user) {
    each(page -> listings.sessions(user, page), session -> room.sessions().end(session.id()));
  }

  /** The memberships of a user. */
  public void membershipsOf(PrincipalId user) {
    each(page -> listings.memberships(user, page), member -> membership(member.id()));
  }

  /** Empties a membership, if there is one. */
  public void membership(MembershipId id) {
    records.memberships().update(id, Deletion::removed);
  }

  /** What stays of a membership: its id. */
  public static MembershipRecord removed(MembershipRecord before) {
    return MembershipRecord.builder(before.id(), before.version(), before.created())
        .removed(true)
        .build();
  }

  /** Leaves nothing of a principal but its id. */
  public void clear(PrincipalId id) {
    records.principals().update(id, Deletion::cleared);
  }

  private static PrincipalRecord cleared(PrincipalRecord principal) {
    return principal instanceof UserRecord
        ? UserRecord.builder(principal.id(), principal.version(), principal.created())
            .state(LifecycleState.DELETED)
            .build()
        : ApiUserRecord.builder(principal.id(), principal.version(), principal.created())
            .state(LifecycleState.DELETED)
            .build();
  }

  /** What stays of a role: its id, which is never used again. */
  public static RoleRecord tombstone(RoleRecord role) {
    return RoleRecord.builder(role.id(), role.version(), role.created()).deleted(true).build();
  }

  /** Does something with each item of a listing. */
  public static <T> void each(Function<PageRequest, Page<T>> list, Consumer<T> action) {
    Optional<String> next = Optional.empty();
    do {
      Page<T> page = list.apply(new PageRequest(next, Limits.PAGE));
      page.items().forEach(action);
      next = page.next();
    } while (next.isPresent());
  }
}
