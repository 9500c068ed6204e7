package io.thingward.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.Thingward;
import io.thingward.error.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A store that hangs holds up a bounded number of calls, and nobody else. */
class StoreCallsTest {
  private final StoreCalls calls = new StoreCalls(1, Duration.ZERO);
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() {
    release.countDown();
    executor.shutdownNow();
  }

  private Future<String> hang() throws InterruptedException {
    Future<String> hanging =
        executor.submit(
            () ->
                calls.ask(
                    "a store",
                    () -> {
                      entered.countDown();
                      await(release);
                      return "late";
                    }));
    await(entered);
    return hanging;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  @DisplayName("F4: so many calls at once and no more; who finds no room has asked nothing")
  void calls_areBounded() throws Exception {
    Future<String> hanging = hang();
    assertThat(calls.inFlight()).isEqualTo(1);

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> calls.ask("a store", () -> fail()));
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> calls.tell("a store", () -> fail()))
        .matches(refused -> !refused.isOutcomeUnknown());
    assertThat(calls.refused()).isEqualTo(2);

    release.countDown();
    assertThat(hanging.get(1, TimeUnit.MINUTES)).isEqualTo("late");
    assertThat(calls.ask("a store", () -> "at once")).isEqualTo("at once");
    assertThat(calls.inFlight()).isZero();
  }

  private static String fail() {
    throw new AssertionError("asked");
  }

  @Test
  @DisplayName("F4: a call that fails leaves its room to the next")
  void failedCall_leavesItsRoom() {
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(
              () ->
                  calls.ask(
                      "a store",
                      () -> {
                        throw new IllegalStateException("broken");
                      }));
    }
    assertThat(calls.refused()).isZero();
  }

  @Test
  @DisplayName("F4: an interrupted thread does not wait for room, and stays interrupted")
  void interrupted_doesNotWait() throws Exception {
    assertThat(hang()).isNotDone();
    StoreCalls patient = new StoreCalls(1, Duration.ofMinutes(1));
    Thread.currentThread().interrupt();
    try {
      assertThat(patient.ask("a store", () -> "room")).isEqualTo("room");
      assertThat(
              patient.ask(
                  "a store",
                  () -> {
                    assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> patient.ask("a store", () -> "no room"));
                    return "outer";
                  }))
          .isEqualTo("outer");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @DisplayName("F4: a store that hangs takes no call away from the others")
  void bounds_areApart() {
    CallBounds bounds = new CallBounds(1, Duration.ZERO);
    String answer =
        bounds
            .of(Aggregate.SESSIONS)
            .ask(
                "sessions",
                () -> {
                  assertThatExceptionOfType(UnavailableException.class)
                      .isThrownBy(
                          () -> bounds.of(Aggregate.SESSIONS).ask("sessions", () -> "more"));
                  assertThat(bounds.inFlight()).isEqualTo(1);
                  return bounds.of(Aggregate.KEYS).ask("keys", () -> "room");
                });
    assertThat(answer).isEqualTo("room");
    assertThat(bounds.refused()).isEqualTo(1);
    assertThat(bounds.inFlight()).isZero();
  }

  @Test
  @DisplayName("The calls at once are 1 to 10,000")
  void limit_hasARange() {
    for (int wrong : new int[] {0, 10_001}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Thingward.builder().storeCalls(wrong));
    }
    assertThat(Thingward.builder().storeCalls(1)).isNotNull();
    assertThat(Thingward.builder().storeCalls(10_000)).isNotNull();
  }
}
