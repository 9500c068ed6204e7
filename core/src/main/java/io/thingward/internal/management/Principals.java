package io.thingward.internal.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.UserRecord;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Principals as management finds, changes and adds them. A deletion marks its principal first; so
 * whoever adds one to something reads it again after the write, and takes the addition back if it
 * is marked: of the two, one sees the other.
 */
public final class Principals {
  private final Room room;

  /** On the records of this room. */
  public Principals(Room room) {
    this.room = room;
  }

  /** The user with this id, whatever its state. */
  public Optional<UserRecord> readUser(PrincipalId id) {
    return room.records().principals().read(id, UserRecord.class);
  }

  /** The user with this id, unless its deletion has begun. */
  @CanIgnoreReturnValue
  public UserRecord requireUser(PrincipalId id) {
    return readUser(id).filter(user -> !user.state().isGoing()).orElseThrow(() -> noUser(id));
  }

  /** Changes a user, unless its deletion has begun; the change may run several times. */
  @CanIgnoreReturnValue
  public UserRecord changeUser(PrincipalId id, Function<UserRecord, UserRecord.Builder> change) {
    return room.records()
        .principals()
        .update(
            id,
            UserRecord.class,
            user -> {
              if (user.state().isGoing()) {
                throw noUser(id);
              }
              return change.apply(user).build();
            })
        .orElseThrow(() -> noUser(id));
  }

  /** The one answer for users that do not exist, for whoever asks. */
  public static NotFoundException noUser(PrincipalId id) {
    return new NotFoundException("no user " + id);
  }

  /** The API user with this id in this workspace, whatever its state. */
  public ApiUserRecord readApiUser(WorkspaceId workspace, PrincipalId id) {
    return room.records()
        .principals()
        .read(id, ApiUserRecord.class)
        .map(apiUser -> ours(workspace, apiUser))
        .orElseThrow(() -> noApiUser(id));
  }

  /** The API user with this id in this workspace, unless its deletion has begun. */
  @CanIgnoreReturnValue
  public ApiUserRecord requireApiUser(WorkspaceId workspace, PrincipalId id) {
    return standing(readApiUser(workspace, id));
  }

  /** Changes an API user, unless its deletion has begun; the change may run several times. */
  public ApiUserRecord changeApiUser(
      WorkspaceId workspace, PrincipalId id, UnaryOperator<ApiUserRecord> change) {
    return room.records()
        .principals()
        .update(
            id, ApiUserRecord.class, apiUser -> change.apply(standing(ours(workspace, apiUser))))
        .orElseThrow(() -> noApiUser(id));
  }

  private static ApiUserRecord ours(WorkspaceId workspace, ApiUserRecord apiUser) {
    if (!apiUser.workspace().equals(Optional.of(workspace))) {
      throw noApiUser(apiUser.id());
    }
    return apiUser;
  }

  private static ApiUserRecord standing(ApiUserRecord apiUser) {
    if (apiUser.state().isGoing()) {
      throw noApiUser(apiUser.id());
    }
    return apiUser;
  }

  /* The one answer for API users that do not exist and those of other workspaces. */
  private static NotFoundException noApiUser(PrincipalId id) {
    return new NotFoundException("no API user " + id);
  }

  /** After an addition: takes it back and refuses if the principal is being deleted. */
  public void stillThere(PrincipalId id, Runnable takeBack) {
    if (room.records().principals().read(id).filter(p -> !p.state().isGoing()).isEmpty()) {
      takeBack.run();
      throw new ConflictException("the principal " + id + " is being deleted");
    }
  }

  /** Makes sure that there is a membership, empty if it is new; whether there was none. */
  @CanIgnoreReturnValue
  public boolean ensureMember(WorkspaceId workspace, PrincipalId principal) {
    MembershipId id = new MembershipId(workspace, principal);
    Optional<MembershipRecord> present = room.records().memberships().read(id);
    if (present.isPresent() && !present.get().removed()) {
      return false;
    }
    MembershipRecord fresh =
        MembershipRecord.builder(id, room.entropy().first(), room.time().now()).build();
    boolean inserted = present.isEmpty() && room.records().memberships().insert(fresh);
    if (!inserted) {
      room.records().memberships().update(id, before -> before.toBuilder().removed(false).build());
    }
    return true;
  }
}
