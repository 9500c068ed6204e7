package io.thingward.internal.authentication;

import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.credential.CredentialKind;
import io.thingward.credential.Secret;
import io.thingward.error.UnavailableException;
import io.thingward.internal.audit.Audit;
import io.thingward.internal.live.Found;
import io.thingward.internal.live.LastUses;
import io.thingward.internal.live.Live;
import io.thingward.internal.live.LiveSubject;
import io.thingward.internal.live.Time;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.TokenFormat;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.SessionRecord;
import java.util.Arrays;
import java.util.Optional;

/**
 * Authenticates what comes with every request: tokens and device logins. In this order: shape and
 * checksum without any I/O, the record by its public id, the secret by its digest, then whether
 * credential and holder stand, and for a device the directory last. Thread-safe.
 */
public final class Authenticator {
  private final TokenFormat format;
  private final Digester digester;
  private final Live live;
  private final LastUses keyUses;
  private final LastUses sessionUses;
  private final Audit audit;
  private final Time time;

  /** Joins the parts. */
  public Authenticator(
      TokenFormat format,
      Digester digester,
      Live live,
      LastUses keyUses,
      LastUses sessionUses,
      Audit audit,
      Time time) {
    this.format = format;
    this.digester = digester;
    this.live = live;
    this.keyUses = keyUses;
    this.sessionUses = sessionUses;
    this.audit = audit;
    this.time = time;
  }

  /* What an attempt is known to be about, for the audit. */
  private record Attempt(
      String method,
      Optional<CredentialId> credential,
      Optional<PrincipalId> principal,
      Optional<WorkspaceId> workspace,
      Optional<DeviceId> device,
      RequestContext context) {
    static Attempt unknown(String method, RequestContext context) {
      return new Attempt(
          method, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), context);
    }

    Attempt credential(CredentialId id) {
      return new Attempt(method, Optional.of(id), principal, workspace, device, context);
    }

    Attempt principal(PrincipalId id) {
      return new Attempt(method, credential, Optional.of(id), workspace, device, context);
    }

