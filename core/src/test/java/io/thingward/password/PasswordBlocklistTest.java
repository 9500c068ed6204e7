package io.thingward.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordBlocklistTest {
  private final PasswordBlocklist bundled = PasswordBlocklist.bundled();

  @Test
  void bundled_ofFifteenAndMore_hasMoreThanThreeThousand_A06() throws IOException {
    assertThat(entries(BundledBlocklist.LONG))
        .hasSizeGreaterThan(12_000)
        .allSatisfy(entry -> assertThat(codePoints(entry)).isBetween(15, Password.CODE_POINTS))
        .allSatisfy(entry -> assertThat(bundled.contains(Password.of(entry))).isTrue());
  }

  @Test
  void bundled_ofEightToFourteen_hasMoreThanThreeThousand_A06() throws IOException {
    assertThat(entries(BundledBlocklist.SHORT))
        .hasSizeGreaterThan(5_000)
        .allSatisfy(entry -> assertThat(codePoints(entry)).isBetween(8, 14))
        .allSatisfy(entry -> assertThat(bundled.contains(Password.of(entry))).isTrue());
  }

  @Test
  void bundled_files_areSortedAndSmall() throws IOException {
    int bytes = 0;
    for (String file : List.of(BundledBlocklist.LONG, BundledBlocklist.SHORT)) {
      bytes += text(file).getBytes(StandardCharsets.UTF_8).length;
      List<String> entries = entries(file);
      assertThat(entries).containsExactlyElementsOf(new TreeSet<>(entries));
    }
    assertThat(bytes).isLessThan(300_000);
  }

  @Test
  void bundled_hasWhatTheRecipeMakes() throws IOException {
    Collection<String> entries = new TreeSet<>(entries(BundledBlocklist.LONG));
    NavigableSet<String> made = BlocklistRecipe.patterns();
    made.removeIf(entry -> codePoints(entry) < 15);
    made.addAll(BlocklistRecipe.padded(Stream.of("password", "123456", "iot", "letmein")));
    assertThat(entries).containsAll(made);
  }

  @Test
  void bundled_ignoresCaseAndNothingElse() {
    assertThat(bundled.contains(Password.of("QwertyUiopAsdfg"))).isTrue();
    assertThat(bundled.contains(Password.of(" qwertyuiopasdfg"))).isFalse();
    assertThat(bundled.contains(Password.of("qwertyuiopasdfg-"))).isFalse();
    assertThat(bundled.contains(Password.of("# common passwords of 8 to 14"))).isFalse();
    assertThat(bundled.contains(Password.of(""))).isFalse();
  }

  @Test
  void or_asksTheOtherOnlyAboutTheRest() {
    PasswordBlocklist host = password -> password.codePoints() == 16;
    PasswordBlocklist both = bundled.or(host);
    assertThat(both.contains(Password.of("qwertyuiopasdfg"))).isTrue();
    assertThat(both.contains(Password.of("violet-kettle-77"))).isTrue();
    assertThat(both.contains(Password.of("violet-kettle-7"))).isFalse();
    PasswordBlocklist failing =
        password -> {
          throw new IllegalStateException("not asked");
        };
    assertThat(bundled.or(failing).contains(Password.of("qwertyuiopasdfg"))).isTrue();
  }

  private static List<String> entries(String file) throws IOException {
    return text(file).lines().filter(line -> !line.startsWith("# ")).toList();
  }

  private static String text(String file) throws IOException {
    try (InputStream in = BundledBlocklist.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
