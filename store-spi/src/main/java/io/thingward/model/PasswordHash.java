package io.thingward.model;

import java.util.Optional;

/**
 * The hash of a password in the PHC string format, algorithm and parameters included.
 *
 * <p>Security: {@link #toString} shows nothing of it.
 *
 * @param encoded the PHC string, 1 to 1,000 printable ASCII characters
 * @param pepper the key id of the pepper that the password was keyed with, if any
 */
public record PasswordHash(String encoded, Optional<String> pepper) {
  private static final int LENGTH = 1_000;

  /** Validates the length and the characters, not the format. */
  public PasswordHash {
    if (encoded.isEmpty() || encoded.length() > LENGTH) {
      throw new IllegalArgumentException(
          "a password hash has 1 to " + LENGTH + " characters, not " + encoded.length());
    }
    if (encoded.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("a password hash is printable ASCII");
    }
    pepper.ifPresent(id -> Text.check("pepper id", id, Limits.ID_LENGTH));
  }

  @Override
  public String toString() {
    return "PasswordHash[...]";
  }
}
