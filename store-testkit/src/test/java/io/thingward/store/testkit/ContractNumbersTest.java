package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import example.Engine;
import example.NaiveStores;
import io.thingward.store.Stores;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The sentences of the contract and its tests are the same list. */
class ContractNumbersTest {
  private static final Path SPI = Path.of("..", "store-spi", "src/main/java/io/thingward/store");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*.*?\\*/");
  private static final Pattern SENTENCE = Pattern.compile("\\bS(\\d+) (?=[A-Z])");
  private static final Pattern TEST = Pattern.compile("S(\\d+): \\S.*");

  @Test
  @DisplayName("every sentence has a number of its own, without a gap")
  void sentences_areNumbered() throws IOException {
    List<Integer> numbers = sentences();
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    String last = "S1 to S" + numbers.size() + ",";
    assertThat(
            Files.readString(
                Path.of("src/main/java/io/thingward/store/testkit", "package-info.java")))
        .contains(last);
    assertThat(Files.readString(Path.of("..", "docs", "custom-store.md"))).contains(last);
  }

  @Test
  @DisplayName("every sentence has a test, every test a sentence, and the example passes them all")
  void sentencesAndTests_areTheSame() throws IOException {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter").selectors(selectPackage("example")).execute();

    results.allEvents().assertStatistics(events -> events.skipped(0).aborted(0).failed(0));
    List<String> names =
        results.testEvents().finished().stream()
            .map(Event::getTestDescriptor)
            .map(test -> test.getDisplayName())
            .toList();
    assertThat(names).hasSizeGreaterThan(400).allMatch(name -> TEST.matcher(name).matches());
    Set<Integer> tested =
        names.stream().map(ContractNumbersTest::number).collect(Collectors.toSet());
    assertThat(tested).isEqualTo(new TreeSet<>(sentences()));
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(1, name.indexOf(':')));
  }

  /** The numbers in the documentation of the stores. */
  static List<Integer> sentences() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(SPI)) {
      for (Path file : files.toList()) {
        for (String comment : comments(Files.readString(file))) {
          SENTENCE
              .matcher(comment)
              .results()
              .map(found -> Integer.parseInt(found.group(1)))
              .forEach(numbers::add);
        }
      }
    }
    return numbers;
  }

  /* The comments of a source, each on one line. */
  private static List<String> comments(String source) {
    return COMMENT
        .matcher(source)
        .results()
        .map(MatchResult::group)
        .map(comment -> comment.replaceAll("\\s*\\n\\s*\\*\\s*", " "))
        .toList();
  }

  @Test
  @DisplayName("one call of each method of each store is tried where it is said of every method")
  void calls_haveEveryMethod() {
    Stores stores = new NaiveStores(new Engine());
    for (Part<?> part : Part.of(stores)) {
      Set<String> methods =
          Arrays.stream(part.type().getMethods())
              .filter(method -> !method.isDefault()) // what a store may have, and need not
              .map(Method::getName)
              .map(method -> part.type().getSimpleName() + "." + method)
              .collect(Collectors.toSet());
      assertThat(called(part, stores)).isEqualTo(methods);
    }
  }

  private static <T> Set<String> called(Part<T> part, Stores stores) {
    return part.calls().apply(part.from(stores)).keySet().stream()
        .map(name -> name.replaceFirst(",.*", ""))
        .collect(Collectors.toSet());
  }
}
