package io.thingward.internal.management;

import io.thingward.access.CredentialInfo;
import io.thingward.access.Reason;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.credential.CredentialKind;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.error.ThingwardException;
import io.thingward.error.UnavailableException;
import io.thingward.internal.live.LiveSubject;
import io.thingward.internal.live.Standing;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one way into an operation: authorize, then the effect with its own comparisons, then the
 * audit.
 *
 * <p>The actor's credential, its holder and its rights are read from the store within the call and
 * before any write. So a call that overlaps the loss of its actor's rights may still take effect;
 * one that begins after the loss never does.
 */
public final class Gate {
  private final Room room;
  private final Actor actor;

  /** The gate for this actor. */
  public Gate(Room room, Actor actor) {
    this.room = room;
    this.actor = actor;
  }

  /** What operations work with. */
  public Room room() {
    return room;
  }

  /** The acting subject, if it is not the host. */
  public Optional<LiveSubject> subject() {
    return actor.subject();
  }

  /** An operation in a workspace. */
  public <T> T in(WorkspaceId workspace, Operation operation, Function<Call, T> effect) {
    return audited(
        operation,
        Optional.of(workspace),
        call -> call.authorized(authorizeIn(workspace, operation)),
        effect);
  }

  /** An operation in a workspace that answers nothing. */
  public void doIn(WorkspaceId workspace, Operation operation, Consumer<Call> effect) {
    boolean done = in(workspace, operation, done(effect));
    assert done;
  }

  /** An operation on a user's own account. */
  public <T> T on(PrincipalId user, Operation operation, Function<Call, T> effect) {
    return audited(operation, Optional.empty(), call -> authorizeOn(user, operation), effect);
  }

  /** An operation on a user's own account that answers nothing. */
  public void doOn(PrincipalId user, Operation operation, Consumer<Call> effect) {
    boolean done = on(user, operation, done(effect));
    assert done;
  }

  /** An operation of the host's alone. */
  public <T> T asHost(Operation operation, Function<Call, T> effect) {
    return audited(operation, Optional.empty(), call -> authorizeHost(operation), effect);
  }

  private static Function<Call, Boolean> done(Consumer<Call> effect) {
    return call -> {
      effect.accept(call);
      return true;
    };
  }

  private <T> T audited(
      Operation operation,
      Optional<WorkspaceId> workspace,
      Consumer<Call> authorization,
      Function<Call, T> effect) {
    room.requireOpen();
    Call call = new Call(operation, actor, workspace, room.positions());
    try {
      authorization.accept(call);
      T result = effect.apply(call);
      if (call.hasDone()) {
        emit(AuditKind.CHANGED, call, Map.of());
      } else if (!call.details().isEmpty()) {
        emit(AuditKind.NOT_CHANGED, call, Map.of()); // a bulk call of which every item was refused
      }
      return result;
    } catch (UnavailableException failure) {
      // a read that fails after a write of the same call leaves something done
      UnavailableException told =
          failure.isOutcomeUnknown() || !call.hasDone()
              ? failure
              : UnavailableException.afterWrite(String.valueOf(failure.getMessage()), failure);
      emit(
          told.isOutcomeUnknown() ? AuditKind.UNKNOWN : AuditKind.NOT_CHANGED, call, because(told));
      throw told;
    } catch (ThingwardException | IllegalArgumentException refused) {
      // a call that had already done something says so, whatever stopped it then
      emit(call.hasDone() ? AuditKind.CHANGED : AuditKind.NOT_CHANGED, call, because(refused));
      throw refused;
    }
  }

  private static Map<String, String> because(RuntimeException refusal) {
    return Map.of(
        "refusal", refusal.getClass().getSimpleName().replace("Exception", ""),
        "message", String.valueOf(refusal.getMessage()));
  }

  private void emit(AuditKind kind, Call call, Map<String, String> more) {
    room.audit()
        .emit(
            kind,
            () -> {
              Map<String, String> details = new HashMap<>(call.details());
              details.putAll(more);
              return new AuditEvent.Change(
                  room.time().now(),
                  kind,
                  call.operation().id(),
                  actor.audited(),
                  call.workspace(),
                  call.targets(),
                  details);
            });
  }

  private void authorizeHost(Operation operation) {
    if (!actor.isHost()) {
      throw new NotPermittedException(operation.id() + " is for the host alone");
    }
  }

  private Standing authorizeIn(WorkspaceId workspace, Operation operation) {
    if (actor.isHost()) {
      return Standing.NONE;
    }
    LiveSubject subject = standing();
    Standing standing = subject.readStanding(workspace);
    if (!standing.member()) {
      throw noWorkspace(workspace);
    }
    boolean permitted =
        standing.active()
            && switch (operation.who()) {
              case PERMISSION ->
                  standing
                      .rights()
                      .has(room.positions().ofWorkspace(operation.permission().orElseThrow()));
              case OWNER -> standing.rights().isUnlimited();
              case MEMBER -> true;
              case HOST, SELF, SELF_RECENT -> false;
            };
    if (!permitted) {
      throw new NotPermittedException(
          operation.id() + " needs " + need(operation) + " in an active workspace");
    }
    return standing;
  }

  private static String need(Operation operation) {
    return switch (operation.who()) {
      case PERMISSION -> operation.permission().orElseThrow();
      case OWNER -> "an owner, through a credential without restriction,";
      default -> "the host, or membership,";
    };
  }

  private void authorizeOn(PrincipalId user, Operation operation) {
    if (actor.isHost()) {
      return;
    }
    LiveSubject subject = standing();
    if (!subject.principal().equals(Optional.of(user))) {
      throw new NotFoundException("no user " + user);
    }
    CredentialInfo through = subject.credential();
    if (through.kind() != CredentialKind.SESSION) {
      throw new NotPermittedException(
          operation.id() + " needs a session; a key is not its account");
    }
    boolean recent =
        room.time().now().isBefore(through.created().plus(room.policies().recentLogin()));
    if (operation.who() == Operation.Who.SELF_RECENT && !recent) {
      throw new NotPermittedException(
          operation.id() + " needs a login within " + room.policies().recentLogin());
    }
  }

  /** The acting subject, whose credential and holder stand, as read from the store now. */
  private LiveSubject standing() {
    LiveSubject subject = actor.subject().orElseThrow();
    Optional<Reason> refusal = subject.readRefusal();
    if (refusal.isPresent()) {
      throw new NotPermittedException("the actor's credential does not stand: " + refusal.get());
    }
    return subject;
  }

  /** The one answer for workspaces that do not exist and those of others. */
  public static NotFoundException noWorkspace(WorkspaceId workspace) {
    return new NotFoundException("no workspace " + workspace);
  }
}
