package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.SecretDigest;
import io.thingward.model.Times;
import java.time.Instant;

/**
 * A one-time code that sets a password, as a store keeps it.
 *
 * @param digest the digest of the code
 * @param endsAt from when on it no longer counts
 */
public record Activation(SecretDigest digest, Instant endsAt) {
  /** Validates. */
  public Activation {
    requireNonNull(digest, "digest");
    Times.check(requireNonNull(endsAt, "endsAt"));
  }
}
