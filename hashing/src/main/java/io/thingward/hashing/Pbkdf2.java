package io.thingward.hashing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/*
 * A stored PBKDF2 hash (RFC 8018, section 5.2). Not by the platform's SecretKeyFactory: that takes
 * characters, and encodes them as it likes.
 */
final class Pbkdf2 implements LegacyVerifier.Comparison {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$pbkdf2-sha(256|512)\\$i=([1-9][0-9]{0,6})(?:,l=([1-9][0-9]))?"
              + ("\\$(" + Base64Text.ALPHABET + "+)\\$(" + Base64Text.ALPHABET + "+)"));

  private static final int MIN_SALT_BYTES = 8;
  private static final int MAX_SALT_BYTES = 64;
  private static final int MIN_TAG_BYTES = 16;
  private static final int MAX_TAG_BYTES = 64;

  /* Over all blocks; about half a second. */
  private static final long MAX_ITERATIONS_SHA256 = 2_000_000;
  private static final long MAX_ITERATIONS_SHA512 = 1_000_000;

  private final String algorithm;
  private final int iterations;
  private final byte[] salt;
  private final byte[] tag;

  Pbkdf2(String algorithm, int iterations, byte[] salt, byte[] tag) {
    this.algorithm = algorithm;
    this.iterations = iterations;
    this.salt = salt;
    this.tag = tag;
  }

  static Optional<LegacyVerifier.Comparison> read(String encoded) {
    Matcher parts = PHC.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int digestBits = Integer.parseInt(parts.group(1));
    int iterations = Integer.parseInt(parts.group(2));
    String length = parts.group(3);
    Optional<byte[]> salt = Base64Text.decode(parts.group(4));
    Optional<byte[]> tag = Base64Text.decode(parts.group(5));
    if (salt.isEmpty() || tag.isEmpty()) {
      return Optional.empty();
    }
    int saltBytes = salt.get().length;
    int tagBytes = tag.get().length;
    long blocks = (tagBytes * 8L + digestBits - 1) / digestBits;
    long maxIterations = digestBits == 256 ? MAX_ITERATIONS_SHA256 : MAX_ITERATIONS_SHA512;
    boolean trusted =
        saltBytes >= MIN_SALT_BYTES
            && saltBytes <= MAX_SALT_BYTES
            && tagBytes >= MIN_TAG_BYTES
            && tagBytes <= MAX_TAG_BYTES
            && iterations * blocks <= maxIterations
            && (length == null || Integer.parseInt(length) == tagBytes);
    return trusted
        ? Optional.of(new Pbkdf2("HmacSHA" + digestBits, iterations, salt.get(), tag.get()))
        : Optional.empty();
  }

  @Override
  public boolean matches(byte[] password) {
    /*
     * HMAC fills a short key up with NULs, and so takes "a" and "a\0" for one. It also takes a long
     * key and its digest for one, but a digest is hardly ever UTF-8, as a password is.
     */
    boolean taken = password[password.length - 1] != 0;
    return MessageDigest.isEqual(derive(password), tag) && taken;
  }

  private byte[] derive(byte[] password) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(password, algorithm));
      byte[] derived = new byte[tag.length];
      int block = 0;
      for (int offset = 0; offset < derived.length; offset += mac.getMacLength()) {
        block++;
        byte[] bytes = block(mac, block);
        System.arraycopy(
            bytes, 0, derived, offset, Math.min(bytes.length, derived.length - offset));
      }
      return derived;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform has no " + algorithm, e);
    }
  }

  private byte[] block(Mac mac, int index) throws GeneralSecurityException {
    mac.update(salt);
    mac.update(new byte[] {0, 0, 0, (byte) index});
    byte[] link = mac.doFinal();
    byte[] sum = link.clone();
    for (int i = 1; i < iterations; i++) {
      mac.update(link);
      mac.doFinal(link, 0);
      for (int j = 0; j < sum.length; j++) {
        sum[j] ^= link[j];
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return "Pbkdf2[...]";
  }
}
