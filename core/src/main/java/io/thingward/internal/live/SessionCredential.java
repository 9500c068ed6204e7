package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.CredentialId;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionView;
import io.thingward.store.UserRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session and its user, whose epochs must be equal. */
final class SessionCredential extends LiveCredential<SessionRecord, PrincipalRecord> {
  private final Credentials credentials;
  private final CredentialId id;
  private final Idleness idleness;

  SessionCredential(
      Records records,
      Idleness idleness,
      Found<SessionRecord, SessionRecord> session,
      Cell<?, PrincipalRecord> holder) {
    super(records.time(), session.cell(), holder);
    this.credentials = records.credentials();
    this.id = session.record().id();
    this.idleness = idleness;
  }

  @Override
  Both<SessionRecord, PrincipalRecord> readBoth() {
    SessionView view = credentials.readSessionView(id);
    return new Both<>(view.session(), view.user());
  }

  @Override
  Reason withoutHolder() {
    return Reason.PRINCIPAL_DELETED;
  }

  @Override
  @Nullable Reason refusal(SessionRecord record, PrincipalRecord principal, Instant now) {
    Reason ofUser = Holders.refusal(principal, now);
    if (ofUser == Reason.PRINCIPAL_DELETED) {
      return ofUser;
    }
    if (!now.isBefore(record.endsAt())
        || !(principal instanceof UserRecord user && user.epoch() == record.epoch())
        || idleness.isIdle(record, now)) {
      return Reason.CREDENTIAL_ENDED;
    }
    return ofUser;
  }
}
