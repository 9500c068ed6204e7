package io.thingward.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottlePolicyTest {
  private final ThrottlePolicy defaults = ThrottlePolicy.ofDefaults();

  @Test
  void defaults_areTheDocumentedOnes_A29() {
    assertThat(defaults)
        .isEqualTo(
            new ThrottlePolicy(
                5,
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                100,
                4,
                100,
                Duration.ofSeconds(10),
                100_000,
                100_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "4,0",
    "5,1",
    "6,2",
    "7,4",
    "8,8",
    "9,16",
    "10,32",
    "11,64",
    "12,128",
    "13,256",
    "14,512",
    "15,900",
    "16,900",
    "99,900",
    "2147483647,900"
  })
  void delay_doublesUpToTheMaximum_A29(int failures, long seconds) {
    assertThat(defaults.delayAfter(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void delay_ofAnyLength_neverOverflows_B25() {
    for (long nanos = 1_000_000; nanos <= 86_400_000_000_000L; nanos *= 3) {
      ThrottlePolicy policy =
          defaults.toBuilder()
              .failuresBeforeDelay(1)
              .firstDelay(Duration.ofNanos(nanos))
              .maximumDelay(Duration.ofHours(24))
              .build();
      Duration before = policy.delayAfter(1);
      assertThat(before).isEqualTo(policy.firstDelay());
      for (int failures = 2; failures <= 200; failures++) {
        Duration delay = policy.delayAfter(failures);
        assertThat(delay)
            .isEqualTo(
                before.multipliedBy(2).compareTo(policy.maximumDelay()) < 0
                    ? before.multipliedBy(2)
                    : policy.maximumDelay());
        before = delay;
      }
    }
  }

  @Test
  void ranges_areClosedAndChecked_A52() {
    refused(b -> b.hardStop(9), "hardStop is 9, it must be 10 to 100");
    refused(b -> b.hardStop(101), "hardStop is 101, it must be 10 to 100");
    refused(b -> b.failuresBeforeDelay(0), "failuresBeforeDelay is 0, it must be 1 to 99");
    refused(b -> b.failuresBeforeDelay(100), "failuresBeforeDelay is 100, it must be 1 to 99");
    refused(b -> b.firstDelay(Duration.ZERO), "firstDelay is PT0S, it must be PT0.001S to PT24H");
    refused(
        b -> b.firstDelay(Duration.ofSeconds(-1)),
        "firstDelay is PT-1S, it must be PT0.001S to PT24H");
    refused(
        b -> b.firstDelay(Duration.ofSeconds(Long.MAX_VALUE)),
        "firstDelay is PT2562047788015215H30M7S, it must be PT0.001S to PT24H");
    refused(
        b -> b.maximumDelay(Duration.ofMillis(999)),
        "maximumDelay is PT0.999S, it must be PT1S to PT24H");
    refused(
        b -> b.maximumDelay(Duration.ofHours(25)),
        "maximumDelay is PT25H, it must be PT1S to PT24H");
    refused(b -> b.knownSources(-1), "knownSources is -1, it must be 0 to 16");
    refused(b -> b.knownSources(17), "knownSources is 17, it must be 0 to 16");
    refused(b -> b.sourceFailures(4), "sourceFailures is 4, it must be 5 to 100000");
    refused(b -> b.sourceFailures(100_001), "sourceFailures is 100001, it must be 5 to 100000");
    refused(
        b -> b.sourceInterval(Duration.ZERO),
        "sourceInterval is PT0S, it must be PT0.001S to PT1H");
    refused(
        b -> b.sourceInterval(Duration.ofHours(2)),
        "sourceInterval is PT2H, it must be PT0.001S to PT1H");
    refused(b -> b.trackedAccounts(999), "trackedAccounts is 999, it must be 1000 to 10000000");
    refused(
        b -> b.trackedAccounts(10_000_001),
        "trackedAccounts is 10000001, it must be 1000 to 10000000");
    refused(b -> b.trackedSources(999), "trackedSources is 999, it must be 1000 to 10000000");
    refused(
        b -> b.trackedSources(10_000_001),
        "trackedSources is 10000001, it must be 1000 to 10000000");
    assertThatNullPointerException()
        .isThrownBy(() -> defaults.toBuilder().firstDelay(null).build());
  }

  @Test
  void ranges_includeTheirEnds_A52() {
    ThrottlePolicy least =
        new ThrottlePolicy(
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            10,
            0,
            1,
            Duration.ofMillis(1),
            1_000,
            1_000);
    ThrottlePolicy most =
        new ThrottlePolicy(
            99,
            Duration.ofHours(24),
            Duration.ofHours(24),
            100,
            16,
            100_000,
            Duration.ofHours(1),
            10_000_000,
            10_000_000);
    assertThat(least.toBuilder().build()).isEqualTo(least);
    assertThat(most.toBuilder().build()).isEqualTo(most);
  }

  private static void refused(UnaryOperator<ThrottlePolicy.Builder> change, String message) {
    ThrottlePolicy.Builder builder = change.apply(ThrottlePolicy.builder());
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }
}
