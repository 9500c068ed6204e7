package io.thingward.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.throttle.ThrottlePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A throttle and its clock, which stands still unless moved. */
final class Bench {
  final AtomicLong clock;
  final Throttle throttle;

  Bench(ThrottlePolicy policy) {
    this(policy, 0);
  }

  Bench(ThrottlePolicy policy, long nanoTime) {
    clock = new AtomicLong(nanoTime);
    throttle = new Throttle(policy, clock::get, new Random(1));
  }

  void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  Admission admit(String account) {
    return throttle.admit(account, Optional.empty());
  }

  Admission admit(String account, String source) {
    return throttle.admit(account, Optional.of(source));
  }

  Admitted admitted(String account) {
    return admitted(admit(account));
  }

  Admitted admitted(String account, String source) {
    return admitted(admit(account, source));
  }

  private static Admitted admitted(Admission admission) {
    assertThat(admission).isInstanceOf(Admitted.class);
    return (Admitted) admission;
  }

  /** A wrong password; whether the hard stop is reached. */
  boolean fail(String account) {
    return admitted(account).failed();
  }

  boolean fail(String account, String source) {
    return admitted(account, source).failed();
  }

  void failTimes(int times, String account) {
    for (int i = 0; i < times; i++) {
      assertThat(fail(account)).isFalse();
    }
  }

  /** Fails so many times, waiting as long as there is a delay. */
  void failPatiently(int times, String account) {
    for (int i = 0; i < times; i++) {
      if (admit(account) instanceof Admitted attempt) {
        assertThat(attempt.failed()).isFalse();
      } else {
        pass(delay(admit(account)));
        assertThat(fail(account)).isFalse();
      }
    }
  }

  static Duration delay(Admission admission) {
    return admission instanceof Admission.Delayed delayed ? delayed.retryAfter() : Duration.ZERO;
  }

  Duration delay(String account) {
    Admission admission = admit(account);
    if (admission instanceof Admitted attempt) {
      attempt.withdrawn();
    }
    return delay(admission);
  }

  Duration delay(String account, String source) {
    Admission admission = admit(account, source);
    if (admission instanceof Admitted attempt) {
      attempt.withdrawn();
    }
    return delay(admission);
  }
}
