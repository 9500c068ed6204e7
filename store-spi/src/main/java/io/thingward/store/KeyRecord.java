package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A key: an {@link ApiKeyRecord} or an {@link AccessKeyRecord}. Both share one space of ids. */
public sealed interface KeyRecord permits ApiKeyRecord, AccessKeyRecord {
  /** The key of the record, the public id of the credential. */
  CredentialId id();

  /** Which state of the record this is. */
  Version version();

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

  /**
   * Returns a copy of 1 to {@value Limits#SECRETS_PER_KEY} secrets, of which the newest has no end.
   */
  static List<StoredSecret> checkSecrets(List<StoredSecret> secrets) {
    if (secrets.isEmpty() || secrets.size() > Limits.SECRETS_PER_KEY) {
      throw new IllegalArgumentException(
          "a key has 1 to " + Limits.SECRETS_PER_KEY + " secrets, not " + secrets.size());
    }
    if (secrets.get(0).endsAt().isPresent()) {
      throw new IllegalArgumentException("the newest secret of a key has no end of its own");
    }
    return List.copyOf(secrets);
  }
}
