package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VersionTest {
  private static final UUID CHANGE = new UUID(1, 2);

  @Test
  void new_sequenceFromOne_isKept() {
    assertThat(new Version(1, CHANGE).sequence()).isEqualTo(1);
    assertThat(new Version(Long.MAX_VALUE, CHANGE).sequence()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void new_sequenceBelowOne_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Version(0, CHANGE))
        .withMessage("a version's sequence starts at 1, not 0");
  }

  @Test
  @DisplayName("a version never matches another life of the same key")
  void equals_sameSequenceOfAnotherChange_isFalse() {
    assertThat(new Version(1, CHANGE)).isNotEqualTo(new Version(1, new UUID(1, 3)));
    assertThat(new Version(1, CHANGE)).isNotEqualTo(new Version(2, CHANGE));
  }
}
