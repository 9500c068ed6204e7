package io.thingward.internal.live;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * B06: a record behind a cell, read and changed by several threads, is a register: once a change
 * has returned, nobody reads what was before it. (The naive cache that puts back what it loaded
 * fails this.)
 */
public class CellLincheckTest {

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(0)
        .addGuarantee(
            forClasses(name -> name.startsWith("com.github.benmanes.caffeine."))
                .allMethods()
                .ignore())
        .sequentialSpecification(Register.class);
  }

  @Test
  @DisplayName("B06 a cell with its readers and writers is a register, however they interleave")
  void cell_modelChecked() {
    options().check(Cached.class);
  }

  @Test
  @DisplayName("F2 what a feed vouches for is never older than its last poll, however they meet")
  void coveredCell_modelChecked() {
    options().check(Covered.class);
  }

  /** What is tested: a store with one record, its cell, and writes that mark it. */
  public static class Cached {
    private final AtomicReference<Integer> store = new AtomicReference<>(0);
    private final AtomicLong nanos = new AtomicLong();
    private final Cells<String, Integer> cells =
        new Cells<>(
            new Time(
                InstantSource.fixed(Instant.EPOCH), nanos::incrementAndGet, Duration.ofDays(1)),
            new AtomicLong(),
            10,
            value -> Optional.empty(),
            key -> Optional.of(store.get()),
            new Coverage(0),
            new Counters());
    private final Cell<String, Integer> cell = cells.cell("record");

    @Operation
    public int read() {
      return cell.get().value().orElseThrow();
    }

    @Operation
    public void write(@Param(gen = IntGen.class, conf = "1:3") int value) {
      store.set(value);
      cells.mark("record");
    }

    @Operation
    public void tick() {
      cell.clear();
    }
  }

  /**
   * Another node's writes, which this one hears of by its feed only. With a bound of no time at
   * all, a read may use what a poll vouches for that began later than the read, and nothing else:
   * so this, too, is a register.
   */
  public static class Covered {
    private final AtomicReference<Integer> store = new AtomicReference<>(0);
    private final AtomicLong nanos = new AtomicLong();
    private final Coverage coverage = new Coverage(0);
    private final Cells<String, Integer> cells =
        new Cells<>(
            new Time(InstantSource.fixed(Instant.EPOCH), nanos::get, Duration.ZERO),
            new AtomicLong(),
            10,
            value -> Optional.empty(),
            key -> Optional.of(store.get()),
            coverage,
            new Counters());
    private final Cell<String, Integer> cell = cells.cell("record");

    @Operation
    public int read() {
      nanos.incrementAndGet(); // whatever was read before is too old
      return cell.getFresh().value().orElseThrow();
    }

    @Operation
    public void write(@Param(gen = IntGen.class, conf = "1:3") int value) {
      store.set(value);
    }

    @Operation
    public void tick() {
      long start = nanos.incrementAndGet();
      cells.mark("record");
      coverage.until(start);
    }
  }

  /** What it has to look like. */
  public static class Register {
    private int value;

    public int read() {
      return value;
    }

    public void write(int next) {
      value = next;
    }

    public void tick() {}
  }
}
