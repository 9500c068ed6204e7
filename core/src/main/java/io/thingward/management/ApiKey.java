package io.thingward.management;

import io.thingward.internal.management.Room;
import io.thingward.internal.management.Secrets;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.LastUse;
import java.time.Instant;
import java.util.Optional;

/**
 * An API key, without its secret.
 *
 * @param id its public id
 * @param principal whose key it is
 * @param name what people call it
 * @param suspended whether it admits nobody for now
 * @param created when it was created
 * @param endsAt when it ends by plan, if ever; never changes
 * @param restriction what it narrows to; never changes
 * @param secrets how many secrets are alive: two while a rotation overlaps
 * @param lastUse when it was last used, if known
 */
public record ApiKey(
    CredentialId id,
    PrincipalId principal,
    String name,
    boolean suspended,
    Instant created,
    Optional<Instant> endsAt,
    Restriction restriction,
    int secrets,
    Optional<LastUse> lastUse) {

  static ApiKey of(ApiKeyRecord record, Room room, Optional<LastUse> lastUse) {
    return new ApiKey(
        record.id(),
        record.principal(),
        record.name(),
        record.suspended(),
        record.created(),
        record.endsAt(),
        record.restriction(),
        Secrets.alive(record, room.time().now()),
        lastUse);
  }
}
