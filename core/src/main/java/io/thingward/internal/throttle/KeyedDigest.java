package io.thingward.internal.throttle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/* Texts that strangers choose become keys of one size, so that a number of entries is a number of
 * bytes, and nobody without the seed can choose texts that fall into one stripe or hash bucket (as
 * with String.hashCode). 128 bits of SHA-256 do not collide by chance; a microsecond is nothing beside
 * the password hash that an attempt costs. */
final class KeyedDigest {
  private static final int SEED_BYTES = 32;

  private final byte[] seed = new byte[SEED_BYTES];

  KeyedDigest(RandomGenerator random) {
    random.nextBytes(seed);
  }

  Key of(String text) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    sha256.update(seed);
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    return new Key(digest.getLong(), digest.getLong());
  }
}
