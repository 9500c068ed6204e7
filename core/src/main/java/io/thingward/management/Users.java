package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.RequestContext;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.PasswordLogin;
import io.thingward.credential.Issued;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.internal.live.Holders;
import io.thingward.internal.live.LiveSubject;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Claims;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Owners;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.Secrets;
import io.thingward.internal.password.ActivationCodes;
import io.thingward.internal.password.Guesses;
import io.thingward.internal.password.PasswordParts;
import io.thingward.internal.password.UserRecords;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.store.LifecycleState;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Users: persons, with a username and, once they have chosen one, a password. The host creates and
 * manages them; a user manages its own name and password, from a session whose login is recent.
 *
 * <pre>{@code
 * try (NewUser ann = host.users().create("ann@acme.example")) {
 *   deliver(ann.activation().orElseThrow().code());
 * }
 * }</pre>
 *
 * <p>Nobody chooses another's password, the host included: a new user, one that forgot its password
 * and one whose password may be known to others get an {@link ActivationCode}, and choose
 * themselves. What can be done with passwords is an {@link IllegalStateException} where the library
 * was built without them.
 *
 * <p>Each method throws {@link NotPermittedException}, {@link NotFoundException}, {@link
 * ConflictException} or {@link io.thingward.error.UnavailableException} as their classes say, and
 * changes nothing then, but for {@link #delete}. Thread-safe.
 */
public final class Users {
  private final Gate gate;
  private final Room room;
  private final Principals principals;
  private final Owners owners;
  private final PasswordParts parts;

  Users(Gate gate) {
    this.gate = gate;
    this.room = gate.room();
    this.principals = new Principals(room);
    this.owners = new Owners(room);
    this.parts = room.passwords();
  }

  // --- creating ---

  /**
   * Creates a user with a generated id, and a code with which it sets its password. After an {@link
   * io.thingward.error.UnavailableException}, {@link #findByUsername} tells whether there is one.
   */
  public NewUser create(String username) {
    return create(PrincipalId.of(room.entropy().recordId()), username);
  }

  /**
   * Creates a user, and a code with which it sets its password. {@link ConflictException} if the
   * name is taken, or the id was ever used, for an API user too.
   *
   * <p>After an {@link io.thingward.error.UnavailableException}, repeat the call with the same id.
   * If it is a {@link ConflictException} then, and {@link #get} finds the user, the first call has
   * created it: {@link #issueActivation} gives a code in place of the one that was lost, {@link
   * #rename} to the same name makes sure of it, and {@link ApiKeys#list} shows a first key that was
   * lost, to be deleted. If {@link #get} does not find it, the id or the name is another's.
   *
   * @param username what {@link Username#parse} accepts: ASCII, case does not matter
   */
  public NewUser create(PrincipalId id, String username) {
    return create(id, username, Optional.empty(), Optional.empty());
  }

  /** Creates a user with a code for its password and a first API key, which the host hands over. */
  public NewUser create(PrincipalId id, String username, NewApiKey key) {
    Objects.requireNonNull(key, "key");
    return create(id, username, Optional.empty(), Optional.of(key));
  }

  /**
   * Creates a user with the hash of its password in another system; a login verifies it and
   * replaces it by a hash of today's parameters. {@link IllegalArgumentException} if the hasher
   * cannot read it.
   */
  public NewUser create(PrincipalId id, String username, PasswordHash brought) {
    Objects.requireNonNull(brought, "brought");
    parts.passwords().requireAvailable();
    parts.passwords().requireReadable(brought);
    return create(id, username, Optional.of(brought), Optional.empty());
  }

  private NewUser create(
      PrincipalId id, String username, Optional<PasswordHash> brought, Optional<NewApiKey> key) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(username, "username");
    Username name = Username.parse(username);
    ApiKeys keys = ApiKeys.ofUser(gate, id);
    Optional<Restriction> restriction = key.map(keys::closed);
    return gate.asHost(
        Operation.USER_CREATE,
        call -> {
          call.about("user", id);
          key.ifPresent(first -> Secrets.checkEnd(first.endsAt(), room.time().now()));
          if (room.records().principals().read(id).isPresent()) {
            throw takenId(id);
          }
          Optional<ActivationCodes.Fresh> code =
              parts.passwords().isAvailable() && brought.isEmpty()
                  ? Optional.of(freshCode())
                  : Optional.empty();
          Claims claims = new Claims(room);
          Claims.Held claim = claims.claim(name, id);
          UserRecord record =
              UserRecord.builder(id, room.entropy().first(), room.time().now())
                  .username(Optional.of(name))
                  .epoch(room.entropy().epoch())
                  .password(brought)
                  .activation(code.map(ActivationCodes.Fresh::stored))
                  .build();
          if (!room.records().principals().insert(record)) {
            throw takenId(id);
          }
          call.target("user", id, record.version());
          claims.confirm(claim, () -> new Deletion(room).clear(id));
          call.detail("username", name);
          brought.ifPresent(hash -> call.detail("password", "brought along"));
          Optional<Issued<ApiKey>> first =
              key.map(fresh -> keys.create(call, fresh, restriction.orElseThrow()));
          return new NewUser(User.of(record), code.map(fresh -> code(record, fresh)), first);
        });
  }

  private static ConflictException takenId(PrincipalId id) {
    return new ConflictException("the id " + id + " is taken");
  }

  // --- reading ---

  /** The user with this id: the user itself, or the host. */
  public User get(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return gate.on(user, Operation.USER_READ, call -> User.of(read(user)));
  }

  /** The user that this name belongs to; empty also for what can be no name. For the host. */
  public Optional<User> findByUsername(String username) {
    Objects.requireNonNull(username, "username");
    return gate.asHost(
        Operation.USER_LIST,
        call -> UserRecords.parse(username).flatMap(parts.users()::find).map(User::of));
  }

  /** The users, a page at a time, those whose deletion was begun included. For the host. */
  public Page<User> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.asHost(
        Operation.USER_LIST,
        call -> {
          Page<UserRecord> found = room.records().listings().users(page);
          return new Page<>(
              found.items().stream()
                  .filter(user -> user.state() != LifecycleState.DELETED)
                  .map(User::of)
                  .toList(),
              found.next());
        });
  }

  @CanIgnoreReturnValue
  private UserRecord read(PrincipalId id) {
    return principals
        .readUser(id)
        .filter(user -> user.state() != LifecycleState.DELETED)
        .orElseThrow(() -> noUser(id));
  }

  private static NotFoundException noUser(PrincipalId id) {
    return new NotFoundException("no user " + id);
  }

  // --- changing ---

  /**
   * Changes the name; the id stays, and with it every right. By the user from a recent login, or by
   * the host. The old name is free from then on.
   */
  @CanIgnoreReturnValue
  public User rename(PrincipalId user, String username) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(username, "username");
    Username name = Username.parse(username);
    return gate.on(
        user,
        Operation.USER_RENAME,
        call -> {
          call.about("user", user);
          UserRecord before = principals.requireUser(user);
          Claims claims = new Claims(room);
          Claims.Held claim = claims.claim(name, user);
          call.target("username", name);
          UserRecord after =
              principals.changeUser(user, now -> now.toBuilder().username(Optional.of(name)));
          call.target("user", user, after.version());
          claims.confirm(claim, () -> takeBack(before, name));
          call.detail("username", name);
          return User.of(after);
        });
  }

  /* The old name first, as any name is: it was free for a moment, and may be somebody else's now. */
  private void takeBack(UserRecord before, Username lost) {
    Username old = before.username().orElseThrow();
    Claims claims = new Claims(room);
    Claims.Held claim;
    try {
      claim = claims.claim(old, before.id());
    } catch (ConflictException gone) {
      throw nameless(before.id(), lost, old);
    }
    principals.changeUser(
        before.id(),
        now ->
            now.username().equals(Optional.of(lost))
                ? now.toBuilder().username(before.username())
                : now.toBuilder());
    claims.confirm(
        claim,
        () -> {
          throw nameless(before.id(), lost, old);
        });
  }

  private static ConflictException nameless(PrincipalId user, Username lost, Username old) {
    return new ConflictException(
        "the usernames "
            + lost
            + " and "
            + old
            + " went to others meanwhile; "
            + user
            + " has none that counts now: give it another");
  }

  /**
   * Suspends a user: it authenticates nobody, and none of its sessions ever does again; one write,
   * whatever their number. Its keys, memberships and workspaces recover when it is resumed. For the
   * host. Never refused because the user is an owner: the result names the workspaces that are left
   * without an active one.
   */
  @CanIgnoreReturnValue
  public SuspendedUser suspend(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return gate.asHost(
        Operation.USER_SUSPEND,
        call -> {
          UserRecord suspended =
              change(
                  call,
                  user,
                  before ->
                      before.state() == LifecycleState.SUSPENDED
                          ? before.toBuilder()
                          : before.toBuilder()
                              .state(LifecycleState.SUSPENDED)
                              .epoch(room.entropy().epoch()));
          return new SuspendedUser(
              User.of(suspended),
              owners.of(user).stream()
                  .filter(workspace -> workspace.owners().stream().noneMatch(this::isActive))
                  .map(WorkspaceRecord::id)
                  .toList());
        });
  }

  private boolean isActive(PrincipalId id) {
    return principals
        .readUser(id)
        .filter(user -> Holders.refusal(user, room.time().now()) == null)
        .isPresent();
  }

  /** Resumes a user. Its sessions stay ended. For the host. */
  @CanIgnoreReturnValue
  public User resume(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return changeAsHost(
        Operation.USER_RESUME, user, before -> before.toBuilder().state(LifecycleState.ACTIVE));
  }

  /**
   * Sets from when on a user is as if suspended, or takes that away. The sessions of a user who had
   * come to its end stay ended. For the host.
   *
   * @param end after now; cut down to milliseconds
   */
  @CanIgnoreReturnValue
  public User setEnd(PrincipalId user, Optional<Instant> end) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(end, "end");
    return changeAsHost(
        Operation.USER_END,
        user,
        before -> {
          Instant now = room.time().now();
          boolean ended = before.endsAt().filter(past -> !now.isBefore(past)).isPresent();
          UserRecord.Builder after = before.toBuilder().endsAt(Secrets.checkEnd(end, now));
          return ended ? after.epoch(room.entropy().epoch()) : after;
        });
  }

  private User changeAsHost(
      Operation operation, PrincipalId user, Function<UserRecord, UserRecord.Builder> change) {
    return gate.asHost(operation, call -> User.of(change(call, user, change)));
  }

  private UserRecord change(
      Call call, PrincipalId user, Function<UserRecord, UserRecord.Builder> change) {
    call.about("user", user);
    UserRecord changed = principals.changeUser(user, change);
    call.target("user", user, changed.version());
    return changed;
  }

  // --- deleting ---

  /**
   * Deletes a user with its ownerships, memberships, keys and sessions. Its id is never used again;
   * its name is free. For the host. {@link ConflictException}, and nothing is done, while it is the
   * last owner of a workspace, which the message names.
   *
   * <p>From the first write on the user authenticates nobody. If the call ends early after that, or
   * the user became a last owner meanwhile, what was done stays done, the message says so, and the
   * call can be repeated.
   */
  public void delete(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    boolean done =
        gate.asHost(
            Operation.USER_DELETE,
            call -> {
              call.about("user", user);
              read(user);
              requireNotLast(user);
              Deletion deletion = new Deletion(room);
              deletion.mark(user);
              call.target("user", user);
              delete(user, deletion);
              return true;
            });
    assert done;
  }

  private void requireNotLast(PrincipalId user) {
    List<WorkspaceId> last =
        owners.of(user).stream()
            .filter(workspace -> workspace.owners().equals(Set.of(user)))
            .map(WorkspaceRecord::id)
            .toList();
    if (!last.isEmpty()) {
      throw new ConflictException(
          "the user " + user + " is the last owner of " + last + "; hand these over first");
    }
  }

  private void delete(PrincipalId user, Deletion deletion) {
    List<WorkspaceId> kept = new ArrayList<>();
    for (WorkspaceRecord workspace : owners.of(user)) {
      if (!owners.giveUp(workspace.id(), user)) {
        kept.add(workspace.id());
      }
    }
    deletion.keysOf(user);
    deletion.sessionsOf(user);
    if (!kept.isEmpty()) {
      throw new ConflictException(
          "the user "
              + user
              + " authenticates nobody now, and its keys and sessions are gone; but it has become"
              + " the last owner of "
              + kept
              + ": hand these over and delete it again");
    }
    deletion.membershipsOf(user);
    deletion.clear(user);
  }

  // --- passwords ---

  /**
   * Gives a user a code with which it can set a new password: it forgot the old one, which counts
   * until the code is redeemed. A code given before no longer counts. For the host.
   */
  public ActivationCode issueActivation(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return issueCode(Operation.USER_ACTIVATE, user, UserRecord::toBuilder);
  }

  /**
   * Ends a password that others may know, and every session with it, in one write. The code in the
   * result is the only way to a new one. API keys live on: delete those that may be known. For the
   * host.
   */
  public ActivationCode forcePasswordChange(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return issueCode(
        Operation.USER_FORCE_PASSWORD_CHANGE,
        user,
        before -> before.toBuilder().password(Optional.empty()).epoch(room.entropy().epoch()));
  }

  private ActivationCode issueCode(
      Operation operation, PrincipalId user, Function<UserRecord, UserRecord.Builder> change) {
    parts.passwords().requireAvailable();
    return gate.asHost(
        operation,
        call -> {
          ActivationCodes.Fresh fresh = freshCode();
          UserRecord changed =
              change(
                  call,
                  user,
                  before -> change.apply(before).activation(Optional.of(fresh.stored())));
          return code(changed, fresh);
        });
  }

  private ActivationCodes.Fresh freshCode() {
    return parts.codes().issue(room.time().now().plus(room.policies().activationLife()));
  }

  private static ActivationCode code(UserRecord user, ActivationCodes.Fresh fresh) {
    return new ActivationCode(
        user.id(), User.of(user).username(), fresh.code(), fresh.stored().endsAt());
  }

  /**
   * Allows password login again that too many wrong guesses have stopped, and forgets the failures
   * that this node counted. For the host.
   */
  @CanIgnoreReturnValue
  public User allowPasswordLogin(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return gate.asHost(
        Operation.USER_ALLOW_PASSWORD_LOGIN,
        call -> {
          User found = User.of(principals.requireUser(user));
          parts.throttle().reset(found.username().value());
          return User.of(
              change(call, user, before -> before.toBuilder().passwordLoginStopped(false)));
        });
  }

  /**
   * Changes one's own password, from a session whose login is recent. Every session of the user
   * ends with it, the one that asks included: log in again with the new password. An activation
   * code that is out no longer counts.
   *
   * @param current the password until now; guessing it here is throttled like at a login, and
   *     counted together with logins
   * @return {@code Refused} if {@code current} is wrong
   * @throws io.thingward.password.PasswordRejectedException if the policy refuses {@code fresh};
   *     {@code current} was not looked at then
   * @throws NotPermittedException if the host asks: nobody chooses another's password
   */
  public Authentication<User> changePassword(
      Password current, Password fresh, RequestContext context) {
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(fresh, "fresh");
    Objects.requireNonNull(context, "context");
    parts.passwords().requireAvailable();
    PrincipalId self =
        gate.subject()
            .flatMap(LiveSubject::principal)
            .orElseThrow(
                () -> new NotPermittedException("only a user changes a password, its own"));
    return gate.on(
        self,
        Operation.USER_CHANGE_PASSWORD,
        call -> {
          Username name = User.of(principals.requireUser(self)).username();
          parts.passwords().requireAcceptable(fresh, Optional.of(name));
          return parts
              .guesses()
              .guess(
                  PasswordLogin.of(name.value(), current),
                  context,
                  right -> setPassword(call, self, right, fresh));
        });
  }

  private Guesses.Conclusion<User> setPassword(
      Call call, PrincipalId self, Guesses.Right right, Password fresh) {
    if (!right.user().id().equals(self)) {
      return Guesses.Conclusion.refused("OVERTAKEN"); // the name went to another user meanwhile
    }
    PasswordHash hash = parts.passwords().hash(fresh);
    UserRecord changed =
        change(
            call,
            self,
            before -> {
              if (!before.password().equals(right.user().password())) {
                throw new ConflictException("the password was changed meanwhile");
              }
              return before.toBuilder()
                  .password(Optional.of(hash))
                  .epoch(room.entropy().epoch())
                  .activation(Optional.empty());
            });
    return Guesses.Conclusion.of(User.of(changed), Optional.empty());
  }
}
