package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.SecretDigest;
import io.thingward.store.KeyRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key, through one of its secrets, and its holder.
 *
 * @param <H> the record of the holder
 */
abstract class KeyCredential<H> extends LiveCredential<KeyRecord, H> {
  private final SecretDigest presented;

  KeyCredential(Records records, KeyRecord key, SecretDigest presented, Cell<?, H> holder) {
    super(records.time(), records.keys().cell(key.id()), holder);
    this.presented = presented;
  }

  /** Why the holder does not stand, or null. */
  abstract @Nullable Reason refusal(H holder, Instant now);

  @Override
  final @Nullable Reason refusal(KeyRecord key, H holder, Instant now) {
    if (!isAlive(key, now)) {
      return Reason.CREDENTIAL_ENDED;
    }
    Reason ofHolder = refusal(holder, now);
    if (key.suspended() && ofHolder != withoutHolder()) {
      return Reason.CREDENTIAL_SUSPENDED;
    }
    return ofHolder;
  }

  private boolean isAlive(KeyRecord key, Instant now) {
    return isBefore(now, key.endsAt())
        && key.secrets().stream()
            .anyMatch(s -> s.digest().equals(presented) && isBefore(now, s.endsAt()));
  }
}
