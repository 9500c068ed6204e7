package io.thingward.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.TagEntry;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSetJsonTest {
  private static final List<String> TEXTS =
      List.of("a", "A", "\"", "\\", "null", "*", "]", "e\u0301", "\u00E9", "\uD83D\uDE00", "a ");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "everything              | `\"everything\"`",
        "nothing                 | `\"nothing\"`",
        "all of [t1]             | `{\"allOf\":[{\"ids\":[\"t1\"],\"tags\":[]}]}`",
        "`all of [a=*], [t1, a=1, *=2]` | `{\"allOf\":[{\"ids\":[\"t1\"],\"tags\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":null,\"value\":\"2\"}]},{\"ids\":[],\"tags\":[{\"key\":\"a\",\"value\":null}]}]}`",
      })
  @DisplayName("A set is written as docs/json.md says")
  void write_set_isAsDocumented(String set, String json) {
    assertThat(DeviceSetJson.write(DeviceSet.parse(set))).isEqualTo(json);
    assertThat(DeviceSetJson.read(json)).isEqualTo(DeviceSet.parse(set));
  }

  @Test
  @DisplayName("Any set reads back equal, and equal sets are equal texts")
  void anySet_readsBackEqual() {
    qt().withExamples(2_000)
        .forAll(longs().all())
        .checkAssert(
            seed -> {
              DeviceSet set = set(new Random(seed));
              String json = DeviceSetJson.write(set);
              assertThat(DeviceSetJson.read(json)).isEqualTo(set);
              assertThat(DeviceSetJson.write(DeviceSet.parse(set.toString()))).isEqualTo(json);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                       | a set is everything",
        "`{\"allOf\":`             | the file ends too early",
        "null                     | a set is everything",
        "true                     | a set is everything",
        "[]                       | a set is everything",
        "`\"\"`                   | a set is everything",
        "`\"Everything\"`         | a set is everything",
        "`\"everything\" 1`       | nothing follows",
        "{}                       | the field allOf is missing",
        "`{\"allOf\":[]}`         | at least one selector",
        "`{\"allOf\":null}`       | an array is wanted",
        "`{\"allOf\":[{}]}`       | the field ids is missing",
        "`{\"allOf\":[{\"ids\":[],\"tags\":[]}]}`       | a selector has at least one term",
        "`{\"allOf\":[{\"ids\":[\"a\",\"a\"],\"tags\":[]}]}` | a term is there twice",
        "`{\"allOf\":[{\"ids\":[\"\"],\"tags\":[]}]}`   | device id is empty",
        "`{\"allOf\":[{\"ids\":[],\"tags\":[{\"key\":null,\"value\":null}]}]}` | *=* is no tag entry",
        "`{\"allOf\":[{\"ids\":[],\"tags\":[{\"key\":\"a\"}]}]}` | the field value is missing",
      })
  @DisplayName("B24: whatever is not surely a set is an error that names its place")
  void read_wrong_isRefused(String json, String what) {
    String text = json == null ? "" : json;
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> DeviceSetJson.read(text))
        .withMessageContaining(what);
  }

  @Test
  @DisplayName("B24: half a pair of surrogates does not become the id of another device")
  void read_halfOfAPair_isRefused() {
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> DeviceSetJson.read("{\"allOf\":[{\"ids\":[\"\uD83D\"],\"tags\":[]}]}"))
        .withMessageContaining("half a pair of surrogates");
  }

  @Test
  @DisplayName("R29, B24: terms are counted while they are read, selectors too")
  void read_tooMany_isRefusedWhereItIs() {
    String equal = "{\"ids\":[\"t1\"],\"tags\":[]}";
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> DeviceSetJson.read(allOf(Collections.nCopies(101, equal))))
        .withMessageContaining("/allOf/100: there are at most 100 of these");

    String ids =
        IntStream.range(0, 50_000).mapToObj(i -> "\"d" + i + '"').collect(Collectors.joining(","));
    String large = "{\"tags\":[],\"ids\":[" + ids + "]}";
    assertThat(DeviceSetJson.read(allOf(List.of(large, large, large))).selectors()).hasSize(1);
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> DeviceSetJson.read(allOf(List.of(large, large, large, equal, "{}"))))
        .withMessageContaining("/allOf/3: a set has at most 150000 terms");
  }

  private static String allOf(List<String> selectors) {
    return "{\"allOf\":[" + String.join(",", selectors) + "]}";
  }

  private static DeviceSet set(Random random) {
    DeviceSet set = DeviceSet.everything();
    for (int selectors = random.nextInt(4); selectors > 0; selectors--) {
      DeviceSelector.Builder selector = DeviceSelector.builder();
      for (int terms = 1 + random.nextInt(4); terms > 0; terms--) {
        switch (random.nextInt(4)) {
          case 0 -> selector.id(DeviceId.of(text(random)));
          case 1 -> selector.tag(TagEntry.of(text(random), text(random)));
          case 2 -> selector.tag(TagEntry.anyValue(text(random)));
          default -> selector.tag(TagEntry.anyKey(text(random)));
        }
      }
      set = set.and(DeviceSet.allOf(List.of(selector.build())));
    }
    return set;
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
