package io.thingward.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntropyTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Instant now = NOON;

  @Test
  @DisplayName("an id begins with the milliseconds of the clock")
  void id_beginsWithTheTime() {
    Entropy entropy = new Entropy(new SecureRandom(), () -> now);
    assertThat(entropy.credentialId().high() >>> 16).isEqualTo(NOON.toEpochMilli());
    now = NOON.plusMillis(1);
    assertThat(entropy.credentialId().high() >>> 16).isEqualTo(NOON.toEpochMilli() + 1);
  }

  @Test
  @DisplayName("ids grow, while the clock stands still and when it goes back")
  void ids_grow() {
    Entropy entropy = new Entropy(new SecureRandom(), () -> now);
    List<CredentialId> ids = new ArrayList<>();
    for (Instant time : List.of(NOON, NOON, NOON.minusSeconds(3600), NOON, NOON.plusMillis(1))) {
      now = time;
      for (int i = 0; i < 50; i++) {
        ids.add(entropy.credentialId());
      }
    }
    assertThat(ids).doesNotHaveDuplicates().isSorted();
  }

  @Test
  @DisplayName("a step past the last 64 bits is carried")
  void step_isCarried() {
    Entropy entropy = new Entropy(new Constant(-1), () -> now);
    CredentialId first = entropy.credentialId();
    CredentialId second = entropy.credentialId();
    assertThat(first.low()).isEqualTo(-1);
    assertThat(second).isEqualTo(new CredentialId(first.high() + 1, 0xFFFF_FFFFL));
  }

  /* A source that always draws the same. */
  private static final class Constant extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final int drawn;

    Constant(int drawn) {
      this.drawn = drawn;
    }

    @Override
    public int nextInt() {
      return drawn;
    }

    @Override
    public long nextLong() {
      return drawn;
    }
  }
}
