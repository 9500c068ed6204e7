package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.UserRecord;
import java.util.Optional;
import java.util.function.Function;

/*
 * What adding a principal to something takes. A deletion marks its principal first; so whoever adds one
 * reads it again after the write, and takes the addition back if it is marked: of the two, one sees the
 * other.
 */
final class Principals {
  private final Room room;

  Principals(Room room) {
    this.room = room;
  }

  /* The user with this id, unless its deletion has begun. */
  @CanIgnoreReturnValue
  UserRecord requireUser(PrincipalId id) {
    return readUser(id)
        .filter(user -> !isGoing(user))
        .orElseThrow(() -> new NotFoundException("no user " + id));
  }

  /* The API user with this id in this workspace, unless its deletion has begun. */
  @CanIgnoreReturnValue
  ApiUserRecord requireApiUser(WorkspaceId workspace, PrincipalId id) {
    return room.records()
        .readPrincipal(id)
        .filter(ApiUserRecord.class::isInstance)
        .map(ApiUserRecord.class::cast)
        .filter(apiUser -> apiUser.workspace().equals(Optional.of(workspace)))
        .filter(apiUser -> !isGoing(apiUser))
        .orElseThrow(() -> new NotFoundException("no API user " + id));
  }

  Optional<UserRecord> readUser(PrincipalId id) {
    return room.records()
        .readPrincipal(id)
        .filter(UserRecord.class::isInstance)
        .map(UserRecord.class::cast);
  }

  /* Changes a user by compare-and-set; the change may run several times. */
  @CanIgnoreReturnValue
  UserRecord changeUser(PrincipalId id, Function<UserRecord, UserRecord.Builder> change) {
    return room.update(
        () -> Optional.of(requireUser(id)),
        () -> new NotFoundException("no user " + id),
        before -> {
          UserRecord after = change.apply(before).build();
          return after.equals(before)
              ? before
              : after.toBuilder().version(room.entropy().after(before.version())).build();
        },
        (after, before) -> room.records().replace(after, before.version()));
  }

  static boolean isGoing(PrincipalRecord principal) {
    return principal.state() == LifecycleState.DELETING
        || principal.state() == LifecycleState.DELETED;
  }

  /* After an addition: takes it back and refuses if the principal is being deleted. */
  void stillThere(PrincipalId id, Runnable takeBack) {
    if (room.records().readPrincipal(id).filter(p -> !isGoing(p)).isEmpty()) {
      takeBack.run();
      throw new ConflictException("the principal " + id + " is being deleted");
    }
  }

  /* Makes sure that there is a membership, empty if it is new. */
  void ensureMember(WorkspaceId workspace, PrincipalId principal) {
    MembershipId id = new MembershipId(workspace, principal);
    Optional<MembershipRecord> present = room.records().readMembership(id);
    boolean there =
        present.isEmpty()
            && room.records()
                .insert(
                    MembershipRecord.builder(id, room.entropy().first(), room.time().now())
                        .build());
    if (!there) {
      room.update(
          () -> room.records().readMembership(id),
          () -> new ConflictException("a membership vanished"),
          before ->
              before.removed()
                  ? before.toBuilder()
                      .removed(false)
                      .version(room.entropy().after(before.version()))
                      .build()
                  : before,
          (after, before) -> room.records().replace(after, before.version()));
    }
  }
}
