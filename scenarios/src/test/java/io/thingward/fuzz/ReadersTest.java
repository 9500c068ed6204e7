package io.thingward.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thingward.internal.token.TokenFormat;
import io.thingward.json.DeviceSetJson;
import io.thingward.json.RecordFormatException;
import io.thingward.json.RecordReader;
import io.thingward.json.RecordWriter;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.store.StoreRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;

/**
 * A reader knows one text for each value, or says why not in the one way that it documents: nothing
 * else is thrown, and what was read is written as a text that reads the same.
 */
class ReadersTest {
  @FuzzTest(maxDuration = "60s")
  @DisplayName("B27: a selector that is read is written in one way, which reads the same")
  void selector(byte[] data) {
    read(data, DeviceSelector::parse)
        .ifPresent(
            selector -> {
              String text = selector.toString();
              assertThat(DeviceSelector.parse(text)).isEqualTo(selector).hasToString(text);
            });
  }

  @FuzzTest(maxDuration = "60s")
  @DisplayName("A set of devices that is read is written in one way, in text and JSON")
  void deviceSet(byte[] data) {
    read(data, DeviceSet::parse)
        .ifPresent(
            set -> {
              String text = set.toString();
              assertThat(DeviceSet.parse(text)).isEqualTo(set).hasToString(text);
              assertThat(DeviceSetJson.read(DeviceSetJson.write(set))).isEqualTo(set);
            });
  }

  @FuzzTest(maxDuration = "60s")
  @DisplayName("B24: a set of devices in JSON is read as it was meant, or not at all")
  void deviceSetJson(byte[] data) {
    DeviceSet set;
    try {
      set = DeviceSetJson.read(new String(data, UTF_8));
    } catch (RecordFormatException flaw) {
      assertThat(flaw).hasMessageContaining("line ");
      return;
    }
    assertThat(DeviceSetJson.read(DeviceSetJson.write(set))).isEqualTo(set);
    assertThat(DeviceSet.parse(set.toString())).isEqualTo(set);
  }

  @FuzzTest(maxDuration = "60s")
  @DisplayName("B24: a file of records is read as it was meant, or not at all")
  void records(byte[] data) {
    List<StoreRecord> records;
    try {
      records = records(new ByteArrayInputStream(data));
    } catch (RecordFormatException flaw) {
      assertThat(flaw).hasMessageContaining("line ");
      return;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (RecordWriter writer = RecordWriter.to(file)) {
      records.forEach(writer::write);
      writer.finish();
    }
    assertThat(records(new ByteArrayInputStream(file.toByteArray()))).isEqualTo(records);
  }

  private static List<StoreRecord> records(ByteArrayInputStream file) {
    List<StoreRecord> records = new ArrayList<>();
    try (RecordReader reader = RecordReader.of(file)) {
      reader.forEachRemaining(records::add);
    }
    return records;
  }

  @FuzzTest(maxDuration = "60s")
  @DisplayName("B23: a token has one accepted spelling")
  void token(byte[] data) {
    char[] text = new String(data, ISO_8859_1).toCharArray();
    TokenFormat format = TokenFormat.of("tw");
    byte[] secret = new byte[TokenFormat.SECRET_LENGTH];
    format
        .read(text, secret)
        .ifPresent(
            claim ->
                assertThat(format.token(claim.kind(), claim.id(), secret).reveal())
                    .isEqualTo(text));
  }

  /* What is refused is refused as an IllegalArgumentException; anything else is a finding. */
  private static <T> Optional<T> read(byte[] data, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(new String(data, UTF_8)));
    } catch (IllegalArgumentException flaw) {
      assertThat(flaw.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
