package io.thingward.model;

import static io.thingward.model.Selectors.entries;
import static io.thingward.model.Selectors.fewTexts;
import static io.thingward.model.Selectors.hostileTexts;
import static io.thingward.model.Selectors.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagEntryTest {
  private static final Tag PARIS = Tag.of("site", "paris");

  @Test
  void new_anyKeyAndAnyValue_isRefusedAndNamesTheAlternative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TagEntry(Optional.empty(), Optional.empty()))
        .withMessageContaining("DeviceScope.all()");
  }

  @Test
  void new_longestHalves_areKept() {
    String longest = "x".repeat(Limits.TAG_LENGTH);

    assertThat(TagEntry.of(longest, longest).key()).contains(longest);
    assertThat(TagEntry.anyValue(longest).value()).isEmpty();
    assertThat(TagEntry.anyKey(longest).key()).isEmpty();
  }

  @Test
  void new_longerHalf_isRefused() {
    String tooLong = "x".repeat(Limits.TAG_LENGTH + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagEntry.anyValue(tooLong))
        .withMessage("tag key has 256 characters, the limit is 255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagEntry.anyKey(tooLong))
        .withMessage("tag value has 256 characters, the limit is 255");
  }

  @Test
  void new_emptyHalf_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TagEntry.of("", "paris"));
    assertThatIllegalArgumentException().isThrownBy(() -> TagEntry.of("site", ""));
  }

  @Test
  void matches_eachForm_looksAtItsHalves() {
    assertThat(TagEntry.of("site", "paris").matches(PARIS)).isTrue();
    assertThat(TagEntry.anyValue("site").matches(PARIS)).isTrue();
    assertThat(TagEntry.anyKey("paris").matches(PARIS)).isTrue();

    assertThat(TagEntry.of("site", "lyon").matches(PARIS)).isFalse();
    assertThat(TagEntry.of("room", "paris").matches(PARIS)).isFalse();
    assertThat(TagEntry.anyValue("paris").matches(PARIS)).isFalse();
    assertThat(TagEntry.anyKey("site").matches(PARIS)).isFalse();
  }

  @Test
  void covers_whateverItSays_isExact() {
    qt().withExamples(5_000)
        .forAll(entries(fewTexts()), entries(fewTexts()), tags(fewTexts()))
        .check((a, b, tag) -> !a.covers(b) || !b.matches(tag) || a.matches(tag));
    qt().withExamples(5_000)
        .forAll(entries(fewTexts()), entries(fewTexts()))
        .check((a, b) -> a.covers(b) == (a.equals(b) || isWider(a, b)));
  }

  private static boolean isWider(TagEntry a, TagEntry b) {
    return (a.value().isEmpty() && b.key().equals(a.key()))
        || (a.key().isEmpty() && b.value().equals(a.value()));
  }

  @Test
  void compareTo_forms_ordersFullThenAnyValueThenAnyKey() {
    assertThat(TagEntry.of("z", "z")).isLessThan(TagEntry.anyValue("a"));
    assertThat(TagEntry.anyValue("z")).isLessThan(TagEntry.anyKey("a"));
    assertThat(TagEntry.of("a", "z")).isLessThan(TagEntry.of("b", "a"));
    assertThat(TagEntry.of("a", "a")).isLessThan(TagEntry.of("a", "b"));
    assertThat(TagEntry.anyValue("a")).isLessThan(TagEntry.anyValue("b"));
    assertThat(TagEntry.anyKey("a")).isLessThan(TagEntry.anyKey("b"));
  }

  @Test
  void compareTo_anyTwo_isZeroExactlyWhereTheyAreEqual() {
    qt().forAll(entries(fewTexts()), entries(fewTexts()))
        .check((a, b) -> (a.compareTo(b) == 0) == a.equals(b));
  }

  @Test
  void toString_anyEntry_isItsTermInASelector() {
    qt().forAll(entries(hostileTexts()))
        .check(e -> DeviceSelector.parse(e.toString()).tags().equals(List.of(e)));
  }
}
