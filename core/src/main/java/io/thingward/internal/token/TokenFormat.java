package io.thingward.internal.token;

import io.thingward.credential.Secret;
import io.thingward.model.CredentialId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of credentials: {@code <brand>_<kind>_<id><secret><checksum>} in fixed widths, Base62
 * throughout. An access key shows its halves apart: {@code <brand>_a_<id>} and {@code
 * <brand>_x_<secret><checksum>}. One spelling per token, and the checksum is over all before it.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenFormat {
  /** Base62 digits of a 256-bit secret. */
  public static final int SECRET_LENGTH = 43;

  private static final int CHECKSUM_LENGTH = 6;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern BRAND = Pattern.compile("[a-z][a-z0-9]{1,9}");

  private final String brand;

  private TokenFormat(String brand) {
    this.brand = brand;
  }

  /** The kinds of text there are. */
  public enum Kind {
    /** A session token. */
    SESSION('s'),
    /** An API key. */
    API_KEY('k'),
    /** An activation code. */
    ACTIVATION('r'),
    /** The public half of an access key. */
    ACCESS_KEY_ID('a'),
    /** The secret half of an access key. */
    ACCESS_KEY_SECRET('x');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /**
   * What a token says, once its checksum is right.
   *
   * @param kind the kind it claims to be
   * @param id the id it claims
   */
  public record Claim(Kind kind, CredentialId id) {}

  /** The format of this brand: 2 to 10 characters {@code [a-z0-9]}, a letter first. */
  public static TokenFormat of(String brand) {
    if (!BRAND.matcher(brand).matches()) {
      throw new IllegalArgumentException(
          "a brand is 2 to 10 characters [a-z0-9], a letter first, not '" + brand + "'");
    }
    return new TokenFormat(brand);
  }

  /** Finds tokens and secrets of this brand in text: for scanners of logs and repositories. */
  public Pattern leakPattern() {
    int whole = CredentialId.TEXT_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;
    int half = SECRET_LENGTH + CHECKSUM_LENGTH;
    return Pattern.compile(
        "\\b" + brand + "_(?:[skr]_[0-9A-Za-z]{" + whole + "}|x_[0-9A-Za-z]{" + half + "})\\b");
  }

  /** The text of a session token, API key or activation code. */
  public Secret token(Kind kind, CredentialId id, byte[] secret) {
    return sealed(prefix(kind) + id, secret);
  }

  /** The public half of an access key. */
  public String accessKeyId(CredentialId id) {
    return prefix(Kind.ACCESS_KEY_ID) + id;
  }

  /** The secret half of an access key. */
  public Secret accessKeySecret(byte[] secret) {
    return sealed(prefix(Kind.ACCESS_KEY_SECRET), secret);
  }

  private Secret sealed(String head, byte[] secret) {
    char[] text = new char[head.length() + secret.length + CHECKSUM_LENGTH];
    try {
      head.getChars(0, head.length(), text, 0);
      for (int i = 0; i < secret.length; i++) {
        text[head.length() + i] = (char) secret[i];
      }
      int body = head.length() + secret.length;
      long rest = checksum(text, body);
      for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
        text[body + i] = DIGITS.charAt((int) (rest % 62));
        rest /= 62;
      }
      return Secret.copyOf(text);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  /**
   * What a presented token claims, and its secret part.
   *
   * @param secretPart receives the {@value #SECRET_LENGTH} digits of the secret
   * @return empty for anything but a well-formed token of this brand with a right checksum
   */
  public Optional<Claim> read(char[] token, byte[] secretPart) {
    Objects.checkFromIndexSize(0, SECRET_LENGTH, secretPart.length);
    for (Kind kind : new Kind[] {Kind.API_KEY, Kind.SESSION, Kind.ACTIVATION}) {
      int head = prefix(kind).length();
      if (hasShape(token, kind, CredentialId.TEXT_LENGTH)) {
        Optional<CredentialId> id = id(token, head);
        copy(token, head + CredentialId.TEXT_LENGTH, secretPart);
        return id.map(found -> new Claim(kind, found));
      }
    }
    return Optional.empty();
  }

  /** Reads the secret half of an access key; false for anything else. */
  public boolean readAccessKeySecret(char[] text, byte[] secretPart) {
    if (!hasShape(text, Kind.ACCESS_KEY_SECRET, 0)) {
      return false;
    }
    copy(text, prefix(Kind.ACCESS_KEY_SECRET).length(), secretPart);
    return true;
  }

  /** Reads the public half of an access key; empty for anything else. */
  public Optional<CredentialId> readAccessKeyId(String text) {
    String head = prefix(Kind.ACCESS_KEY_ID);
    if (!text.startsWith(head) || text.length() != head.length() + CredentialId.TEXT_LENGTH) {
      return Optional.empty();
    }
    return id(text.toCharArray(), head.length());
  }

  private boolean hasShape(char[] text, Kind kind, int idLength) {
    String head = prefix(kind);
    int body = head.length() + idLength + SECRET_LENGTH;
    if (text.length != body + CHECKSUM_LENGTH) {
      return false;
    }
    for (int i = 0; i < head.length(); i++) {
      if (text[i] != head.charAt(i)) {
        return false;
      }
    }
    for (int i = head.length(); i < text.length; i++) {
      if (DIGITS.indexOf(text[i]) < 0) {
        return false;
      }
    }
    long rest = checksum(text, body);
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      if (text[body + i] != DIGITS.charAt((int) (rest % 62))) {
        return false;
      }
      rest /= 62;
    }
    return true;
  }

  private static Optional<CredentialId> id(char[] text, int start) {
    try {
      return Optional.of(CredentialId.parse(new String(text, start, CredentialId.TEXT_LENGTH)));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  private static void copy(char[] text, int start, byte[] into) {
    for (int i = 0; i < SECRET_LENGTH; i++) {
      into[i] = (byte) text[start + i];
    }
  }

  private static long checksum(char[] text, int length) {
    CRC32 crc = new CRC32();
    for (int i = 0; i < length; i++) {
      crc.update(text[i]);
    }
    return crc.getValue();
  }

  private String prefix(Kind kind) {
    return brand + '_' + kind.letter + '_';
  }
}
