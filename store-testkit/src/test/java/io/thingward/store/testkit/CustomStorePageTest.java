package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page that shows how to write a store, and the example that it shows. */
class CustomStorePageTest {
  private static final Path PAGE = Path.of("..", "docs", "custom-store.md");
  private static final Path EXAMPLE = Path.of("src", "test", "java", "example");
  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern CONTRACT = Pattern.compile("\\| `(\\w+Contract)` \\|");

  @Test
  @DisplayName("every snippet of the page is compiled: its lines stand in a row in the example")
  void snippets_areCompiled() throws IOException {
    List<List<String>> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.toList()) {
        sources.add(stripped(Files.readString(file)));
      }
    }
    List<String> snippets =
        SNIPPET.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();

    assertThat(snippets)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            snippet ->
                assertThat(sources)
                    .as(snippet)
                    .anyMatch(
                        source -> Collections.indexOfSubList(source, stripped(snippet)) >= 0));
  }

  @Test
  @DisplayName("the page names every class of the kit that is not for one aggregate")
  void contracts_areNamed() throws IOException {
    List<String> named =
        CONTRACT.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    List<String> all;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/thingward/store/testkit"))) {
      all =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("Contract") && !name.endsWith("StoreContract"))
              .toList();
    }
    assertThat(named).containsExactlyInAnyOrderElementsOf(all);
  }

  private static List<String> stripped(String text) {
    return text.lines().map(String::strip).toList();
  }
}
