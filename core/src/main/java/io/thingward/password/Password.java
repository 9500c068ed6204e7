package io.thingward.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A password as a person typed it. Compared exactly, but for Unicode normalization form C (NIST SP
 * 800-63B-4, RFC 8265): the composed and the decomposed spelling of one text are one password.
 *
 * <p>Making one never fails: an over-long or malformed text is remembered as such, is refused where
 * a password is chosen, and at a login costs what any wrong password costs.
 *
 * <p>Security: {@link #close} wipes it; there is no equality and {@link #toString} shows nothing.
 * An ASCII password given as {@code char[]} leaves no copy behind; for other characters the
 * platform's normalizer makes a {@link String} that cannot be wiped.
 *
 * <p>Not for use by several threads while being closed.
 */
public final class Password implements AutoCloseable {
  /** The most Unicode code points. */
  public static final int CODE_POINTS = 256;

  /** The most UTF-8 bytes. */
  public static final int BYTES = 1_024;

  private final byte[] utf8;
  private final int codePoints;
  private final Form form;

  /** Whether a text can be a password at all. */
  public enum Form {
    /** It can. */
    VALID,
    /** More than {@value Password#CODE_POINTS} code points or {@value Password#BYTES} bytes. */
    TOO_LONG,
    /** It has an unpaired surrogate, which UTF-8 cannot say: two such texts could hash alike. */
    MALFORMED
  }

  private Password(byte[] utf8, int codePoints, Form form) {
    this.utf8 = utf8;
    this.codePoints = codePoints;
    this.form = form;
  }

  /** The password with this text. A {@link String} given here cannot be wiped. */
  public static Password of(CharSequence typed) {
    if (typed.length() > BYTES) {
      return flawed(Form.TOO_LONG);
    }
    if (hasUnpairedSurrogate(typed)) {
      return flawed(Form.MALFORMED);
    }
    boolean ascii = typed.chars().allMatch(c -> c < 0x80);
    CharSequence text = ascii ? typed : Normalizer.normalize(typed, Normalizer.Form.NFC);
    int codePoints = Character.codePointCount(text, 0, text.length());
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    byte[] utf8 = new byte[encoded.remaining()];
    encoded.get(utf8).rewind();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    if (codePoints > CODE_POINTS || utf8.length > BYTES) {
      Arrays.fill(utf8, (byte) 0);
      return flawed(Form.TOO_LONG);
    }
    return new Password(utf8, codePoints, Form.VALID);
  }

  /** The password with this text; copies, so that the caller can wipe its array at once. */
  public static Password copyOf(char[] typed) {
    return of(CharBuffer.wrap(typed));
  }

  /** A password of raw bytes: the keyed form of another, for a hasher. Copies. */
  public static Password copyOf(byte[] bytes) {
    if (bytes.length > BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes, the limit is " + BYTES);
    }
    return new Password(bytes.clone(), bytes.length, Form.VALID);
  }

  private static Password flawed(Form form) {
    return new Password(new byte[0], 0, form);
  }

  private static boolean hasUnpairedSurrogate(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the text can be a password. */
  public Form form() {
    return form;
  }

  /** The number of Unicode code points after normalization; 0 where the form is not valid. */
  public int codePoints() {
    return codePoints;
  }

  /** A copy of the UTF-8 bytes, which the caller wipes; empty where the form is not valid. */
  public byte[] reveal() {
    return utf8.clone();
  }

  /** Wipes the password. */
  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
  }

  @Override
  public String toString() {
    return "Password[...]";
  }
}
