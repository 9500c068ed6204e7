package io.thingward.internal.authentication;

import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Authentication;
import io.thingward.credential.Secret;
import io.thingward.error.UnavailableException;
import io.thingward.internal.audit.Audit;
import io.thingward.internal.live.Holders;
import io.thingward.internal.live.Time;
import io.thingward.internal.password.ActivationCodes;
import io.thingward.internal.password.Passwords;
import io.thingward.internal.password.UserRecords;
import io.thingward.internal.throttle.Throttle;
import io.thingward.internal.token.Entropy;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.password.HasherBusyException;
import io.thingward.password.Password;
import io.thingward.password.PasswordRejectedException;
import io.thingward.store.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges an activation code for a password. Thread-safe.
 *
 * <p>Nothing here is throttled, and nothing needs to be. A code has 256 bits, so nobody guesses
 * one; what a wrong one costs is what a wrong token costs, for names that exist and names that do
 * not: two reads and a fast digest. Only a right code is worth a blocklist and a slow hash. So
 * nobody who floods a name can keep its owner from setting a password.
 */
public final class Activations {
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Passwords passwords;
  private final ActivationCodes codes;
  private final UserRecords users;
  private final Throttle throttle;
  private final Entropy entropy;
  private final Audit audit;
  private final Time time;

  /** Joins the parts. */
  public Activations(
      Passwords passwords,
      ActivationCodes codes,
      UserRecords users,
      Throttle throttle,
      Entropy entropy,
      Audit audit,
      Time time) {
    this.passwords = passwords;
    this.codes = codes;
    this.users = users;
    this.throttle = throttle;
    this.entropy = entropy;
    this.audit = audit;
    this.time = time;
  }

  /** Sets a password. */
  public Authentication<PrincipalId> activate(
      String username, Secret code, Password fresh, RequestContext context) {
    passwords.requireAvailable();
    Optional<Username> name = UserRecords.parse(username);
    Optional<ActivationCodes.Presented> read = codes.read(code);
    if (name.isEmpty() || read.isEmpty()) {
      read.ifPresent(ActivationCodes.Presented::close);
      return refused(Optional.empty(), "MALFORMED", context);
    }
    Optional<UserRecord> found = Optional.empty();
    try (ActivationCodes.Presented presented = read.get()) {
      found = users.find(name.get());
      Optional<String> refusal = refusal(found, presented);
      if (refusal.isPresent()) {
        return refused(found, refusal.get(), context);
      }
      passwords.requireAcceptable(fresh, name);
      return redeem(found.orElseThrow(), presented, fresh, context);
    } catch (PasswordRejectedException rejected) {
      emit(AuditKind.REFUSED, found, "PASSWORD_REJECTED", context);
      throw rejected;
    } catch (HasherBusyException busy) {
      emit(AuditKind.DELAYED, found, "BUSY", context);
      return new Authentication.TryLater<>(BUSY);
    } catch (UnavailableException unavailable) {
      emit(AuditKind.UNAVAILABLE, found, "UNAVAILABLE", context);
      throw unavailable;
    }
  }

  private Optional<String> refusal(
      Optional<UserRecord> found, ActivationCodes.Presented presented) {
    boolean matches = presented.matches(found.flatMap(UserRecord::activation));
    if (found.isEmpty()) {
      return Optional.of("UNKNOWN");
    }
    if (!matches) {
      return Optional.of(found.get().activation().isPresent() ? "WRONG_CODE" : "NO_CODE");
    }
    Instant now = time.now();
    boolean ended = !now.isBefore(found.get().activation().orElseThrow().endsAt());
    return ended
        ? Optional.of("EXPIRED")
        : Optional.ofNullable(Holders.refusal(found.get(), now)).map(Reason::code);
  }

  /* The one write: whoever redeems the code a second time finds none. */
  private Authentication<PrincipalId> redeem(
      UserRecord user,
      ActivationCodes.Presented presented,
      Password fresh,
      RequestContext context) {
    PasswordHash hash = passwords.hash(fresh);
    long epoch = entropy.epoch();
    Optional<UserRecord> activated =
        users
            .update(
                user.id(),
                now ->
                    refusal(Optional.of(now), presented).isPresent()
                        ? now
                        : now.toBuilder()
                            .password(Optional.of(hash))
                            .epoch(epoch)
                            .activation(Optional.empty())
                            .passwordLoginStopped(false)
                            .build())
            .filter(now -> now.epoch() == epoch); // else somebody was faster, and it was left as is
    if (activated.isEmpty()) {
      return refused(Optional.of(user), "OVERTAKEN", context);
    }
    activated.flatMap(UserRecord::username).map(Username::value).ifPresent(throttle::reset);
    emit(AuditKind.AUTHENTICATED, activated, "OK", context);
    return new Authentication.Authenticated<>(user.id());
  }

  private Authentication<PrincipalId> refused(
      Optional<UserRecord> user, String reason, RequestContext context) {
    emit(AuditKind.REFUSED, user, reason, context);
    return new Authentication.Refused<>();
  }

  private void emit(
      AuditKind kind, Optional<UserRecord> user, String reason, RequestContext context) {
    audit.emit(
        kind,
        () ->
            new AuditEvent.Authentication(
                time.now(),
                kind,
                "activation-code",
                reason,
                Optional.empty(),
                user.map(UserRecord::id),
                user.flatMap(UserRecord::username),
                Optional.empty(),
                Optional.empty(),
                context));
  }
}
