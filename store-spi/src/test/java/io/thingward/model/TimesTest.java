package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private static final SecretDigest DIGEST = new SecretDigest(1, 2, 3, 4, Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2038-01-19T03:14:08.001Z",
        "9999-12-31T23:59:59.999Z",
      })
  void check_millisecondThatEveryDatabaseKeeps_isReturned(String time) {
    assertThat(Times.check(Instant.parse(time))).isEqualTo(time);
  }

  @ParameterizedTest
  @DisplayName("S4: no record has an instant that a store could round or not hold")
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.999Z",
        "2026-01-01T00:00:00.000000001Z",
        "2026-01-01T00:00:00.9995Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z",
      })
  void check_instantThatAStoreMightChange_isRefused(String time) {
    Instant instant = Instant.parse(time);

    assertThatIllegalArgumentException().isThrownBy(() -> Times.check(instant));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoredSecret(DIGEST, Optional.of(instant)));
  }
}
