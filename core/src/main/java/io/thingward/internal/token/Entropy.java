package io.thingward.internal.token;

import io.thingward.model.CredentialId;
import io.thingward.model.Version;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Every random number of the library, from one {@link SecureRandom}; if that throws, so does the
 * caller: there is no second source. Thread-safe.
 */
public final class Entropy {
  private static final int SECRET_BYTES = 32;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final SecureRandom random;
  private final Supplier<Instant> clock;
  private CredentialId last = new CredentialId(0, 0); // guarded by this

  /** Draws from this source; ids begin with the time of this clock. */
  public Entropy(SecureRandom random, Supplier<Instant> clock) {
    this.random = random;
    this.clock = clock;
  }

  /**
   * A new credential id, greater than any before it: 48 bits of milliseconds, 80 random bits.
   * Within a millisecond, and while the clock is behind an earlier reading, an id is the last one
   * plus a random step of up to 32 bits (RFC 9562, section 6.2, method 2).
   */
  public CredentialId credentialId() {
    long millis = clock.get().toEpochMilli() & 0xFFFF_FFFF_FFFFL;
    CredentialId fresh =
        new CredentialId((millis << 16) | (random.nextInt() & 0xFFFF), random.nextLong());
    synchronized (this) {
      if (fresh.compareTo(last) <= 0 || millis == last.high() >>> 16) {
        long low = last.low() + 1 + (random.nextInt() & 0xFFFF_FFFFL);
        boolean carry = Long.compareUnsigned(low, last.low()) <= 0;
        fresh = new CredentialId(carry ? last.high() + 1 : last.high(), low);
      }
      last = fresh;
      return fresh;
    }
  }

  /**
   * 256 random bits as {@value TokenFormat#SECRET_LENGTH} Base62 digits, which the caller wipes.
   */
  public byte[] secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    byte[] digits = new byte[TokenFormat.SECRET_LENGTH];
    int[] words = words(bytes);
    Arrays.fill(bytes, (byte) 0);
    for (int i = digits.length - 1; i >= 0; i--) {
      long rest = 0;
      for (int w = 0; w < words.length; w++) { // long division by 62, most significant word first
        long part = (rest << 32) | (words[w] & 0xFFFF_FFFFL);
        words[w] = (int) (part / 62);
        rest = part % 62;
      }
      digits[i] = (byte) DIGITS.charAt((int) rest);
    }
    return digits;
  }

  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    for (int i = 0; i < bytes.length; i++) {
      words[i / 4] = (words[i / 4] << 8) | (bytes[i] & 0xFF);
    }
    return words;
  }

  /**
   * A new id for a principal, workspace or role: 25 lower-case letters and digits, 128 random bits.
   */
  public String recordId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String text = new BigInteger(1, bytes).toString(36);
    return "0".repeat(25 - text.length()) + text;
  }

  /** A new epoch; different from any earlier one but for a chance of 2^-64. */
  public long epoch() {
    return random.nextLong();
  }

  /** The version of a new record. */
  public Version first() {
    return new Version(1, change());
  }

  /** The version after another. */
  public Version after(Version version) {
    return new Version(Math.addExact(version.sequence(), 1), change());
  }

  private UUID change() {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
