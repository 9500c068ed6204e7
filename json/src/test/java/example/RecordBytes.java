package example;

import io.thingward.json.RecordFormatException;
import io.thingward.json.RecordReader;
import io.thingward.json.RecordWriter;
import io.thingward.store.StoreRecord;
import io.thingward.store.UnreadableRecordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.NoSuchElementException;

/** Records as bytes, for an engine that keeps bytes: each is a file of one record. */
final class RecordBytes {
  private RecordBytes() {}

  static byte[] write(StoreRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RecordWriter file = RecordWriter.to(bytes)) {
      file.write(record);
      file.finish();
    }
    return bytes.toByteArray();
  }

  static <R extends StoreRecord> R read(String id, byte[] bytes, Class<R> type) {
    try (RecordReader file = RecordReader.of(new ByteArrayInputStream(bytes))) {
      StoreRecord record = file.next();
      if (type.isInstance(record) && !file.hasNext()) { // which looks for the end of the file
        return type.cast(record);
      }
      throw new UnreadableRecordException(id + " is not one " + type.getSimpleName());
    } catch (RecordFormatException | NoSuchElementException newer) {
      throw new UnreadableRecordException(id + " is not of a format known here", newer);
    }
  }
}
