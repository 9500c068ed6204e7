package io.thingward.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalListener;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one kind of record. A cell lives as long as somebody holds it and is never replaced
 * by a second one meanwhile; how many of them have a snapshot is bounded apart from that. What
 * falls out of the bound loses its snapshot, not its cell.
 */
final class Cells<K, T> {
  /* One absence for so many records: who asks for what is not there drives nothing out that is. */
  private static final long ABSENT = 10;

  private final Time time;
  private final AtomicLong marks;
  private final Function<T, Optional<Instant>> endOf;
  private final Function<K, Optional<T>> load;
  private final Coverage coverage;
  private final Counters counters;
  private final Cache<K, Cell<K, T>> cells = Caffeine.newBuilder().weakValues().build();
  private final Cache<K, Cell<K, T>> present;
  private final Cache<K, Cell<K, T>> absent;
  private volatile boolean closed;

  Cells(
      Time time,
      AtomicLong marks,
      long maximum,
      Function<T, Optional<Instant>> endOf,
      Function<K, Optional<T>> load,
      Coverage coverage,
      Counters counters) {
    this.time = time;
    this.marks = marks;
    this.endOf = endOf;
    this.load = load;
    this.coverage = coverage;
    this.counters = counters;
    this.present = bounded(maximum);
    this.absent = bounded(Math.max(1, maximum / ABSENT));
  }

  private static <K, T> Cache<K, Cell<K, T>> bounded(long maximum) {
    RemovalListener<K, Cell<K, T>> dropped = (key, cell, cause) -> drop(cell);
    return Caffeine.newBuilder()
        .maximumSize(maximum)
        .executor(Runnable::run)
        .evictionListener(dropped)
        .build();
  }

  private static <K, T> void drop(@Nullable Cell<K, T> cell) {
    if (cell != null) {
      cell.clear();
    }
  }

  /** The cell of this key. Hold it, and it stays the one. */
  Cell<K, T> cell(K key) {
    Cell<K, T> known = cells.getIfPresent(key);
    Cell<K, T> cell =
        known != null ? known : Objects.requireNonNull(cells.get(key, k -> new Cell<>(this, k)));
    cell.open(); // by whoever comes first: whoever made it may not have got there yet
    return cell;
  }

  /* A record that comes or goes may be in both for a while, never in neither: so sweeps find it. */
  void keep(K key, Cell<K, T> cell, Snapshot<T> found) {
    (found.value().isPresent() ? present : absent).put(key, cell);
    if (closed) {
      close(); // a load that was under way
    }
  }

  /** Drops every snapshot, now and from now on. */
  void close() {
    closed = true;
    clear();
  }

  /** The record changed, or may have: whoever asks from now on reads it again. */
  void mark(K key) {
    long now = marks.incrementAndGet();
    Cell<K, T> cell = cells.getIfPresent(key);
    if (cell != null) {
      cell.mark(now);
    }
  }

  /** Drops every snapshot, whatever its age. */
  void clear() {
    filled().forEach(Cell::clear);
  }

  /** Drops what is older than an age, and what an end by plan has overtaken. Reads nothing. */
  void sweep(long readBefore, Instant now) {
    long covered = covered();
    filled().forEach(cell -> sweep(cell, covered, readBefore, now));
  }

  private void sweep(Cell<K, T> cell, long covered, long readBefore, Instant now) {
    Snapshot<T> snapshot = cell.current();
    if (snapshot == null) {
      return;
    }
    boolean stale = asReadAt(snapshot, covered) - readBefore < 0;
    if (stale) {
      counters.staleDrops.increment();
    }
    if (stale || !now.isBefore(snapshot.endsAt())) {
      cell.clear();
    }
  }

  private Stream<Cell<K, T>> filled() {
    return Stream.concat(present.asMap().values().stream(), absent.asMap().values().stream());
  }

  /** The record has this version now: a cell that has it already keeps it. */
  void announce(K key, Predicate<T> isKnown) {
    long now = marks.incrementAndGet();
    Cell<K, T> cell = cells.getIfPresent(key);
    if (cell != null) {
      cell.announce(now, isKnown);
    }
  }

  /** Nobody knows what changed: drops every snapshot, and detaches every load. */
  void markAll() {
    long now = marks.incrementAndGet();
    cells.asMap().values().forEach(cell -> cell.mark(now));
  }

  /*
   * When a record might as well have been read: the feed vouches for it. An absence is judged by its
   * own read, since not everything that appears is told of.
   */
  private static long asReadAt(Snapshot<?> snapshot, long covered) {
    long readAt = snapshot.readAt();
    return snapshot.value().isPresent() && covered - readAt > 0 ? covered : readAt;
  }

  /** The moment up to which the feed vouches for what is cached; see {@link Coverage#until()}. */
  long covered() {
    return coverage.until();
  }

  boolean isFresh(Snapshot<T> snapshot, long covered, long now) {
    return time.isFresh(asReadAt(snapshot, covered), now);
  }

  Snapshot<T> snapshot(Optional<T> value, long readAt) {
    return new Snapshot<>(value, readAt, value.flatMap(endOf).orElse(Instant.MAX));
  }

  /** Reads the record, wherever it is kept. */
  Optional<T> read(K key) {
    return load.apply(key);
  }

  Time time() {
    return time;
  }

  long marks() {
    return marks.get();
  }

  Counters counters() {
    return counters;
  }

  /** How many cells have a snapshot, about. */
  long size() {
    return present.estimatedSize() + absent.estimatedSize();
  }
}
