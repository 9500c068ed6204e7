package io.thingward.model;

import static io.thingward.model.Selectors.devices;
import static io.thingward.model.Selectors.fewTexts;
import static io.thingward.model.Selectors.hostileTexts;
import static io.thingward.model.Selectors.scopes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.core.Gen;

/** The text form of sets, and the visitor. */
class DeviceSetTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "everything                                 | everything",
        "nothing                                    | nothing",
        "all of [t1]                                | all of [t1]",
        "`all of [ t2,t1 ]`                         | `all of [t1, t2]`",
        "`all of [floor=*],[site=paris]`            | `all of [site=paris], [floor=*]`",
        "`all of  [floor=*] , [t1, site=paris] `    | `all of [t1, site=paris], [floor=*]`",
        "`all of [a, b], [a, c]`                    | `all of [a, b], [a, c]`",
        "`all of [a=1], [a=1, x], [a=1]`            | `all of [a=1]`",
        "`all of [\"a]\", \"], [\"], [*=\"]\"]`       | `all of [\"], [\", \"a]\"], [*=\"]\"]`",
        "`all of [everything], [nothing]`           | `all of [everything], [nothing]`",
        "`all of [[a], [b]`                         | `all of [[a], [b]`",
      })
  void toString_ofAnySpelling_isCanonical(String text, String canonical) {
    assertThat(DeviceSet.parse(text)).hasToString(canonical);
    assertThat(DeviceSet.parse(canonical)).isEqualTo(DeviceSet.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                    | a set is everything, nothing or all of [...], at index 0",
        "t1                    | a set is everything, nothing or all of [...], at index 0",
        "Everything            | a set is everything, nothing or all of [...], at index 0",
        "`nothing `            | a set is everything, nothing or all of [...], at index 0",
        "`all of `             | `a [ is wanted, at index 7`",
        "`all of t1`           | `a [ is wanted, at index 7`",
        "`all of []`           | `a term or a half of one is empty, at index 8`",
        "`all of [t1`          | `a ] is wanted, at index 10`",
        "`all of [t1],`        | `a [ is wanted, at index 12`",
        "`all of [t1] [t2]`    | `unexpected text, at index 12`",
        "`all of [t1]]`        | `unexpected text, at index 11`",
        "`all of [t1], [*]`    | `a lone * is no device id, at index 14`",
        "`all of [t1], [*=*]`  | `*=* is no tag entry: for all devices say DeviceScope.all(), in the term at index 14`",
      })
  void parse_wrongText_isNamedWithItsIndex(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSet.parse(text))
        .withMessage(message);
  }

  @Test
  void parse_tooManyTerms_isRefusedWithTheIndexOfTheSelector() {
    String tooMany =
        IntStream.rangeClosed(0, Limits.TERMS_PER_SELECTOR)
            .mapToObj(i -> "d" + i)
            .collect(Collectors.joining(",", "all of [a=1],[", "]"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSet.parse(tooMany))
        .withMessage("50001 terms, the limit is 50000, in the selector at index 13");
  }

  @Test
  @DisplayName("R29: a set has at most 100 selectors")
  void and_tooManySelectors_isRefused() {
    List<DeviceSelector> most =
        IntStream.range(0, Limits.SELECTORS_PER_SET)
            .mapToObj(i -> DeviceSelector.parse("d" + i))
            .toList();
    DeviceSet full = DeviceSet.allOf(most);

    assertThat(full.selectors()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full.and(DeviceSet.of(DeviceScope.anyOf("x"))))
        .withMessage("101 selectors in a set, the limit is 100");
  }

  @Test
  void allOf_noSelector_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DeviceSet.allOf(List.of()));
  }

  @Test
  void parse_printedSet_isThatSet() {
    qt().withExamples(5_000)
        .forAll(sets(hostileTexts().mix(hostileTexts().map(t -> t + "], [" + t))))
        .check(set -> DeviceSet.parse(set.toString()).equals(set));
  }

  @Test
  void toString_equalSets_printEqually() {
    qt().withExamples(5_000)
        .forAll(sets(fewTexts()), sets(fewTexts()))
        .check((a, b) -> a.equals(b) == a.toString().equals(b.toString()));
  }

  @Test
  void parse_anyText_isRefusedWithAnIndexOrPrintedAndReadAgain() {
    qt().withExamples(20_000)
        .forAll(hostileTexts().zip(hostileTexts(), (a, b) -> "all of [" + a + "],[" + b + "]"))
        .check(
            text -> {
              DeviceSet set;
              try {
                set = DeviceSet.parse(text);
              } catch (IllegalArgumentException e) {
                return e.getMessage().contains("at index ");
              }
              return DeviceSet.parse(set.toString()).equals(set);
            });
  }

  @Test
  @DisplayName("R25: what a visitor renders word for word agrees with the set on every device")
  void accept_renderedAsPredicate_agreesWithMatches() {
    qt().withExamples(10_000)
        .forAll(sets(fewTexts()), devices(fewTexts()))
        .check(
            (set, device) ->
                set.accept(new AsPredicate()).test(device)
                    == set.matches(device.id(), device.tags()));
  }

  /* What Javadoc says of each part, and no more. */
  private static final class AsPredicate implements DeviceSetVisitor<Predicate<Selectors.Device>> {
    @Override
    public Predicate<Selectors.Device> everything() {
      return device -> true;
    }

    @Override
    public Predicate<Selectors.Device> nothing() {
      return device -> false;
    }

    @Override
    public Predicate<Selectors.Device> anyOf(
        List<DeviceId> ids, List<Tag> tags, List<String> keys, List<String> values) {
      assertThat(ids.size() + tags.size() + keys.size() + values.size()).isPositive();
      List<List<? extends Comparable<?>>> sorted = List.of(ids, tags, keys, values);
      sorted.forEach(list -> assertThat(new ArrayList<Object>(list)).isSorted());
      return device ->
          ids.contains(device.id())
              || device.tags().stream()
                  .anyMatch(
                      tag ->
                          tags.contains(tag)
                              || keys.contains(tag.key())
                              || values.contains(tag.value()));
    }

    @Override
    public Predicate<Selectors.Device> allOf(List<Predicate<Selectors.Device>> selectors) {
      return selectors.stream().reduce(Predicate::and).orElseThrow();
    }
  }

  private static Gen<DeviceSet> sets(Gen<String> texts) {
    Gen<DeviceSet> one = scopes(texts).map(DeviceSet::of);
    return one.zip(one, DeviceSet::and);
  }
}
