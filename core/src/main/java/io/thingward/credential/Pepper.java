package io.thingward.credential;

import io.thingward.model.Limits;
import java.util.Arrays;
import java.util.Objects;

/**
 * A key of the host's that every digest of a secret and every password hash is keyed with
 * (HMAC-SHA-256), so that a stolen store alone is worth nothing. Kept outside the store.
 *
 * <p>Several may be known at once: the first makes new digests, all verify old ones by the key id
 * in the record. A record that names an unknown pepper never verifies.
 *
 * <p>Security: copies the key in; {@link #close} wipes it; {@link #toString} shows the id only.
 */
public final class Pepper implements AutoCloseable {
  /** The fewest bytes of a key: as many as the digest has (RFC 2104, section 3). */
  public static final int MINIMUM_BYTES = 32;

  private final String id;
  private final byte[] key;

  private Pepper(String id, byte[] key) {
    this.id = id;
    this.key = key;
  }

  /**
   * A pepper.
   *
   * @param id names the key in records; 1 to {@value Limits#ID_LENGTH} characters
   * @param key at least {@value #MINIMUM_BYTES} random bytes; copied
   */
  public static Pepper copyOf(String id, byte[] key) {
    Objects.requireNonNull(id, "id");
    if (id.isEmpty()
        || id.length() > Limits.ID_LENGTH
        || id.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "a pepper id has 1 to " + Limits.ID_LENGTH + " printable ASCII characters");
    }
    if (key.length < MINIMUM_BYTES) {
      throw new IllegalArgumentException(
          "a pepper has at least " + MINIMUM_BYTES + " bytes, not " + key.length);
    }
    return new Pepper(id, key.clone());
  }

  /** Names the key in records. */
  public String id() {
    return id;
  }

  /** A copy of the key, which the caller wipes. */
  public byte[] reveal() {
    return key.clone();
  }

  /** Wipes the key. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "Pepper[" + id + "]";
  }
}
