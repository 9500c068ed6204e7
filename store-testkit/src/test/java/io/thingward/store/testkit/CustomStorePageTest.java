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
  private static final List<Path> EXAMPLES =
      List.of(
          Path.of("src", "test", "java", "example"),
          Path.of("..", "json", "src", "test", "java", "example"));
  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern EXTENDED = Pattern.compile(" extends (\\w+Contract)\\b");
  private static final Pattern CONTRACT = Pattern.compile("\\| `(\\w+Contract)` \\|");

  @Test
  @DisplayName("every snippet of the page is compiled: its lines stand in a row in the example")
  void snippets_areCompiled() throws IOException {
    List<List<String>> sources = new ArrayList<>();
    for (Path example : EXAMPLES) {
      try (Stream<Path> files = Files.list(example)) {
        for (Path file : files.toList()) {
          sources.add(stripped(Files.readString(file)));
        }
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
    List<String> all =
        contracts().stream().filter(name -> !name.endsWith("StoreContract")).toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @DisplayName("the example extends every class of the kit, so it shows all that is optional")
  void example_extendsEveryContract() throws IOException {
    List<String> extended = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES.get(0))) {
      for (Path file : files.toList()) {
        EXTENDED
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .forEach(extended::add);
      }
    }
    assertThat(extended).containsExactlyInAnyOrderElementsOf(contracts());
  }

  private static List<String> contracts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/thingward/store/testkit"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> name.endsWith("Contract"))
          .toList();
    }
  }

  private static List<String> stripped(String text) {
    return text.lines().map(String::strip).toList();
  }
}
