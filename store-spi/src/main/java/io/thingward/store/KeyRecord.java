package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.StoredSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A key: an {@link ApiKeyRecord} or an {@link AccessKeyRecord}. Both share one space of ids. */
public sealed interface KeyRecord extends VersionedRecord<KeyRecord>
    permits ApiKeyRecord, AccessKeyRecord {
  /** The key of the record, the public id of the credential. */
  CredentialId id();

  /** When it was created. */
  Instant created();

  /** What people call it. */
  String name();

  /** Whether it admits nobody for now. */
  boolean suspended();

  /** The live secrets, newest first, 1 or 2. */
  List<StoredSecret> secrets();

  /** From when on it admits nobody, if ever. */
  Optional<Instant> endsAt();
}
