package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class FiltersPageTest {
  @Test
  @DisplayName("every snippet of the page about lists is compiled: its lines stand in a row")
  void snippets_areCompiled() throws IOException {
    List<String> source = stripped(Pages.source("DeviceList.java"));

    assertThat(Pages.fences("docs/filters.md", "java"))
        .hasSize(6)
        .allSatisfy(
            snippet ->
                assertThat(Collections.indexOfSubList(source, stripped(snippet)))
                    .as("%s", snippet)
                    .isNotNegative());
  }

  private static List<String> stripped(List<String> lines) {
    // a builder may stand behind "return"
    return lines.stream().map(line -> line.strip().replaceFirst("^return ", "")).toList();
  }
}
