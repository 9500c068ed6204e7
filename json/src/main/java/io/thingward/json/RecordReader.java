package io.thingward.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonToken;
import io.thingward.store.StoreRecord;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file, one at a time and in its order: a stream to import, or to look through.
 * Holds one record, however long the file is.
 *
 * <pre>{@code
 * try (RecordReader records = RecordReader.of(in)) {
 *   records.forEachRemaining(this::lookAt);
 * }
 * }</pre>
 *
 * <p>Whatever is not exactly as {@code docs/json.md} says is a {@link RecordFormatException}: of
 * {@link #hasNext} and {@link #next}, once what precedes it was returned, and again at each further
 * call. So is a file that lacks its end. What the stream throws comes as an {@link
 * java.io.UncheckedIOException}. Not thread-safe.
 */
public final class RecordReader implements Iterator<StoreRecord>, AutoCloseable {
  /** The longest record that is read unless the caller says otherwise, in characters. */
  public static final int LONGEST_RECORD = 64 * 1_024 * 1_024;

  private final In in;
  private boolean begun;
  private boolean ended;
  private @Nullable StoreRecord ahead;
  private @Nullable RuntimeException failure;

  private RecordReader(In in) {
    this.in = in;
  }

  /** Reads this stream, which closing the reader closes. */
  public static RecordReader of(InputStream in) {
    return of(in, LONGEST_RECORD);
  }

  /**
   * The same with another limit.
   *
   * @param longestRecord the length of the longest record that is read, in characters, 1,000 or
   *     more; a longer one is an error before it is held in memory. A membership with as many
   *     grants and terms as there may be can take a gigabyte, an ordinary record takes a few
   *     hundred characters
   */
  public static RecordReader of(InputStream in, int longestRecord) {
    requireNonNull(in, "in");
    if (longestRecord < 1_000) {
      throw new IllegalArgumentException(
          "the limit of a record is 1,000 characters or more, not " + longestRecord);
    }
    return new RecordReader(new In(in, longestRecord));
  }

  @Override
  public boolean hasNext() {
    if (failure != null) {
      throw failure;
    }
    if (ahead == null && !ended) {
      try {
        ahead = read();
      } catch (RuntimeException told) {
        failure = told;
        throw told;
      }
    }
    return ahead != null;
  }

  private @Nullable StoreRecord read() {
    if (!begun) {
      begun = true;
      Header.read(in);
    }
    in.nextRecord();
    in.advance();
    if (in.is(JsonToken.END_ARRAY)) {
      if (in.nextField().isPresent()) {
        throw in.wrong("nothing follows the records");
      }
      in.requireEnd();
      ended = true;
      return null;
    }
    return Kind.read(in);
  }

  @Override
  public StoreRecord next() {
    StoreRecord next = hasNext() ? ahead : null;
    if (next == null) {
      throw new NoSuchElementException("the file has no more records");
    }
    ahead = null;
    return next;
  }

  /** Closes the stream. */
  @Override
  public void close() {
    in.close();
  }
}
