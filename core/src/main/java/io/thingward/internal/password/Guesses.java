package io.thingward.internal.password;

import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.PasswordLogin;
import io.thingward.error.ThingwardException;
import io.thingward.error.UnavailableException;
import io.thingward.internal.audit.Audit;
import io.thingward.internal.live.Holders;
import io.thingward.internal.live.Time;
import io.thingward.internal.throttle.Admission;
import io.thingward.internal.throttle.Admitted;
import io.thingward.internal.throttle.Throttle;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.password.HasherBusyException;
import io.thingward.store.LifecycleState;
import io.thingward.store.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every guess at a password. In this order: the throttle, which costs nothing; two reads; one hash;
 * and only then is anything said about the account. From outside there are four answers: right,
 * refused for any reason, try later, and unavailable. Thread-safe.
 */
public final class Guesses {
  private static final Logger LOG = LoggerFactory.getLogger(Guesses.class);
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Passwords passwords;
  private final Throttle throttle;
  private final UserRecords users;
  private final Audit audit;
  private final Time time;

  /** Joins the parts. */
  public Guesses(
      Passwords passwords, Throttle throttle, UserRecords users, Audit audit, Time time) {
    this.passwords = passwords;
    this.throttle = throttle;
    this.users = users;
    this.audit = audit;
    this.time = time;
  }

  /**
   * A right guess.
   *
   * @param user the user as read before its password was compared
   * @param outdated whether the stored hash should be replaced by one with today's parameters
   */
  public record Right(UserRecord user, boolean outdated) {}

  /**
   * What came of a right guess.
   *
   * @param value what the caller is given, or empty if it is refused after all
   * @param reason the precise reason of that, for the audit
   * @param credential the credential that began, for the audit
   * @param <T> what the caller is given
   */
  public record Conclusion<T>(Optional<T> value, String reason, Optional<CredentialId> credential) {
    /** A success. */
    public static <T> Conclusion<T> of(T value, Optional<CredentialId> credential) {
      return new Conclusion<>(Optional.of(value), "OK", credential);
    }

    /** A refusal. */
    public static <T> Conclusion<T> refused(String reason) {
      return new Conclusion<>(Optional.empty(), reason, Optional.empty());
    }
  }

  /* What an attempt is known to be about, for the audit. */
  private record About(
      Optional<Username> name, Optional<PrincipalId> principal, RequestContext context) {

    /* What is no canonical name, and nobody's name, may be a password in the wrong field. */
    static About of(String typed, RequestContext context) {
      return new About(
          UserRecords.parse(typed).filter(name -> name.value().equals(typed)),
          Optional.empty(),
          context);
    }

    About with(UserRecord user) {
      return new About(user.username(), Optional.of(user.id()), context);
    }
  }

  /** Whether passwords can be used at all; {@link IllegalStateException} if not. */
  public void requireAvailable() {
    passwords.requireAvailable();
  }

  /**
   * Takes a guess.
   *
   * @param then what a right guess gives. It is part of the attempt: what it refuses counts as a
   *     failure like any other, so that the count tells nobody that the password was right; what it
   *     throws leaves nothing counted
   */
  public <T> Authentication<T> guess(
      PasswordLogin presented, RequestContext context, Function<Right, Conclusion<T>> then) {
    passwords.requireAvailable();
    About about = About.of(presented.username(), context);
    Admission admission = throttle.admit(Throttle.keyOf(presented.username()), context.source());
    if (admission instanceof Admission.Delayed delayed) {
      return later(about, "THROTTLED", delayed.retryAfter());
    }
    Admitted attempt = (Admitted) admission;
    Optional<Username> name = UserRecords.parse(presented.username());
    try {
      Optional<UserRecord> user = name.flatMap(users::find);
      about = user.map(about::with).orElse(about);
      Passwords.Check check =
          passwords.check(presented.password(), user.flatMap(UserRecord::password));
      Optional<String> refusal =
          name.isEmpty() ? Optional.of("MALFORMED") : refusal(user, check, time.now());
      Conclusion<T> end =
          refusal
              .<Conclusion<T>>map(Conclusion::refused)
              .orElseGet(
                  () ->
                      then.apply(
                          new Right(user.orElseThrow(), check == Passwords.Check.MATCH_OUTDATED)));
      return end.value().isPresent()
          ? succeeded(attempt, about, end)
          : failed(attempt, about, user, end.reason());
    } catch (HasherBusyException busy) {
      attempt.withdrawn();
      return later(about, "BUSY", BUSY);
    } catch (UnavailableException unavailable) {
      attempt.withdrawn();
      emit(AuditKind.UNAVAILABLE, about, "UNAVAILABLE", Optional.empty());
      throw unavailable;
    } catch (ThingwardException refused) {
      attempt.withdrawn();
      throw refused;
    }
  }

  private static Optional<String> refusal(
      Optional<UserRecord> found, Passwords.Check check, Instant now) {
    if (found.isEmpty()) {
      return Optional.of("UNKNOWN");
    }
    UserRecord user = found.get();
    if (!check.isMatch()) {
      return Optional.of(check.name());
    }
    return user.passwordLoginStopped()
        ? Optional.of("PASSWORD_LOGIN_STOPPED")
        : Optional.ofNullable(Holders.refusal(user, now)).map(Reason::code);
  }

  private <T> Authentication<T> succeeded(Admitted attempt, About about, Conclusion<T> end) {
    attempt.succeeded();
    emit(AuditKind.AUTHENTICATED, about, end.reason(), end.credential());
    return new Authentication.Authenticated<>(end.value().orElseThrow());
  }

  private <T> Authentication<T> failed(
      Admitted attempt, About about, Optional<UserRecord> user, String reason) {
    boolean limit = attempt.failed();
    if (limit) {
      user.ifPresent(this::stop);
    }
    emit(AuditKind.REFUSED, about, reason, Optional.empty());
    return new Authentication.Refused<>();
  }

  private <T> Authentication<T> later(About about, String reason, Duration retryAfter) {
    emit(AuditKind.DELAYED, about, reason, Optional.empty());
    return new Authentication.TryLater<>(retryAfter);
  }

  /*
   * Ends password login. Not where the password is another by now: then these guesses were at one that
   * is gone. A stop that cannot be written changes no answer, since names without a user have none to
   * write; the next failure tries again.
   */
  private void stop(UserRecord guessed) {
    if (guessed.passwordLoginStopped()) {
      return;
    }
    try {
      boolean stopped =
          users
              .update(
                  guessed.id(),
                  user ->
                      user.state() == LifecycleState.DELETED
                              || !user.password().equals(guessed.password())
                          ? user
                          : user.toBuilder().passwordLoginStopped(true).build())
              .filter(UserRecord::passwordLoginStopped)
              .isPresent();
      if (stopped) {
        LOG.warn("password login of {} was stopped after too many wrong guesses", guessed.id());
      }
    } catch (UnavailableException unwritten) {
      LOG.warn("the stop of password login of {} could not be written", guessed.id(), unwritten);
    }
  }

  private void emit(AuditKind kind, About about, String reason, Optional<CredentialId> credential) {
    audit.emit(
        kind,
        () ->
            new AuditEvent.Authentication(
                time.now(),
                kind,
                "password",
                reason,
                credential,
                about.principal,
                about.name,
                Optional.empty(),
                Optional.empty(),
                about.context));
  }
}
