package io.thingward.hashing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stored bcrypt hash. */
final class Bcrypt implements LegacyVerifier.Comparison {
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-4])\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String BASE64_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final int KEY_BYTES = 72;

  /* The first of the vectors that come with crypt_blowfish. */
  private static final String KNOWN_PASSWORD = "U*U";
  private static final String KNOWN_HASH =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  private final int cost;
  private final byte[] salt;
  private final byte[] tag;

  private Bcrypt(int cost, byte[] salt, byte[] tag) {
    this.cost = cost;
    this.salt = salt;
    this.tag = tag;
  }

  static LegacyVerifier working() {
    boolean right;
    try {
      right =
          read(KNOWN_HASH).orElseThrow().matches(KNOWN_PASSWORD.getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "bcrypt by Bouncy Castle does not work (" + Argon2Backend.chain(e) + ")", e);
    }
    if (!right) {
      throw new IllegalStateException(
          "bcrypt by Bouncy Castle does not work (it computes a wrong hash)");
    }
    return Bcrypt::read;
  }

  static Optional<LegacyVerifier.Comparison> read(String encoded) {
    Matcher parts = FORM.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int cost = Integer.parseInt(parts.group(1));
    Optional<byte[]> salt = decode(parts.group(2));
    Optional<byte[]> tag = decode(parts.group(3));
    return salt.isPresent() && tag.isPresent()
        ? Optional.of(new Bcrypt(cost, salt.get(), tag.get()))
        : Optional.empty();
  }

  /* Base64 with its characters in another order. */
  private static Optional<byte[]> decode(String text) {
    StringBuilder base64 = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      base64.append(BASE64_ALPHABET.charAt(ALPHABET.indexOf(text.charAt(i))));
    }
    return Base64Text.decode(base64.toString());
  }

  @Override
  public boolean matches(byte[] password) {
    /* Both are hashed all the same, so that they cost what any wrong password costs. */
    boolean taken = password.length <= KEY_BYTES;
    for (byte b : password) {
      taken &= b != 0;
    }
    /* The NUL at the end is part of the key, if there is room for it. */
    byte[] key = Arrays.copyOf(password, Math.min(password.length + 1, KEY_BYTES));
    try {
      byte[] computed = BouncyCastleBcrypt.hash(key, salt, cost);
      return MessageDigest.isEqual(Arrays.copyOf(computed, tag.length), tag) && taken;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "Bcrypt[...]";
  }
}
