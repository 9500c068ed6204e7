package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.CredentialId;
import io.thingward.model.SecretDigest;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key, through one of its secrets, and its holder.
 *
 * @param <H> the record of the holder
 */
abstract class KeyCredential<H> extends LiveCredential<KeyRecord, H> {
  private final Credentials credentials;
  private final CredentialId id;
  private final SecretDigest presented;

  KeyCredential(
      Records records, Found<?, KeyRecord> key, SecretDigest presented, Cell<?, H> holder) {
    super(records.time(), key.cell(), holder);
    this.credentials = records.credentials();
    this.id = key.record().id();
    this.presented = presented;
  }

  /** The holder of a key, of this kind. */
  abstract Optional<H> holder(KeyView view);

  @Override
  final Both<KeyRecord, H> readBoth() {
    KeyView view = credentials.readKey(id);
    return new Both<>(view.key(), holder(view));
  }

  /** Why the holder does not stand, or null. */
  abstract @Nullable Reason refusal(H holder, Instant now);

  @Override
  final @Nullable Reason refusal(KeyRecord key, H holder, Instant now) {
    if (!Keys.isAlive(key, secret -> secret.digest().equals(presented), now)) {
      return Reason.CREDENTIAL_ENDED;
    }
    Reason ofHolder = refusal(holder, now);
    if (key.suspended() && ofHolder != withoutHolder()) {
      return Reason.CREDENTIAL_SUSPENDED;
    }
    return ofHolder;
  }
}
