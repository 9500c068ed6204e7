package io.thingward.model;

/**
 * The name a user logs in with, in its one canonical form: ASCII, lower case, {@code
 * [a-z0-9][a-z0-9@._+-]{0,127}}. Everything else is refused rather than mapped, because Unicode
 * case and compatibility mappings join names of different people (CVE-2019-19844).
 *
 * @param value the canonical text
 */
public record Username(String value) implements Comparable<Username> {
  /** Validates the canonical form. */
  public Username {
    if (value.isEmpty() || value.length() > Limits.USERNAME_LENGTH) {
      throw new IllegalArgumentException(
          "a username has 1 to " + Limits.USERNAME_LENGTH + " characters, not " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      if (!allowed(value.charAt(i), i)) {
        throw new IllegalArgumentException(
            "a username starts with a letter or digit and has only [a-z0-9@._+-]; index " + i);
      }
    }
  }

  /**
   * The username that a person typed: ASCII upper case becomes lower case, nothing else changes.
   */
  public static Username parse(String typed) {
    // what is too long is refused as it is, before it costs anything
    return new Username(typed.length() > Limits.USERNAME_LENGTH ? typed : lowerCase(typed));
  }

  private static String lowerCase(String typed) {
    char[] canonical = typed.toCharArray();
    for (int i = 0; i < canonical.length; i++) {
      char c = canonical[i];
      if (c >= 'A' && c <= 'Z') {
        canonical[i] = (char) (c + ('a' - 'A'));
      }
    }
    return new String(canonical);
  }

  private static boolean allowed(char c, int index) {
    boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return alphanumeric || (index > 0 && "@._+-".indexOf(c) >= 0);
  }

  @Override
  public int compareTo(Username other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
