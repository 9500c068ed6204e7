package io.thingward.model;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A 256-bit digest of a generated secret: SHA-256 of its text, or HMAC-SHA-256 under a host's
 * pepper whose key id it names. The secret has 256 bits of entropy itself, so a fast digest gives
 * nothing away (OWASP ASVS 5.0, 6.5.2 asks for 112 bits).
 *
 * <p>Security: {@link #equals} takes the same time wherever two digests differ; {@link #toString}
 * shows nothing of the digest.
 *
 * @param a bits 0 to 63, big-endian
 * @param b bits 64 to 127
 * @param c bits 128 to 191
 * @param d bits 192 to 255
 * @param pepper the key id of the pepper, empty for plain SHA-256
 */
public record SecretDigest(long a, long b, long c, long d, Optional<String> pepper) {
  /** The number of bytes of a digest. */
  public static final int BYTES = 32;

  /** Validates. */
  public SecretDigest {
    pepper.ifPresent(id -> Text.check("pepper id", id, Limits.ID_LENGTH));
  }

  /** The digest with these {@value #BYTES} bytes. */
  public static SecretDigest of(ByteBuffer bytes, Optional<String> pepper) {
    if (bytes.remaining() != BYTES) {
      throw new IllegalArgumentException(
          "a digest has " + BYTES + " bytes, not " + bytes.remaining());
    }
    ByteBuffer in = bytes.slice();
    return new SecretDigest(in.getLong(), in.getLong(), in.getLong(), in.getLong(), pepper);
  }

  /** The {@value #BYTES} bytes, in a read-only buffer. */
  public ByteBuffer bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(a).putLong(b).putLong(c).putLong(d).flip();
    return out.asReadOnlyBuffer();
  }

  /** Whether the 256 bits are equal, in constant time. */
  public boolean sameBits(SecretDigest other) {
    return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretDigest that && sameBits(that) && pepper.equals(that.pepper);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return "SecretDigest[...]";
  }
}
