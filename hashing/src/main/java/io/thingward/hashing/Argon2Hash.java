package io.thingward.hashing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored Argon2id hash: parameters, salt and tag. Its text is the PHC string {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$tag}, of which exactly one spelling is read: no other variant
 * or version, no other order, no further parameter, no sign, leading zero or padding.
 */
final class Argon2Hash {
  /* As many digits as the bounds have, so that no number overflows. */
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,5}),t=([1-9][0-9]?),p=([1-9])"
              + ("\\$(" + Base64Text.ALPHABET + "+)\\$(" + Base64Text.ALPHABET + "+)"));

  private final Argon2Cost cost;
  private final byte[] salt;
  private final byte[] tag;

  /** The hash of these parts; does not copy. */
  Argon2Hash(Argon2Cost cost, byte[] salt, byte[] tag) {
    this.cost = cost;
    this.salt = salt;
    this.tag = tag;
  }

  /** The hash with this text; empty where it is malformed or beyond the trusted bounds. */
  static Optional<Argon2Hash> read(String encoded) {
    Matcher parts = PHC.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<byte[]> salt = Base64Text.decode(parts.group(4));
    Optional<byte[]> tag = Base64Text.decode(parts.group(5));
    if (salt.isEmpty() || tag.isEmpty()) {
      return Optional.empty();
    }
    Argon2Cost cost =
        new Argon2Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            salt.get().length,
            tag.get().length);
    return cost.isTrusted()
        ? Optional.of(new Argon2Hash(cost, salt.get(), tag.get()))
        : Optional.empty();
  }

  /** The text. */
  String encoded() {
    return "$argon2id$v=19$m="
        + cost.memoryKib()
        + ",t="
        + cost.iterations()
        + ",p="
        + cost.parallelism()
        + "$"
        + Base64Text.encode(salt)
        + "$"
        + Base64Text.encode(tag);
  }

  Argon2Cost cost() {
    return cost;
  }

  /** The salt itself, not a copy. */
  byte[] salt() {
    return salt;
  }

  /** The tag itself, not a copy. */
  byte[] tag() {
    return tag;
  }

  @Override
  public String toString() {
    return "Argon2Hash[...]";
  }
}
