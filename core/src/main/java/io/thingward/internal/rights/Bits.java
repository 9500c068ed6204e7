package io.thingward.internal.rights;

import java.util.Arrays;
import java.util.stream.IntStream;

/* An immutable set of permission positions of one catalog kind; as wide as it needs to be. */
final class Bits {
  static final Bits NONE = new Bits(new long[0]);

  private final long[] words;

  private Bits(long[] words) {
    this.words = words;
  }

  static Bits of(int... positions) {
    long[] words = new long[Arrays.stream(positions).map(p -> p / 64 + 1).max().orElse(0)];
    for (int position : positions) {
      words[position / 64] |= 1L << position;
    }
    return new Bits(words);
  }

  static Bits first(int count) {
    return of(IntStream.range(0, count).toArray());
  }

  boolean has(int position) {
    int word = position >> 6;
    return word < words.length && (words[word] >>> position & 1) != 0;
  }

  Bits or(Bits other) {
    if (other.words.length > words.length) {
      return other.or(this);
    }
    long[] union = words.clone();
    for (int i = 0; i < other.words.length; i++) {
      union[i] |= other.words[i];
    }
    return Arrays.equals(union, words) ? this : new Bits(union);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bits that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
