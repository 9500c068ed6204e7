package io.thingward.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Threads that meet at a record for which there is no cell yet. What has to hold holds in whichever
 * order they come. (The model checker of {@link CellLincheckTest} cannot follow into the map that
 * makes the cell.)
 */
class CellRacesTest {
  private static final int THREADS = 3;
  private static final int ROUNDS = 5_000;

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final CyclicBarrier start = new CyclicBarrier(THREADS);
  private final AtomicInteger stored = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicLong marks = new AtomicLong();
  private final Cells<Integer, Integer> cells =
      new Cells<>(
          new Time(InstantSource.fixed(Instant.EPOCH), () -> 0, Duration.ofDays(1)),
          marks,
          ROUNDS,
          value -> Optional.empty(),
          key -> {
            reads.incrementAndGet();
            return Optional.of(stored.get());
          },
          new Coverage(0),
          new Counters());

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private void meet(List<Runnable> steps) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (Runnable step : steps) {
      running.add(
          executor.submit(
              () -> {
                start.await(1, TimeUnit.MINUTES);
                step.run();
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get(1, TimeUnit.MINUTES);
    }
  }

  private void look(int key) {
    assertThat(cells.cell(key).get().value()).isPresent();
  }

  @Test
  @DisplayName("F7 a record that several threads miss at once is read once, however they meet")
  void missed_isReadOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int key = round;
      meet(List.of(() -> look(key), () -> look(key), () -> look(key)));
    }
    assertThat(reads).hasValue(ROUNDS);
  }

  @Test
  @DisplayName("F5 what comes along with another read is not kept if a change overtook it")
  void overtaken_isNotKept() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int key = round;
      meet(List.of(() -> look(key), () -> offer(key), () -> change(key)));
      assertThat(cells.cell(key).get().value()).contains(stored.get());
    }
  }

  private void change(int key) {
    stored.incrementAndGet();
    cells.mark(key);
  }

  private void offer(int key) {
    Moment began = new Moment(0, marks.get());
    Optional<Integer> found = Optional.of(stored.get());
    cells.cell(key).offer(found, began);
  }
}
