package io.thingward.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thingward.store.StoreRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Files in memory. */
final class Files {
  private Files() {}

  static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** A file with these records, each as JSON. */
  static String with(String... records) {
    return "{\"format\":\"thingward-records\",\"version\":1,\"records\":[\n"
        + String.join(",\n", records)
        + "\n]}\n";
  }

  static byte[] write(List<? extends StoreRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RecordWriter writer = RecordWriter.to(bytes)) {
      records.forEach(writer::write);
      writer.finish();
    }
    return bytes.toByteArray();
  }

  static List<StoreRecord> read(InputStream file) {
    List<StoreRecord> records = new ArrayList<>();
    try (RecordReader reader = RecordReader.of(file)) {
      reader.forEachRemaining(records::add);
    }
    return records;
  }

  static List<StoreRecord> read(byte[] file) {
    return read(new ByteArrayInputStream(file));
  }

  static List<StoreRecord> read(String file) {
    return read(of(file));
  }

  static InputStream resource(String name) {
    return Files.class.getResourceAsStream(name);
  }
}
