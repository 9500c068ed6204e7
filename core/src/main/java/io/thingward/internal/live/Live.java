package io.thingward.internal.live;

import io.thingward.access.CredentialInfo;
import io.thingward.access.DeviceReach;
import io.thingward.access.Reason;
import io.thingward.credential.CredentialKind;
import io.thingward.internal.rights.Positions;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.Restriction;
import io.thingward.model.SecretDigest;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes live subjects out of credentials whose secret was verified. Each record that this takes is
 * looked up once, fresh by the clock. Thread-safe.
 */
public final class Live {
  private final Grounds grounds;
  private final Records records;
  private final Idleness idleness;

  /** Joins the parts. */
  public Live(
      Records records, Positions positions, DeviceReach reach, Idleness idleness, Watches watches) {
    this.grounds = new Grounds(records, positions, reach, watches);
    this.records = records;
    this.idleness = idleness;
  }

  /**
   * What became of an attempt to speak for somebody.
   *
   * @param subject the subject, if it may be one now
   * @param refusal why not, else
   */
  public record Admission(Optional<LiveSubject> subject, Optional<Reason> refusal) {
    static Admission of(LiveSubject subject, @Nullable Reason refusal) {
      return refusal == null
          ? new Admission(Optional.of(subject), Optional.empty())
          : refused(refusal);
    }

    static Admission refused(Reason refusal) {
      return new Admission(Optional.empty(), Optional.of(refusal));
    }
  }

  /** Whether a subject was made here, and not by another library in the same process. */
  public boolean made(LiveSubject subject) {
    return subject.standsOn(grounds);
  }

  /** The API key with this id. */
  public Optional<Found<ApiKeyRecord, KeyRecord>> findApiKey(CredentialId id) {
    return find(records.credentials().keys().cell(id), ApiKeyRecord.class);
  }

  /** The access key with this id. */
  public Optional<Found<AccessKeyRecord, KeyRecord>> findAccessKey(CredentialId id) {
    return find(records.credentials().keys().cell(id), AccessKeyRecord.class);
  }

  /** The session with this id. */
  public Optional<Found<SessionRecord, SessionRecord>> findSession(CredentialId id) {
    return find(records.credentials().session(id), SessionRecord.class);
  }

  private static <R extends C, C> Optional<Found<R, C>> find(Cell<?, C> cell, Class<R> kind) {
    Snapshot<C> snapshot = cell.getFresh();
    return snapshot
        .value()
        .filter(kind::isInstance)
        .map(record -> new Found<>(kind.cast(record), cell, snapshot));
  }

  /** Speaks for the principal of an API key, one of whose secrets was presented. */
  public Admission admit(Found<ApiKeyRecord, KeyRecord> found, SecretDigest presented) {
    ApiKeyRecord key = found.record();
    Cell<?, PrincipalRecord> holder = records.principals().cell(key.principal());
    Snapshot<PrincipalRecord> principal = holder.getFresh();
    ApiKeyCredential credential = new ApiKeyCredential(records, found, presented, holder);
    Reason refusal = credential.judge(found.snapshot(), principal);
    if (refusal != null) {
      return Admission.refused(refusal);
    }
    CredentialInfo info =
        new CredentialInfo(
            CredentialKind.API_KEY,
            key.id(),
            Optional.of(key.name()),
            key.created(),
            key.endsAt(),
            key.restriction());
    Optional<WorkspaceId> home =
        principal
            .value()
            .flatMap(p -> p instanceof ApiUserRecord api ? api.workspace() : Optional.empty());
    PrincipalSubject subject =
        new PrincipalSubject(grounds, info, credential, key.principal(), home);
    return Admission.of(subject, subject.freshHomeRefusal());
  }

  /**
   * Speaks for the user of a session whose secret was presented. Another node may have begun it
   * after the user's epoch changed there: before it is refused, a user that was read before the
   * session is read again.
   */
  public Admission admit(Found<SessionRecord, SessionRecord> found) {
    Cell<?, PrincipalRecord> holder = records.principals().cell(found.record().user());
    Snapshot<PrincipalRecord> user = holder.getFresh();
    Admission admission = admit(found, holder, user);
    boolean userIsOlder = user.readAt() - found.snapshot().readAt() <= 0;
    return admission.refusal().isPresent() && userIsOlder ? admitNew(found.record()) : admission;
  }

  /**
   * The same for a session that was stored just now, with the user as the store has it from here
   * on: what this node knew of it may be older than what the session rests on.
   */
  Admission admitNew(SessionRecord session) {
    records.principals().reread(session.user());
    Cell<?, PrincipalRecord> holder = records.principals().cell(session.user());
    return findSession(session.id())
        .map(found -> admit(found, holder, holder.getFresh()))
        .orElseGet(() -> Admission.refused(Reason.CREDENTIAL_ENDED));
  }

  private Admission admit(
      Found<SessionRecord, SessionRecord> found,
      Cell<?, PrincipalRecord> holder,
      Snapshot<PrincipalRecord> user) {
    SessionRecord session = found.record();
    SessionCredential credential = new SessionCredential(records, idleness, found, holder);
    CredentialInfo info =
        new CredentialInfo(
            CredentialKind.SESSION,
            session.id(),
            Optional.empty(),
            session.created(),
            Optional.of(session.endsAt()),
            Restriction.unrestricted());
    LiveSubject subject =
        new PrincipalSubject(grounds, info, credential, session.user(), Optional.empty());
    return Admission.of(subject, credential.judge(found.snapshot(), user));
  }

  /**
   * Speaks for a device that came with an access key, one of whose secrets was presented. Only now
   * is the directory asked.
   */
  public Admission admit(
      Found<AccessKeyRecord, KeyRecord> found, SecretDigest presented, DeviceId device) {
    AccessKeyRecord key = found.record();
    Cell<?, WorkspaceRecord> holder = records.workspaces().cell(key.workspace());
    AccessKeyCredential credential = new AccessKeyCredential(records, found, presented, holder);
    Reason refusal = credential.judge(found.snapshot(), holder.getFresh());
    if (refusal != null) {
      return Admission.refused(refusal);
    }
    CredentialInfo info =
        new CredentialInfo(
            CredentialKind.ACCESS_KEY,
            key.id(),
            Optional.of(key.name()),
            key.created(),
            key.endsAt(),
            Restriction.unrestricted());
    DeviceSubject subject = new DeviceSubject(grounds, info, credential, key, device);
    return Admission.of(subject, subject.isFreshlyInScope() ? null : Reason.OUT_OF_SCOPE);
  }
}
