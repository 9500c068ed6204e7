package io.thingward.model;

import static io.thingward.model.Selectors.devices;
import static io.thingward.model.Selectors.fewTexts;
import static io.thingward.model.Selectors.scopes;
import static io.thingward.model.Selectors.selectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

class DeviceSetTest {
  private static final DeviceSet PARIS = DeviceSet.of(DeviceScope.anyOf("site=paris"));
  private static final DeviceSet FLOOR = DeviceSet.of(DeviceScope.anyOf("floor=*"));
  private static final DeviceSet SECOND_FLOOR = DeviceSet.of(DeviceScope.anyOf("floor=2"));

  @Test
  void of_scope_isWhatItReaches() {
    assertThat(DeviceSet.of(DeviceScope.all())).isEqualTo(DeviceSet.everything());
    assertThat(DeviceSet.of(DeviceScope.none())).isEqualTo(DeviceSet.nothing());
    assertThat(PARIS.selectors()).containsExactly(DeviceSelector.parse("site=paris"));
  }

  @Test
  void forms_always_tellThemselvesApart() {
    assertThat(DeviceSet.everything().isEverything()).isTrue();
    assertThat(DeviceSet.everything().isNothing()).isFalse();
    assertThat(DeviceSet.everything().selectors()).isEmpty();
    assertThat(DeviceSet.nothing().isEverything()).isFalse();
    assertThat(DeviceSet.nothing().isNothing()).isTrue();
    assertThat(DeviceSet.nothing().selectors()).isEmpty();
    assertThat(PARIS.isEverything()).isFalse();
    assertThat(PARIS.isNothing()).isFalse();
  }

  @Test
  void toString_forms_sayWhatTheyAre() {
    assertThat(DeviceSet.everything()).hasToString("everything");
    assertThat(DeviceSet.nothing()).hasToString("nothing");
    assertThat(PARIS.and(FLOOR)).hasToString("all of [site=paris], [floor=*]");
  }

  @Test
  void and_everythingOrNothing_isTheOtherOrNothing() {
    assertThat(DeviceSet.everything().and(PARIS)).isEqualTo(PARIS);
    assertThat(PARIS.and(DeviceSet.everything())).isEqualTo(PARIS);
    assertThat(DeviceSet.nothing().and(PARIS)).isEqualTo(DeviceSet.nothing());
    assertThat(PARIS.and(DeviceSet.nothing())).isEqualTo(DeviceSet.nothing());
    assertThat(DeviceSet.everything().and(DeviceSet.nothing())).isEqualTo(DeviceSet.nothing());
    assertThat(DeviceSet.nothing().and(DeviceSet.everything())).isEqualTo(DeviceSet.nothing());
  }

  @Test
  void and_selectorThatReachesAllOfAnother_dropsIt() {
    assertThat(FLOOR.and(SECOND_FLOOR)).isEqualTo(SECOND_FLOOR);
    assertThat(SECOND_FLOOR.and(FLOOR)).isEqualTo(SECOND_FLOOR);
    assertThat(PARIS.and(FLOOR).and(SECOND_FLOOR).selectors()).hasSize(2);
    assertThat(PARIS.and(PARIS)).isEqualTo(PARIS);
  }

  @Test
  void and_eitherWayRound_isEqual() {
    assertThat(PARIS.and(FLOOR)).isEqualTo(FLOOR.and(PARIS)).hasSameHashCodeAs(FLOOR.and(PARIS));
    assertThat(PARIS.and(FLOOR)).isNotEqualTo(PARIS).isNotEqualTo(PARIS.and(SECOND_FLOOR));
  }

  @Test
  @DisplayName(
      "What stays of selectors: each covers none that stays, and one that stays is covered")
  void allOf_anySelectors_leavesTheNarrowest() {
    qt().withExamples(10_000)
        .forAll(lists().of(selectors(fewTexts())).ofSizeBetween(1, 5))
        .checkAssert(
            given -> {
              List<DeviceSelector> stay = DeviceSet.allOf(given).selectors();
              assertThat(given).containsAll(stay).allMatch(s -> stay.stream().anyMatch(s::covers));
              for (DeviceSelector one : stay) {
                assertThat(stay).filteredOn(one::covers).containsExactly(one);
              }
            });
  }

