package io.thingward.json;

/**
 * How values of one type are written and read.
 *
 * @param <T> the type
 */
interface Codec<T> {
  /** Reads the value whose first token is the current one; its last one is, afterwards. */
  T read(In in);

  /** Writes a value. */
  void write(T value, Out out);
}
