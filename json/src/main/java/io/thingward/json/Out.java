package io.thingward.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON value in memory, on one line. Not thread-safe. */
final class Out {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          // else a character of 4 bytes is written as two escapes, which nobody can read
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          // what was forgotten shows
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator generator;

  Out() {
    try {
      generator = FACTORY.createGenerator(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /* Nothing is written anywhere but into memory, so nothing fails for a reason of its own. */
  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void startObject() {
    run(generator::writeStartObject);
  }

  void endObject() {
    run(generator::writeEndObject);
  }

  void startArray() {
    run(generator::writeStartArray);
  }

  void endArray() {
    run(generator::writeEndArray);
  }

  void field(String name) {
    run(() -> generator.writeFieldName(name));
  }

  void text(String value) {
    run(() -> generator.writeString(value));
  }

  void number(long value) {
    run(() -> generator.writeNumber(value));
  }

  void flag(boolean value) {
    run(() -> generator.writeBoolean(value));
  }

  void nothing() {
    run(generator::writeNull);
  }

  /** The value, in UTF-8. */
  ByteArrayOutputStream finish() {
    run(generator::close);
    return bytes;
  }
}
