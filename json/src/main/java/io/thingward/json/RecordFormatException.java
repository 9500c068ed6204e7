package io.thingward.json;

/**
 * A file is not what {@code docs/json.md} says. The message names the place and what is wrong
 * there; it quotes no value of the file, since any may be a digest or a hash.
 */
public final class RecordFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String pointer;

  /* Without a cause: what a parser says may quote what it read. */
  RecordFormatException(Place place, String what) {
    super(
        "line "
            + place.line()
            + ", column "
            + place.column()
            + (place.pointer().isEmpty() ? "" : ", " + place.pointer())
            + ": "
            + what);
    line = place.line();
    column = place.column();
    pointer = place.pointer();
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1, in UTF-16 code units. */
  public int column() {
    return column;
  }

  /** Which value it is, as a JSON pointer (RFC 6901); empty for the whole file. */
  public String pointer() {
    return pointer;
  }
}
