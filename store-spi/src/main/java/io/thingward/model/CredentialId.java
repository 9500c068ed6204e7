package io.thingward.model;

import java.util.Arrays;

/**
 * The public id of a credential: safe to log, list and revoke by, useless to authenticate with. 128
 * bits; core makes them time-ordered (48 bits of milliseconds first, as in RFC 9562 UUIDv7), so
 * that stores insert at the end of an index. The order of ids is the order of their texts.
 *
 * @param high the first 64 bits, unsigned
 * @param low the last 64 bits, unsigned
 */
public record CredentialId(long high, long low) implements Comparable<CredentialId> {
  /** The number of characters of the text form: 128 bits in Base62. */
  public static final int TEXT_LENGTH = 22;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final byte[] VALUES = values();

  /**
   * The id with this text. Exactly one text is accepted per id: {@value #TEXT_LENGTH} characters
   * {@code [0-9A-Za-z]} below 2^128; anything else is an {@link IllegalArgumentException}.
   */
  public static CredentialId parse(CharSequence text) {
    if (text.length() != TEXT_LENGTH) {
      throw new IllegalArgumentException(
          "a credential id has " + TEXT_LENGTH + " characters, not " + text.length());
    }
    return parse(text, 0);
  }

  /**
   * The id whose text starts at an index of {@code text}; what comes before and after is ignored.
   */
  public static CredentialId parse(CharSequence text, int start) {
    if (start < 0 || start > text.length() - TEXT_LENGTH) {
      throw new IllegalArgumentException(
          "no " + TEXT_LENGTH + " characters from index " + start + " of " + text.length());
    }
    long high = 0;
    long low = 0;
    for (int i = start; i < start + TEXT_LENGTH; i++) {
      char c = text.charAt(i);
      int digit = c < VALUES.length ? VALUES[c] : -1;
      if (digit < 0) {
        throw new IllegalArgumentException("not a Base62 digit at index " + i);
      }
      // (high, low) * 62 + digit, refused where it leaves 128 bits
      long carry = Math.multiplyHigh(low, 62) + (low < 0 ? 62 : 0);
      low = low * 62 + digit;
      if (Long.compareUnsigned(low, digit) < 0) {
        carry++;
      }
      boolean overflow = Math.multiplyHigh(high, 62) != 0; // a high below 0 gives a negative one
      high = high * 62 + carry;
      if (overflow || Long.compareUnsigned(high, carry) < 0) {
        throw new IllegalArgumentException("a credential id is below 2^128");
      }
    }
    return new CredentialId(high, low);
  }

  @Override
  public int compareTo(CredentialId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /** The text form: {@value #TEXT_LENGTH} Base62 digits. */
  @Override
  public String toString() {
    char[] text = new char[TEXT_LENGTH];
    long high = this.high;
    long low = this.low;
    for (int i = TEXT_LENGTH - 1; i >= 0; i--) {
      // long division of the 128-bit number by 62, in steps of 32 bits
      long quotientHigh = Long.divideUnsigned(high, 62);
      long rest = Long.remainderUnsigned(high, 62);
      long upper = (rest << 32) | (low >>> 32);
      long quotientUpper = upper / 62;
      long lower = ((upper % 62) << 32) | (low & 0xFFFF_FFFFL);
      high = quotientHigh;
      low = (quotientUpper << 32) | (lower / 62);
      text[i] = DIGITS.charAt((int) (lower % 62));
    }
    return new String(text);
  }

  private static byte[] values() {
    byte[] values = new byte['z' + 1];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length(); i++) {
      values[DIGITS.charAt(i)] = (byte) i;
    }
    return values;
  }
}
