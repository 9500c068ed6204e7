package io.thingward.model;

import static io.thingward.model.Selectors.devices;
import static io.thingward.model.Selectors.fewTexts;
import static io.thingward.model.Selectors.hostileTexts;
import static io.thingward.model.Selectors.selectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceSelectorTest {
  private static final Tag PARIS = Tag.of("site", "paris");

  @Test
  void build_noTerm_isRefusedAndNamesTheAlternatives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSelector.builder().build())
        .withMessageContaining("DeviceScope.none()")
        .withMessageContaining("DeviceScope.all()");
    assertThatIllegalArgumentException().isThrownBy(DeviceSelector::anyOf);
  }

  @Test
  void build_asManyTermsAsTheLimit_isKept() {
    assertThat(withTerms(Limits.TERMS_PER_SELECTOR).size()).isEqualTo(50_000);
  }

  @Test
  void build_oneTermMore_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withTerms(Limits.TERMS_PER_SELECTOR + 1))
        .withMessage("50001 terms, the limit is 50000");
  }

  @Test
  void build_sameTermTwice_countsOnce() {
    DeviceSelector selector =
        DeviceSelector.builder()
            .id(DeviceId.of("t1"))
            .id(DeviceId.of("t1"))
            .tag(TagEntry.anyValue("floor"))
            .tag(TagEntry.anyValue("floor"))
            .build();

    assertThat(selector.size()).isEqualTo(2);
    assertThat(selector).isEqualTo(DeviceSelector.parse("t1, floor=*"));
  }

  @Test
  void parts_anyOrderOfAdding_areSorted() {
    DeviceSelector selector = DeviceSelector.parse("*=cold, b=*, t2, a=2, t1, a=1, a=*");

    assertThat(selector.ids()).containsExactly(DeviceId.of("t1"), DeviceId.of("t2"));
    assertThat(selector.tags())
        .containsExactly(
            TagEntry.of("a", "1"),
            TagEntry.of("a", "2"),
            TagEntry.anyValue("a"),
            TagEntry.anyValue("b"),
            TagEntry.anyKey("cold"));
  }

  @Test
  void parts_ofASelector_cannotBeChanged() {
    DeviceSelector selector = DeviceSelector.parse("t1, a=1");

    assertThat(selector.ids()).isUnmodifiable();
    assertThat(selector.tags()).isUnmodifiable();
  }

  @Test
  void build_builderUsedAgain_leavesTheFirstSelectorAsItWas() {
    DeviceSelector.Builder builder = DeviceSelector.builder().id(DeviceId.of("t1"));
    DeviceSelector first = builder.build();
    DeviceSelector second = builder.id(DeviceId.of("t2")).build();

    assertThat(first).hasToString("t1");
    assertThat(second).hasToString("t1, t2");
  }

  @Test
  void toBuilder_anySelector_buildsItAgain() {
    qt().forAll(selectors(hostileTexts())).check(s -> s.toBuilder().build().equals(s));
  }

  @Test
  void matches_idOrAnyEntry_isEnough() {
    DeviceSelector selector = DeviceSelector.parse("t1, site=paris, floor=*, *=cold");

    assertThat(selector.matches(DeviceId.of("t1"), List.of())).isTrue();
    assertThat(selector.matches(DeviceId.of("t9"), List.of(PARIS))).isTrue();
    assertThat(selector.matches(DeviceId.of("t9"), List.of(Tag.of("floor", "7")))).isTrue();
    assertThat(selector.matches(DeviceId.of("t9"), List.of(Tag.of("room", "cold")))).isTrue();
    assertThat(selector.matches(DeviceId.of("t9"), List.of(Tag.of("site", "lyon")))).isFalse();
    assertThat(selector.matches(DeviceId.of("t9"), List.of())).isFalse();
  }

  @Test
  void matches_halvesOnTwoTags_isNotEnough() {
    DeviceSelector selector = DeviceSelector.parse("site=paris");

    assertThat(
            selector.matches(
                DeviceId.of("t1"), List.of(Tag.of("site", "lyon"), Tag.of("room", "paris"))))
        .isFalse();
  }

  @Test
  void matches_severalValuesUnderOneKey_anyIsEnough() {
    DeviceSelector selector = DeviceSelector.parse("site=paris");

    assertThat(selector.matches(DeviceId.of("t1"), List.of(Tag.of("site", "lyon"), PARIS)))
        .isTrue();
  }

  @Test
  void matches_otherCaseOrSpelling_doesNot() {
    DeviceSelector selector = DeviceSelector.parse("t1, site=paris, \"t2 \"");

    assertThat(selector.matches(DeviceId.of("T1"), List.of(Tag.of("Site", "paris")))).isFalse();
    assertThat(selector.matches(DeviceId.of("t2"), List.of(Tag.of("site", "Paris")))).isFalse();
    assertThat(selector.matches(DeviceId.of("t1 "), List.of(Tag.of("site", "paris ")))).isFalse();
    assertThat(selector.matches(DeviceId.of("t2 "), List.of())).isTrue();
  }

  @Test
  void matches_anySelectorAndDevice_agreesWithTheDefinition() {
    qt().withExamples(5_000)
        .forAll(selectors(fewTexts()), devices(fewTexts()))
        .check((s, device) -> s.matches(device.id(), device.tags()) == naive(s, device));
  }

  /** The definition, read off the text of section 1 of the design: no sorting, no searching. */
  private static boolean naive(DeviceSelector selector, Selectors.Device device) {
    for (DeviceId id : selector.ids()) {
      if (id.value().equals(device.id().value())) {
        return true;
      }
    }
    for (TagEntry entry : selector.tags()) {
      for (Tag tag : device.tags()) {
        boolean key = entry.key().isEmpty() || entry.key().get().equals(tag.key());
        boolean value = entry.value().isEmpty() || entry.value().get().equals(tag.value());
        if (key && value) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void covers_sameOrWiderTerms_does() {
    DeviceSelector wide = DeviceSelector.parse("t1, t2, site=paris, floor=*, *=cold");

    assertThat(wide.covers(wide)).isTrue();
    assertThat(wide.covers(DeviceSelector.parse("t1"))).isTrue();
    assertThat(wide.covers(DeviceSelector.parse("site=paris"))).isTrue();
    assertThat(wide.covers(DeviceSelector.parse("floor=7, room=cold, site=cold"))).isTrue();
    assertThat(wide.covers(DeviceSelector.parse("floor=*"))).isTrue();
    assertThat(wide.covers(DeviceSelector.parse("*=cold"))).isTrue();
  }

  @Test
  void covers_anyTermBeyond_doesNot() {
    DeviceSelector wide = DeviceSelector.parse("t1, t2, site=paris, floor=*, *=cold");

    assertThat(wide.covers(DeviceSelector.parse("t1, t3"))).isFalse();
    assertThat(wide.covers(DeviceSelector.parse("t1, site=lyon"))).isFalse();
    assertThat(wide.covers(DeviceSelector.parse("site=*"))).isFalse();
    assertThat(wide.covers(DeviceSelector.parse("*=paris"))).isFalse();
    assertThat(wide.covers(DeviceSelector.parse("*=7"))).isFalse();
    assertThat(wide.covers(DeviceSelector.parse("cold=*"))).isFalse();
  }

  @Test
  void covers_whateverItSays_isSound() {
    qt().withExamples(20_000)
        .forAll(selectors(fewTexts()), selectors(fewTexts()), devices(fewTexts()))
        .check(
            (a, b, device) ->
                !a.covers(b)
                    || !b.matches(device.id(), device.tags())
                    || a.matches(device.id(), device.tags()));
  }

  @Test
  void covers_whateverItSays_isTermByTerm() {
    qt().withExamples(5_000)
        .forAll(selectors(fewTexts()), selectors(fewTexts()))
        .check(
            (a, b) ->
                a.covers(b)
                    == (a.ids().containsAll(b.ids())
                        && b.tags().stream()
                            .allMatch(entry -> a.tags().stream().anyMatch(x -> x.covers(entry)))));
  }

  private static DeviceSelector withTerms(int terms) {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    IntStream.range(0, terms - 1).forEach(i -> selector.id(DeviceId.of("t" + i)));
    return selector.tag(TagEntry.of("site", "paris")).build();
  }
}
