package io.thingward.management;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.store.LastUse;
import io.thingward.store.SessionRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A session, without its token.
 *
 * @param id its public id
 * @param user whose session it is
 * @param created when the user logged in
 * @param endsAt its absolute end
 * @param origin who vouched for the user: the user, with a password, or the host
 * @param current whether it is the session that asks
 * @param lastUse when it was last used, if known
 */
public record Session(
    CredentialId id,
    PrincipalId user,
    Instant created,
    Instant endsAt,
    SessionRecord.Origin origin,
    boolean current,
    Optional<LastUse> lastUse) {

  static Session of(SessionRecord record, boolean current, Optional<LastUse> lastUse) {
    return new Session(
        record.id(),
        record.user(),
        record.created(),
        record.endsAt(),
        record.origin(),
        current,
        lastUse);
  }
}
