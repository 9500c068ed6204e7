package io.thingward.management;

import io.thingward.internal.management.Room;
import io.thingward.internal.management.Secrets;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.LastUse;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key, without its secret.
 *
 * @param id its public id
 * @param key the text that a device presents as its key, {@code tw_a_...}
 * @param workspace its workspace
 * @param name what people call it
 * @param description what people say about it, may be empty
 * @param scope the devices that may use it; never changes
 * @param suspended whether it admits nobody for now
 * @param created when it was created
 * @param endsAt when it ends by plan, if ever; never changes
 * @param secrets how many secrets are alive: two while a rotation overlaps
 * @param lastUse when a device last authenticated with it, if known
 */
public record AccessKey(
    CredentialId id,
    String key,
    WorkspaceId workspace,
    String name,
    String description,
    DeviceScope scope,
    boolean suspended,
    Instant created,
    Optional<Instant> endsAt,
    int secrets,
    Optional<LastUse> lastUse) {

  static AccessKey of(AccessKeyRecord record, Room room, Optional<LastUse> lastUse) {
    return new AccessKey(
        record.id(),
        room.format().accessKeyId(record.id()),
        record.workspace(),
        record.name(),
        record.description(),
        record.scope(),
        record.suspended(),
        record.created(),
        record.endsAt(),
        Secrets.alive(record, room.time().now()),
        lastUse);
  }
}
