package io.thingward.model;

import static io.thingward.model.Selectors.hostileTexts;
import static io.thingward.model.Selectors.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagTest {
  @Test
  void of_longestHalves_areKept() {
    String longest = "x".repeat(Limits.TAG_LENGTH);

    assertThat(Tag.of(longest, longest)).isEqualTo(new Tag(longest, longest));
  }

  @Test
  void of_longerHalf_isRefused() {
    String tooLong = "x".repeat(Limits.TAG_LENGTH + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.of(tooLong, "paris"))
        .withMessage("tag key has 256 characters, the limit is 255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.of("site", tooLong))
        .withMessage("tag value has 256 characters, the limit is 255");
  }

  @Test
  void of_emptyHalf_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.of("", "paris"))
        .withMessage("tag key is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.of("site", ""))
        .withMessage("tag value is empty");
  }

  @Test
  void compareTo_tags_ordersByKeyThenValue() {
    assertThat(Tag.of("a", "z"))
        .isEqualByComparingTo(Tag.of("a", "z"))
        .isLessThan(Tag.of("b", "a"))
        .isGreaterThan(Tag.of("a", "b"));
  }

  @Test
  void toString_anyTag_isTheTermThatAdmitsIt() {
    qt().forAll(tags(hostileTexts()))
        .check(
            tag -> DeviceSelector.parse(tag.toString()).matches(DeviceId.of("t1"), List.of(tag)));
  }

  @Test
  void toString_ofAStar_isQuotedSoThatItIsNoWildcard() {
    assertThat(Tag.of("site", "*")).hasToString("site=\"*\"");
  }
}
