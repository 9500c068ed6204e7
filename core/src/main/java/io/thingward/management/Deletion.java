package io.thingward.management;

import io.thingward.error.ConflictException;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/*
 * Removes what hangs on a principal or a workspace whose record already admits nobody. Every step may
 * be repeated; whatever is left behind grants nothing.
 */
final class Deletion {
  private final Room room;

  Deletion(Room room) {
    this.room = room;
  }

  /* Everything in a workspace. */
  void contentsOf(WorkspaceId workspace) {
    each(page -> room.records().listAccessKeys(workspace, page), this::delete);
    each(page -> room.records().listApiUsers(workspace, page), this::apiUser);
    each(page -> room.records().listMembers(workspace, page), m -> remove(m.id()));
    each(page -> room.records().listRoles(Optional.of(workspace), page), this::role);
  }

  /* An API user, its keys and its membership; its record stays as a tombstone. */
  void apiUser(ApiUserRecord apiUser) {
    if (Principals.isGoing(apiUser) && apiUser.workspace().isEmpty()) {
      return;
    }
    mark(apiUser.id());
    keysOf(apiUser.id());
    apiUser.workspace().ifPresent(w -> remove(new MembershipId(w, apiUser.id())));
    clear(apiUser.id());
  }

  /* Marks a principal: from now on it authenticates nobody. */
  void mark(PrincipalId id) {
    change(
        id,
        principal ->
            Principals.isGoing(principal) ? principal : state(principal, LifecycleState.DELETING));
  }

  /* The keys of a principal. */
  void keysOf(PrincipalId principal) {
    each(page -> room.records().listApiKeys(principal, page), this::delete);
  }

  /* The sessions of a user. */
  void sessionsOf(PrincipalId user) {
    each(
        page -> room.records().listSessions(user, page),
        (SessionRecord session) -> {
          boolean gone = room.records().deleteSession(session.id());
          if (gone) {
            room.sessionUses().forget(List.of(session.id()));
          }
        });
  }

  /* The memberships of a user. */
  void membershipsOf(PrincipalId user) {
    each(page -> room.records().listMemberships(user, page), m -> remove(m.id()));
  }

  /* Empties a membership. */
  void remove(MembershipId id) {
    if (room.records().readMembership(id).isPresent()) {
      room.update(
          () -> room.records().readMembership(id),
          Deletion::vanished,
          before ->
              before.removed()
                  ? before
                  : MembershipRecord.builder(
                          id, room.entropy().after(before.version()), before.created())
                      .removed(true)
                      .build(),
          (after, before) -> room.records().replace(after, before.version()));
    }
  }

  /* Leaves nothing of a principal but its id. */
  void clear(PrincipalId id) {
    change(
        id,
        principal ->
            principal instanceof UserRecord
                ? UserRecord.builder(id, principal.version(), principal.created())
                    .state(LifecycleState.DELETED)
                    .build()
                : ApiUserRecord.builder(id, principal.version(), principal.created())
                    .state(LifecycleState.DELETED)
                    .build());
  }

  private void change(PrincipalId id, Function<PrincipalRecord, PrincipalRecord> change) {
    room.update(
        () -> room.records().readPrincipal(id),
        Deletion::vanished,
        before -> {
          PrincipalRecord after = change.apply(before);
          return after.equals(before) ? before : next(after, before);
        },
        (after, before) -> room.records().replace(after, before.version()));
  }

  private PrincipalRecord next(PrincipalRecord after, PrincipalRecord before) {
    return after instanceof UserRecord user
        ? user.toBuilder().version(room.entropy().after(before.version())).build()
        : ((ApiUserRecord) after)
            .toBuilder().version(room.entropy().after(before.version())).build();
  }

  private static PrincipalRecord state(PrincipalRecord principal, LifecycleState state) {
    return principal instanceof UserRecord user
        ? user.toBuilder().state(state).build()
        : ((ApiUserRecord) principal).toBuilder().state(state).build();
  }

  private void delete(ApiKeyRecord key) {
    deleteKey(key);
  }

  private void delete(AccessKeyRecord key) {
    deleteKey(key);
  }

  private void deleteKey(KeyRecord listed) {
    Optional<KeyRecord> key = Optional.of(listed);
    while (key.isPresent() && !room.records().deleteKey(listed.id(), key.get().version())) {
      key = room.records().readKey(listed.id());
    }
    room.keyUses().forget(List.of(listed.id()));
  }

  /* Leaves nothing of a role but its id. */
  void role(RoleRecord role) {
    room.update(
        () -> room.records().readRole(role.id()),
        Deletion::vanished,
        before ->
            before.deleted()
                ? before
                : tombstone(before).toBuilder()
                    .version(room.entropy().after(before.version()))
                    .build(),
        (after, before) -> room.records().replace(after, before.version()));
  }

  /* What stays of a role: its id, which is never used again. */
  static RoleRecord tombstone(RoleRecord role) {
    return RoleRecord.builder(role.id(), role.version(), role.created()).deleted(true).build();
  }

  private static ConflictException vanished() {
    return new ConflictException("a record vanished that is never deleted");
  }

  static <T> void each(Function<PageRequest, Page<T>> list, Consumer<T> action) {
    Optional<String> next = Optional.empty();
    do {
      Page<T> page = list.apply(new PageRequest(next, Limits.PAGE));
      page.items().forEach(action);
      next = page.next();
    } while (next.isPresent());
  }
}
