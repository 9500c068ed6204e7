package io.thingward.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.thingward.store.StoreRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes records into a file, one a line. Equal records are equal bytes. A file counts only once it
 * is finished: one whose writing was cut short has no end, and no reader accepts it.
 *
 * <pre>{@code
 * try (RecordWriter writer = RecordWriter.to(out)) {
 *   records.forEach(writer::write);
 *   writer.finish();
 * }
 * }</pre>
 *
 * <p>Security: a file holds digests of secrets and hashes of passwords; keep it as you keep the
 * database. What {@code out} throws comes as an {@link UncheckedIOException}. Not thread-safe.
 */
public final class RecordWriter implements AutoCloseable {
  private static final String BEGINNING =
      "{\"format\":\"" + Header.FORMAT + "\",\"version\":" + Header.VERSION + ",\"records\":[";

  private final OutputStream out;
  private long written;
  private boolean finished;

  private RecordWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes to this stream, which closing the writer closes. Buffers one record. */
  public static RecordWriter to(OutputStream out) {
    return new RecordWriter(requireNonNull(out, "out"));
  }

  /** Writes a record. */
  public void write(StoreRecord record) {
    requireNonNull(record, "record");
    if (finished) {
      throw new IllegalStateException("the file is finished");
    }
    Out json = new Out();
    Kind.write(record, json);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes((written == 0 ? BEGINNING + "\n" : ",\n").getBytes(UTF_8));
    line.writeBytes(json.finish().toByteArray());
    send(line);
    written++;
  }

  /** How many records were written. */
  public long written() {
    return written;
  }

  /** Writes the end of the file; nothing can be written after it. */
  public void finish() {
    if (finished) {
      throw new IllegalStateException("the file is finished");
    }
    finished = true;
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.writeBytes(((written == 0 ? BEGINNING : "") + "\n]}\n").getBytes(UTF_8));
    send(end);
    try {
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void send(ByteArrayOutputStream bytes) {
    try {
      bytes.writeTo(out);
    } catch (IOException failure) {
      finished = true; // how much of it arrived is unknown: nothing may follow, and no end
      throw new UncheckedIOException(failure);
    }
  }

  /** Closes the stream, and finishes nothing: whoever comes here by an exception has no file. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
