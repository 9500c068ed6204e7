package io.thingward.store.memory;

import io.thingward.model.CredentialId;
import io.thingward.model.Version;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import java.time.Instant;
import java.util.Optional;

/** A key as its table keeps it: a record, or the same in fewer bytes. */
sealed interface KeyRow permits KeyRow.OfApiKey, AccessKeyRow {
  CredentialId id();

  Version version();

  Optional<Instant> endsAt();

  /** The record, equal to the one that was packed. */
  KeyRecord unpack();

  /** An API key, as it is: a platform has few of them beside its devices' keys. */
  record OfApiKey(ApiKeyRecord unpack) implements KeyRow {
    @Override
    public CredentialId id() {
      return unpack.id();
    }

    @Override
    public Version version() {
      return unpack.version();
    }

    @Override
    public Optional<Instant> endsAt() {
      return unpack.endsAt();
    }
  }
}
