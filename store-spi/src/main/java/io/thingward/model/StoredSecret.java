package io.thingward.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One secret of a key as a store keeps it.
 *
 * @param digest its digest
 * @param endsAt from when on it no longer authenticates, for the older one of a rotation; empty
 *     while it lives as long as its key
 */
public record StoredSecret(SecretDigest digest, Optional<Instant> endsAt) {
  /** Validates. */
  public StoredSecret {
    requireNonNull(digest, "digest");
    Times.check(requireNonNull(endsAt, "endsAt"));
  }
}
