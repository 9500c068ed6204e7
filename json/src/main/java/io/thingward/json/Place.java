package io.thingward.json;

/**
 * Where something is in a file.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 code units
 * @param pointer which value it is, as a JSON pointer; empty for the whole file
 */
record Place(int line, int column, String pointer) {
  RecordFormatException wrong(String what) {
    return new RecordFormatException(this, what);
  }
}