    Attempt device(WorkspaceId place, DeviceId id) {
      return new Attempt(
          method, credential, principal, Optional.of(place), Optional.of(id), context);
    }
  }

  /** Authenticates. */
  public Authentication<Subject> authenticate(
      PresentedCredential presented, RequestContext context) {
    byte[] secret = new byte[TokenFormat.SECRET_LENGTH];
    try {
      return presented instanceof DeviceLogin login
          ? device(login, secret, context)
          : bearer((BearerToken) presented, secret, context);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Authentication<Subject> bearer(
      BearerToken presented, byte[] secret, RequestContext context) {
    Optional<TokenFormat.Claim> claim = read(presented.token(), secret);
    if (claim.isEmpty()) {
      return refused(Attempt.unknown("bearer", context), "MALFORMED");
    }
    CredentialId id = claim.get().id();
    return switch (claim.get().kind()) {
      case API_KEY -> apiKey(id, secret, context);
      case SESSION -> session(id, secret, context);
      default -> refused(Attempt.unknown("bearer", context).credential(id), "WRONG_KIND");
    };
  }

  private Optional<TokenFormat.Claim> read(Secret token, byte[] secret) {
    char[] text = token.reveal();
    try {
      return format.read(text, secret);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private Authentication<Subject> apiKey(CredentialId id, byte[] secret, RequestContext context) {
    Attempt attempt = Attempt.unknown(CredentialKind.API_KEY.id(), context).credential(id);
    try {
      Optional<Found<ApiKeyRecord, KeyRecord>> found = live.findApiKey(id);
      if (found.isEmpty()) {
        return refused(attempt, "UNKNOWN");
      }
      ApiKeyRecord key = found.get().record();
      Attempt known = attempt.principal(key.principal());
      Optional<SecretDigest> matching = matching(key, secret);
      return matching.isEmpty()
          ? refused(known, "WRONG_SECRET")
          : concluded(known, live.admit(found.get(), matching.get()), keyUses);
    } catch (UnavailableException unavailable) {
      throw unavailable(attempt, unavailable);
    }
  }

  private Authentication<Subject> session(CredentialId id, byte[] secret, RequestContext context) {
    Attempt attempt = Attempt.unknown(CredentialKind.SESSION.id(), context).credential(id);
    try {
      Optional<Found<SessionRecord, SessionRecord>> found = live.findSession(id);
      if (found.isEmpty()) {
        return refused(attempt, "UNKNOWN");
      }
      SessionRecord session = found.get().record();
      Attempt known = attempt.principal(session.user());
      return digester.matches(secret, session.digest())
          ? concluded(known, live.admit(found.get()), sessionUses)
          : refused(known, "WRONG_SECRET");
    } catch (UnavailableException unavailable) {
      throw unavailable(attempt, unavailable);
    }
  }

  private Authentication<Subject> device(DeviceLogin login, byte[] secret, RequestContext context) {
    Attempt attempt = Attempt.unknown(CredentialKind.ACCESS_KEY.id(), context);
    Optional<CredentialId> id = login.keyId().or(() -> format.readAccessKeyId(login.key()));
    Optional<DeviceId> device = deviceId(login.device());
    if (id.isEmpty() || device.isEmpty() || !readSecret(login.secret(), secret)) {
      return refused(attempt, "MALFORMED");
    }
    Attempt claimed = attempt.credential(id.get());
    try {
      Optional<Found<AccessKeyRecord, KeyRecord>> found = live.findAccessKey(id.get());
      if (found.isEmpty()) {
        return refused(claimed, "UNKNOWN");
      }
      AccessKeyRecord key = found.get().record();
      Attempt known = claimed.device(key.workspace(), device.get());
      Optional<SecretDigest> matching = matching(key, secret);
      return matching.isEmpty()
          ? refused(known, "WRONG_SECRET")
          : concluded(known, live.admit(found.get(), matching.get(), device.get()), keyUses);
    } catch (UnavailableException unavailable) {
      throw unavailable(claimed, unavailable);
    }
  }

  private boolean readSecret(Secret presented, byte[] secret) {
    char[] text = presented.reveal();
    try {
      return format.readAccessKeySecret(text, secret);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private static Optional<DeviceId> deviceId(String claimed) {
    try {
      return Optional.of(DeviceId.of(claimed));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  /* Every secret is compared, so that the time says nothing about which one matched. */
  private Optional<SecretDigest> matching(KeyRecord key, byte[] secret) {
    Optional<SecretDigest> matching = Optional.empty();
    for (StoredSecret stored : key.secrets()) {
      if (digester.matches(secret, stored.digest())) {
        matching = Optional.of(stored.digest());
      }
    }
    return matching;
  }

  private Authentication<Subject> concluded(
      Attempt attempt, Live.Admission admission, LastUses uses) {
    if (admission.subject().isEmpty()) {
      return refused(attempt, admission.refusal().orElseThrow().code());
    }
    LiveSubject subject = admission.subject().get();
    uses.note(subject.credential().id(), attempt.context, time.now());
    emit(AuditKind.AUTHENTICATED, attempt, "OK");
    return new Authentication.Authenticated<>(subject);
  }

  private Authentication<Subject> refused(Attempt attempt, String reason) {
    emit(AuditKind.REFUSED, attempt, reason);
    return new Authentication.Refused<>();
  }

  private UnavailableException unavailable(Attempt attempt, UnavailableException unavailable) {
    emit(AuditKind.UNAVAILABLE, attempt, "UNAVAILABLE");
    return unavailable;
  }

  private void emit(AuditKind kind, Attempt attempt, String reason) {
    audit.emit(
        kind,
        () ->
            new AuditEvent.Authentication(
                time.now(),
                kind,
                attempt.method,
                reason,
                attempt.credential,
                attempt.principal,
                Optional.empty(),
                attempt.workspace,
                attempt.device,
                attempt.context));
  }
}
