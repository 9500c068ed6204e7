package io.thingward.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipView;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionRecord;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes live subjects out of credentials whose secret was verified. Records found here are fresh by
 * the clock. Thread-safe.
 */
public final class Live {
  private final Records records;
  private final Positions positions;
  private final DeviceReach reach;
  private final Idleness idleness;
  private final Watches watches;
  private final Explanations explanations;
  private final UnknownNames unknown = new UnknownNames();
  private final Cache<MembershipId, Membership> memberships =
      Caffeine.newBuilder().weakValues().build();

  /** Joins the parts. */
  public Live(
      Records records, Positions positions, DeviceReach reach, Idleness idleness, Watches watches) {
    this.records = records;
    this.positions = positions;
    this.explanations = new Explanations(positions.catalog());
    this.reach = reach;
    this.idleness = idleness;
    this.watches = watches;
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
          : new Admission(Optional.empty(), Optional.of(refusal));
    }
  }

  Records records() {
    return records;
  }

  Watches watches() {
    return watches;
  }

  Positions positions() {
    return positions;
  }

  Explanations explanations() {
    return explanations;
  }

  DeviceReach reach() {
    return reach;
  }

  Membership membership(MembershipId id) {
    return Objects.requireNonNull(
        memberships.get(id, key -> new Membership(key, records, positions, unknown)));
  }

  /** What a principal is and holds in a workspace, as read from the store now. */
  Membership.Part readPart(MembershipId id) {
    MembershipView view = records.readView(id);
    return Membership.part(id, view.membership(), view.workspace(), view.rolesById(), positions);
  }

  /** The key with this id. */
  public Optional<KeyRecord> findKey(CredentialId id) {
    return records.credentials().keys().cell(id).getFresh().value();
  }

  /** The session with this id. */
  public Optional<SessionRecord> findSession(CredentialId id) {
    return records.credentials().session(id).getFresh().value();
  }

  /** Speaks for the principal of an API key, one of whose secrets was presented. */
  public Admission admit(ApiKeyRecord key, SecretDigest presented) {
    CredentialInfo info =
        new CredentialInfo(
            CredentialKind.API_KEY,
            key.id(),
            Optional.of(key.name()),
            key.created(),
            key.endsAt(),
            key.restriction());
    Optional<PrincipalRecord> principal =
        records.principals().cell(key.principal()).getFresh().value();
    Optional<WorkspaceId> home =
        principal.flatMap(p -> p instanceof ApiUserRecord api ? api.workspace() : Optional.empty());
    LiveSubject subject =
        new PrincipalSubject(
            this, info, new ApiKeyCredential(records, key, presented), key.principal(), home);
    return Admission.of(subject, subject.freshRefusal());
  }

  /**
   * Speaks for the user of a session whose secret was presented. Another node may have begun it
   * after the user's epoch changed there: before it is refused, a user that was read before the
   * session is read again.
   */
  public Admission admit(SessionRecord session) {
    Admission admission = admitAsKnown(session);
    if (admission.refusal().isPresent() && isUserOlder(session)) {
      return admitNew(session);
    }
    return admission;
  }

  private boolean isUserOlder(SessionRecord session) {
    Snapshot<SessionRecord> presented = records.credentials().session(session.id()).current();
    Snapshot<PrincipalRecord> user = records.principals().cell(session.user()).current();
    return presented != null && user != null && user.readAt() - presented.readAt() <= 0;
  }

  private Admission admitAsKnown(SessionRecord session) {
    CredentialInfo info =
        new CredentialInfo(
            CredentialKind.SESSION,
            session.id(),
            Optional.empty(),
            session.created(),
            Optional.of(session.endsAt()),
            Restriction.unrestricted());
    LiveSubject subject =
        new PrincipalSubject(
            this,
            info,
            new SessionCredential(records, idleness, session),
            session.user(),
            Optional.empty());
    return Admission.of(subject, subject.freshRefusal());
  }

  /**
   * The same for a session that was stored just now, with the user as the store has it from here
   * on: what this node knew of it may be older than what the session rests on.
   */
  Admission admitNew(SessionRecord session) {
    records.principals().reread(session.user());
    return admitAsKnown(session);
  }

  /**
   * Speaks for a device that came with an access key, one of whose secrets was presented. Only now
   * is the directory asked.
   */
  public Admission admit(AccessKeyRecord key, SecretDigest presented, DeviceId device) {
    CredentialInfo info =
        new CredentialInfo(
            CredentialKind.ACCESS_KEY,
            key.id(),
            Optional.of(key.name()),
            key.created(),
            key.endsAt(),
            Restriction.unrestricted());
    DeviceSubject subject =
        new DeviceSubject(
            this, info, new AccessKeyCredential(records, key, presented), key, device);
    Reason refusal = subject.freshRefusal();
    if (refusal == null && !subject.isFreshlyInScope()) {
      refusal = Reason.OUT_OF_SCOPE;
    }
    return Admission.of(subject, refusal);
  }
}
