package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class FiltersPageTest {
  @Test
  @DisplayName("every snippet of the page about lists is compiled: its lines stand in a row")
  void snippets_areCompiled() throws IOException {
    List<List<String>> snippets = Pages.fences("docs/filters.md", "java");

    assertThat(snippets).hasSize(6);
    // a builder may stand behind "return"
    Pages.assertInARow(
        "DeviceList.java", snippets, line -> line.strip().replaceFirst("^return ", ""));
  }
}
