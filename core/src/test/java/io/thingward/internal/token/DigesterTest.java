package io.thingward.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.credential.Pepper;
import io.thingward.model.SecretDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DigesterTest {
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.US_ASCII);

  private static Pepper pepper(String id, String key) {
    return Pepper.copyOf(id, key.repeat(32).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  @DisplayName("The first pepper makes digests; whichever made one, only the same one verifies it")
  void digest_isVerifiedByItsOwnPepper() {
    try (Digester plain = new Digester(List.of());
        Digester old = new Digester(List.of(pepper("2025", "a")));
        Digester both = new Digester(List.of(pepper("2026", "b"), pepper("2025", "a")));
        Digester other = new Digester(List.of(pepper("2025", "c")))) {
      SecretDigest before = old.digest(SECRET);
      SecretDigest after = both.digest(SECRET);
      assertThat(before.pepper()).contains("2025");
      assertThat(after.pepper()).contains("2026");
      assertThat(both.matches(SECRET, before)).isTrue();
      assertThat(both.matches(SECRET, after)).isTrue();
      assertThat(both.matches(SECRET, plain.digest(SECRET))).isTrue();
      assertThat(old.matches(SECRET, after)).as("unknown pepper").isFalse();
      assertThat(other.matches(SECRET, before)).as("other key of the same name").isFalse();
      assertThat(plain.matches(SECRET, before)).isFalse();
    }
  }

  @Test
  @DisplayName("Peppers are wiped on close: what they made is not verified any more")
  void close_wipesPeppers() {
    Digester digester = new Digester(List.of(pepper("2026", "a"), pepper("2025", "b")));
    SecretDigest fresh = digester.digest(SECRET);
    SecretDigest old;
    try (Digester before = new Digester(List.of(pepper("2025", "b")))) {
      old = before.digest(SECRET);
    }
    assertThat(digester.matches(SECRET, fresh)).isTrue();
    assertThat(digester.matches(SECRET, old)).isTrue();
    digester.close();
    assertThat(digester.matches(SECRET, fresh)).isFalse();
    assertThat(digester.matches(SECRET, old)).isFalse();
  }

  @Test
  void peppers_ofOneName_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Digester(List.of(pepper("2026", "a"), pepper("2026", "b"))))
        .withMessageContaining("2026");
  }
}
