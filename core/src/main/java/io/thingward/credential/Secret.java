package io.thingward.credential;

import java.nio.CharBuffer;
import java.util.Arrays;

/**
 * A generated secret in its text form: a token, the secret of an access key, an activation code.
 * What a person chooses is a {@link io.thingward.password.Password}; the two never mix, because one
 * is hashed fast and the other slowly.
 *
 * <p>Security: {@link #close} wipes it; there is no equality and {@link #toString} shows nothing.
 * {@link #reveal} is the only way to the text, and whoever calls it answers for the copy. A secret
 * made {@link #of} a {@link String} cannot wipe that string.
 *
 * <p>Thread-safe.
 */
public final class Secret implements AutoCloseable {
  /**
   * The longest text that is looked at; generated ones are shorter (OWASP ASVS and GitHub: 255).
   */
  public static final int LENGTH = 255;

  /* Only ASCII is ever a generated secret: anything else is kept as '?' and never matches. */
  private final byte[] text;
  private boolean closed;

  private Secret(byte[] text) {
    this.text = text;
  }

  /**
   * The secret that a client presented. Any text is taken, since a wrong one is refused where it is
   * verified, not here; of an over-long one only the first {@value #LENGTH} characters and one more
   * are kept, which never verifies.
   */
  public static Secret of(CharSequence text) {
    int length = Math.min(text.length(), LENGTH + 1);
    byte[] ascii = new byte[length];
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      ascii[i] = c < 0x80 ? (byte) c : (byte) '?';
    }
    return new Secret(ascii);
  }

  /** The secret with this text; copies. */
  public static Secret copyOf(char[] text) {
    return of(CharBuffer.wrap(text));
  }

  /** A copy of the text, which the caller wipes. {@link IllegalStateException} once closed. */
  public synchronized char[] reveal() {
    if (closed) {
      throw new IllegalStateException("the secret was closed");
    }
    char[] copy = new char[text.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (char) text[i];
    }
    return copy;
  }

  /** Wipes the secret. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(text, (byte) 0);
  }

  @Override
  public String toString() {
    return "Secret[...]";
  }
}
