package io.thingward.internal.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What this node remembers: cells of every kind of record, which age together, and for each
 * aggregate how far its feed vouches for them. Thread-safe.
 */
public final class NodeCache {
  private final Time time;
  private final long maximum;
  private final AtomicLong marks = new AtomicLong();
  private final Counters counters = new Counters();
  private final Map<Aggregate, List<Cells<?, ?>>> all = new EnumMap<>(Aggregate.class);
  private final Map<Aggregate, Coverage> coverages = new EnumMap<>(Aggregate.class);

  /** Remembers at most so many records of each kind. */
  public NodeCache(Time time, long maximum) {
    this.time = time;
    this.maximum = maximum;
    for (Aggregate aggregate : Aggregate.values()) {
      all.put(aggregate, new ArrayList<>());
      coverages.put(aggregate, new Coverage(time.nanos()));
    }
  }

  /**
   * Cells of one more kind of record, before anything is asked.
   *
   * @param load reads a record where it is kept
   * @param endOf when a record ends by plan
   */
  <K, T> Cells<K, T> cells(
      Aggregate aggregate, Function<K, Optional<T>> load, Function<T, Optional<Instant>> endOf) {
    Coverage coverage = Objects.requireNonNull(coverages.get(aggregate));
    Cells<K, T> cells = new Cells<>(time, marks, maximum, endOf, load, coverage, counters);
    Objects.requireNonNull(all.get(aggregate)).add(cells);
    return cells;
  }

  Time time() {
    return time;
  }

  /** The moment before a read: what it finds along the way is offered with this. */
  Moment moment() {
    return new Moment(time.nanos(), marks.get());
  }

  /** What became of what is remembered. */
  public Counters counters() {
    return counters;
  }

  /** How many records and absences are remembered, about. */
  public long size() {
    return all.values().stream().flatMap(List::stream).mapToLong(Cells::size).sum();
  }

  /** Drops what was read before a moment, and what has ended by plan. Reads no store. */
  void sweep(long readBefore) {
    Instant now = time.now();
    all.values().forEach(group -> group.forEach(cells -> cells.sweep(readBefore, now)));
  }

  /** Drops everything; what is asked for next is read. Asks no clock. */
  void clear() {
    all.values().forEach(group -> group.forEach(Cells::clear));
  }

  /** Everything of an aggregate that was acknowledged before a moment is applied. */
  void covered(Aggregate aggregate, long moment) {
    Objects.requireNonNull(coverages.get(aggregate)).until(moment);
  }

  /** Drops what is remembered of an aggregate, or is being loaded. */
  void forget(Aggregate aggregate) {
    Objects.requireNonNull(all.get(aggregate)).forEach(Cells::markAll);
  }

  /** Drops everything; from now on nothing is kept. */
  public void close() {
    all.values().forEach(group -> group.forEach(Cells::close));
  }
}
