package io.thingward.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.testing.NullPointerTester;
import com.google.common.testing.NullPointerTester.Visibility;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.memory.MemoryStores;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
  private static final StoreRecord RECORD = Version1.records().get(0);

  @Test
  @DisplayName("A file that was not finished has no end, and no reader accepts it")
  void unfinishedFile_isNoFile() {
    for (int count = 0; count < 3; count++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (RecordWriter writer = RecordWriter.to(bytes)) {
        for (int i = 0; i < count; i++) {
          writer.write(Version1.records().get(i));
        }
        assertThat(writer.written()).isEqualTo(count);
      }
      assertThatExceptionOfType(RecordFormatException.class)
          .isThrownBy(() -> Files.read(bytes.toByteArray()));
    }
  }

  @Test
  @DisplayName("Nothing follows the end")
  void finishedFile_isFinished() {
    try (RecordWriter writer = RecordWriter.to(new ByteArrayOutputStream())) {
      writer.write(RECORD);
      writer.finish();
      assertThatIllegalStateException().isThrownBy(() -> writer.write(RECORD));
      assertThatIllegalStateException().isThrownBy(writer::finish);
    }
  }

  @Test
  @DisplayName("What is finished has arrived, though the stream buffers and stays open")
  void finishedFile_hasArrived() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RecordWriter writer = RecordWriter.to(new BufferedOutputStream(bytes, 100_000));
    writer.write(RECORD);
    writer.finish();
    assertThat(Files.read(bytes.toByteArray())).containsExactly(RECORD);
  }

  private static final class Disk extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean full;
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (full) {
        throw new IOException("disk full");
      }
      kept.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (full) {
        throw new IOException("disk full");
      }
    }

    @Override
    public void close() throws IOException {
      closed = true;
      if (full) {
        throw new IOException("disk full");
      }
    }
  }

  @Test
  @DisplayName("What the stream throws is passed on, and after it nothing is written")
  void fullDisk_isPassedOn() {
    Disk disk = new Disk();
    RecordWriter writer = RecordWriter.to(disk);
    writer.write(RECORD);
    disk.full = true;
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> writer.write(RECORD))
        .withMessageContaining("disk full");
    disk.full = false;
    assertThat(writer.written()).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(() -> writer.write(RECORD));
    assertThatIllegalStateException().isThrownBy(writer::finish);
    writer.close();
    assertThat(disk.closed).isTrue();
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> Files.read(disk.kept.toByteArray()));
  }

  @Test
  @DisplayName("An end that does not arrive is told, and so is a stream that does not close")
  void fullDisk_atTheEnd() {
    Disk disk = new Disk();
    RecordWriter writer = RecordWriter.to(disk);
    writer.write(RECORD);
    disk.full = true;
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(writer::finish);
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(writer::close);
  }

  @Test
  @DisplayName("No public type takes a null")
  void nulls_areRefused() {
    NullPointerTester tester =
        new NullPointerTester()
            .setDefault(Stores.class, new MemoryStores())
            .setDefault(InputStream.class, InputStream.nullInputStream())
            .setDefault(OutputStream.class, OutputStream.nullOutputStream());
    List.of(Fixtures.class, RecordReader.class, RecordWriter.class, StoreExport.class)
        .forEach(type -> tester.testStaticMethods(type, Visibility.PUBLIC));
    tester.testInstanceMethods(RecordWriter.to(OutputStream.nullOutputStream()), Visibility.PUBLIC);
  }
}
