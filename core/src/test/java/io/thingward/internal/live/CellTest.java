package io.thingward.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CellTest {
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  private final AtomicInteger reads = new AtomicInteger();

  /* The clock is asked between the look at the cell and the load. */
  private long nanos() {
    meanwhile.getAndSet(() -> {}).run();
    return 0;
  }

  private final Cells<String, String> cells =
      new Cells<>(
          new Time(InstantSource.fixed(Instant.EPOCH), this::nanos, Duration.ofSeconds(1)),
          new AtomicLong(),
          10,
          value -> Optional.empty(),
          key -> Optional.of(key + reads.incrementAndGet()),
          new Coverage(0),
          new Counters());

  @Test
  @DisplayName("F4: who found nothing takes what was loaded since, and does not read it again")
  void get_whileAnotherLoads_readsOnce() {
    Cell<String, String> cell = cells.cell("a");
    meanwhile.set(() -> assertThat(cell.get().value()).contains("a1"));

    assertThat(cell.get().value()).contains("a1");
    assertThat(reads).hasValue(1);
  }

  @Test
  @DisplayName("F5: a cell that marks cannot find yet keeps nothing, and nothing read before then")
  void newCell_keepsNothingReadBefore() {
    Cell<String, String> fresh = new Cell<>(cells, "a");
    Moment before = new Moment(0, 0);

    fresh.offer(Optional.of("old"), before);
    assertThat(fresh.current()).isNull();
    cells.mark("a"); // finds no cell
    fresh.open();
    fresh.offer(Optional.of("old"), before);
    assertThat(fresh.current()).isNull();

    fresh.offer(Optional.of("new"), new Moment(0, 1));
    assertThat(fresh.get().value()).contains("new");
  }
}
