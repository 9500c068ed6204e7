package io.thingward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/scenarios.md} and the scenarios say the same. */
class ScenarioTableTest {
  private static final Map<String, Class<?>> CLASSES =
      Stream.of(LosantScenarios.class, DatacakeScenarios.class, IotOpenScenarios.class)
          .collect(Collectors.toMap(Class::getSimpleName, type -> type));

  private static final List<Integer> NUMBERS =
      List.of(
          1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27, 29,
          32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 45, 46, 47, 49, 51, 52, 53, 56, 57, 59,
          60, 61, 62, 63, 64, 65, 67, 68, 69, 71, 73, 74, 75, 77, 80);

  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\[([LDI])\\] \\|.*\\| (.+) \\|");
  private static final Pattern NAME = Pattern.compile("`(\\w+Scenarios)\\.(\\w+)`");

  private String document;

  @BeforeEach
  void read() throws IOException {
    document = Files.readString(Path.of("..", "docs", "scenarios.md"));
  }

  /* The last column of each numbered row, by platform and number. */
  private Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    document
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> assertThat(rows.put(row.group(2) + row.group(1), row.group(3))).isNull());
    return rows;
  }

  private static Stream<MatchResult> names(String text) {
    return NAME.matcher(text).results();
  }

  private static Method test(MatchResult name) {
    List<Method> found =
        Arrays.stream(CLASSES.get(name.group(1)).getDeclaredMethods())
            .filter(method -> method.getName().equals(name.group(2)))
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertThat(found).as(name.group()).hasSize(1);
    return found.get(0);
  }

  @Test
  @DisplayName("Every scenario has a line, which names a test, what comes later or a deviation")
  void everyNumber_hasALine() {
    Map<String, String> rows = rows();
    assertThat(rows.keySet().stream().map(key -> Integer.valueOf(key.substring(1))))
        .containsExactlyElementsOf(NUMBERS);
    assertThat(rows)
        .allSatisfy(
            (number, proof) ->
                assertThat(
                        names(proof).findAny().isPresent()
                            || proof.startsWith("later: ")
                            || proof.startsWith("deviation: see design-decisions"))
                    .as(number)
                    .isTrue());
  }

  @Test
  @DisplayName("Every test that the document names exists")
  void everyName_exists() {
    assertThat(names(document).map(ScenarioTableTest::test)).hasSizeGreaterThan(40);
  }

  @Test
  @DisplayName("A test that proves a line carries its number, and its number has a line")
  void numbers_agree() {
    Map<String, String> rows = rows();
    rows.forEach(
        (number, proof) -> {
          if (!proof.startsWith("later: ")) {
            assertThat(names(proof).map(ScenarioTableTest::test))
                .allSatisfy(test -> assertThat(numbersOf(test)).contains(number));
          }
        });
    assertThat(rows.keySet())
        .containsAll(
            CLASSES.values().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .flatMap(method -> numbersOf(method).stream())
                .toList());
  }

  /* The numbers with which the name of a test starts: "L5 L6 one tag ...". */
  private static Set<String> numbersOf(Method method) {
    Set<String> numbers = new TreeSet<>();
    DisplayName name = method.getAnnotation(DisplayName.class);
    if (name != null) {
      for (String word : name.value().split(" ", -1)) {
        if (!word.matches("[LDI]\\d+")) {
          break;
        }
        numbers.add(word);
      }
    }
    return numbers;
  }
}