  @Test
  @DisplayName("The order in which selectors are given makes no difference")
  void allOf_anyOrder_isEqual() {
    DeviceSelector one = DeviceSelector.parse("a=*");
    DeviceSelector same = DeviceSelector.parse("a=*, a=1");

    assertThat(DeviceSet.allOf(List.of(one, same))).isEqualTo(DeviceSet.allOf(List.of(same, one)));
    qt().withExamples(10_000)
        .forAll(lists().of(selectors(fewTexts())).ofSizeBetween(1, 5))
        .check(
            given -> {
              List<DeviceSelector> reversed = new ArrayList<>(given);
              Collections.reverse(reversed);
              return DeviceSet.allOf(given).equals(DeviceSet.allOf(reversed));
            });
  }

  @Test
  @DisplayName("R29: the largest selectors fit, of rights, of a restriction and of the host's own")
  void allOf_largestSelectors_fitAndNoTermMore() {
    List<DeviceSelector> largest =
        List.of(ids("a", 0, 50_000), ids("b", 0, 50_000), ids("c", 0, 50_000));
    DeviceSet full = DeviceSet.allOf(largest);

    assertThat(full.selectors()).containsExactlyElementsOf(largest);
    assertThat(DeviceSet.parse(full.toString()).and(full)).isEqualTo(full);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full.and(PARIS))
        .withMessage("150001 terms in a set, the limit is 150000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSet.parse(full + ", [site=paris]"))
        .withMessageStartingWith("a set has at most 150000 terms, at index ");
  }

  @Test
  @DisplayName("B24: a hundred selectors that differ in one term of 1,400 are taken, and all stay")
  void allOf_hugeAndAlike_allStay() {
    List<DeviceSelector> alike =
        IntStream.range(0, Limits.SELECTORS_PER_SET)
            .mapToObj(
                i ->
                    ids("x".repeat(240), 0, 1_400 + i).toBuilder()
                        .addAll(ids("y" + i, 0, 1))
                        .build())
            .toList();

    assertThat(DeviceSet.allOf(alike).selectors()).hasSize(100);
  }

  @Test
  @DisplayName("R29: selectors are counted before one is dropped")
  void allOf_tooManyEqualSelectors_isRefused() {
    List<DeviceSelector> equal = Collections.nCopies(101, DeviceSelector.parse("t1"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSet.allOf(equal))
        .withMessage("101 selectors in a set, the limit is 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSet.parse("all of [t1]" + ",[t1]".repeat(100)))
        .withMessage("a set has at most 100 selectors, at index 507");
  }

  private static DeviceSelector ids(String prefix, int from, int to) {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    IntStream.range(from, to).forEach(i -> selector.id(DeviceId.of(prefix + i)));
    return selector.build();
  }

  @Test
  void matches_anyIntersection_isBoth() {
    qt().withExamples(10_000)
        .forAll(sets(), sets(), devices(fewTexts()))
        .check(
            (a, b, device) ->
                a.and(b).matches(device.id(), device.tags())
                    == (a.matches(device.id(), device.tags())
                        && b.matches(device.id(), device.tags())));
  }

  @Test
  void matches_scope_agreesWithItsSelector() {
    assertThat(PARIS.matches(DeviceId.of("t1"), List.of(Tag.of("site", "paris")))).isTrue();
    assertThat(PARIS.matches(DeviceId.of("t1"), List.of())).isFalse();
    assertThat(DeviceSet.everything().matches(DeviceId.of("t1"), List.of())).isTrue();
    assertThat(DeviceSet.nothing().matches(DeviceId.of("t1"), List.of())).isFalse();
  }

  private static Gen<DeviceSet> sets() {
    Gen<DeviceSet> one = scopes(fewTexts()).map(DeviceSet::of);
    return one.zip(one, DeviceSet::and);
  }
}
