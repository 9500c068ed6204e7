package io.thingward.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {
  private final KeyedDigest digest = new KeyedDigest(new Random(1));

  @Test
  void key_ofATextUnderOneSeed_isAlwaysTheSame() {
    assertThat(new KeyedDigest(new Random(1)).of("ann")).isEqualTo(digest.of("ann"));
    assertThat(digest.of("bea")).isNotEqualTo(digest.of("ann"));
  }

  @Test
  void key_withoutTheSeed_cannotBeForetold() {
    assertThat(new KeyedDigest(new Random(2)).of("ann")).isNotEqualTo(digest.of("ann"));
  }

  @Test
  void key_ofTextsWithOneHashCode_differs() {
    Set<Key> keys = new HashSet<>();
    for (String text : List.of("AaAa", "AaBB", "BBAa", "BBBB")) {
      assertThat(text.hashCode()).isEqualTo("AaAa".hashCode());
      keys.add(digest.of(text));
    }
    assertThat(keys).hasSize(4);
  }
}
