package io.thingward.model;

import static io.thingward.model.Selectors.devices;
import static io.thingward.model.Selectors.fewTexts;
import static io.thingward.model.Selectors.scopes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import java.util.List;
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
