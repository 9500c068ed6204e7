package io.thingward.management;

import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Login;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.internal.live.Holders;
import io.thingward.internal.live.SessionIssuer;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.store.LastUse;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The sessions of one user, for the user from any live session of its own, and for the host.
 *
 * <p>Each method throws {@link io.thingward.error.NotPermittedException}, {@link
 * NotFoundException}, {@link ConflictException} or {@link io.thingward.error.UnavailableException}
 * as their classes say, and changes nothing then. Thread-safe.
 */
public final class Sessions {
  private final Gate gate;
  private final Room room;
  private final PrincipalId user;

  Sessions(Gate gate, PrincipalId user) {
    this.gate = gate;
    this.room = gate.room();
    this.user = Objects.requireNonNull(user, "user");
  }

  /**
   * Begins a session of a user whom the host has authenticated itself: single sign-on, a second
   * factor. For the host. {@link ConflictException} if the user may not log in at all; that
   * password login was stopped or no password is set does not matter.
   */
  public Login issue(RequestContext context) {
    Objects.requireNonNull(context, "context");
    return gate.asHost(
        Operation.SESSION_ISSUE,
        call -> {
          call.about("user", user);
          UserRecord read = new Principals(room).requireUser(user);
          refuse(Optional.ofNullable(Holders.refusal(read, room.time().now())));
          call.detail("user", user);
          SessionIssuer.Begun begun =
              room.sessions().begin(read, SessionRecord.Origin.HOST, context);
          refuse(begun.refusal());
          Login login = begun.login().orElseThrow();
          call.target("session", login.session().id());
          emit(login, context);
          return login;
        });
  }

  private void refuse(Optional<Reason> reason) {
    if (reason.isPresent()) {
      throw new ConflictException("the user " + user + " cannot log in: " + reason.get());
    }
  }

  private void emit(Login login, RequestContext context) {
    room.audit()
        .emit(
            AuditKind.AUTHENTICATED,
            () ->
                new AuditEvent.Authentication(
                    room.time().now(),
                    AuditKind.AUTHENTICATED,
                    "host",
                    "OK",
                    Optional.of(login.session().id()),
                    Optional.of(user),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    context));
  }

  /**
   * The sessions that have not ended, with their last uses, a page at a time. One that is over for
   * idleness may still be listed. A page may be shorter than asked for, even empty, though more
   * follow.
   */
  public Page<Session> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.on(
        user,
        Operation.SESSION_READ,
        call -> {
          UserRecord holder = new Principals(room).requireUser(user);
          Instant now = room.time().now();
          Page<SessionRecord> found = room.records().listings().sessions(user, page);
          List<SessionRecord> alive =
              found.items().stream()
                  .filter(s -> s.epoch() == holder.epoch() && now.isBefore(s.endsAt()))
                  .toList();
          Map<CredentialId, LastUse> uses =
              room.sessionUses().find(alive.stream().map(SessionRecord::id).toList());
          return new Page<>(
              alive.stream()
                  .map(
                      s ->
                          Session.of(
                              s, call.isThrough(s.id()), Optional.ofNullable(uses.get(s.id()))))
                  .toList(),
              found.next());
        });
  }

  /**
   * Ends a session, for good: logout. Its subjects are denied from the return of this call on.
   * {@link NotFoundException} for one that is gone already or of another user.
   */
  public void end(CredentialId id) {
    Objects.requireNonNull(id, "id");
    gate.doOn(
        user,
        Operation.SESSION_END,
        call -> {
          call.about("session", id);
          boolean there =
              room.records()
                  .credentials()
                  .readSession(id)
                  .filter(s -> s.user().equals(user))
                  .isPresent();
          if (!there || !room.sessions().end(id)) {
            throw new NotFoundException("no session " + id);
          }
          call.target("session", id);
        });
  }

  /**
   * Ends every session of the user, the one that asks included, and those that are about to begin:
   * logout everywhere. One write, whatever their number.
   */
  public void endAll() {
    gate.doOn(
        user,
        Operation.SESSION_END_ALL,
        call -> {
          call.about("user", user);
          UserRecord changed =
              new Principals(room)
                  .changeUser(user, before -> before.toBuilder().epoch(room.entropy().epoch()));
          call.target("user", user, changed.version());
        });
  }
}
