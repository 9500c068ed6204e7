package io.thingward.hashing;

import java.util.Base64;
import java.util.Optional;

/** Base64 without padding, of which only the one canonical spelling is read. */
final class Base64Text {
  /** For use in a pattern: the characters. */
  static final String ALPHABET = "[A-Za-z0-9+/]";

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private Base64Text() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The bytes; empty where it is not what {@link #encode} makes of them. */
  static Optional<byte[]> decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    /* The decoder ignores padding and the bits after the last byte. */
    return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
  }
}
