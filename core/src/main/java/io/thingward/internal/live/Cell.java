package io.thingward.internal.live;

import io.thingward.error.UnavailableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one place of a record on this node. It has a snapshot of the record or nothing; readers that
 * find nothing load it, one load at a time.
 *
 * <p>A change marks the cell: the snapshot is dropped, and a load that began before the mark is
 * neither kept nor joined by later callers. "Before" is judged by a counter of marks that all cells
 * of a node share, so that it also holds for a snapshot that comes along with the read of another
 * record.
 */
final class Cell<K, T> {
  private final Cells<K, T> home;
  private final K key;

  private volatile @Nullable Snapshot<T> snapshot;
  private final AtomicLong openedAt = new AtomicLong(Long.MAX_VALUE); // the count of marks then
  private long markedAt = Long.MIN_VALUE; // guarded by this, like the next
  private @Nullable Load<T> loading;

  /** Keeps nothing before it is opened. */
  Cell(Cells<K, T> home, K key) {
    this.home = home;
    this.key = key;
  }

  /**
   * Now that marks find this cell, it may keep what is read from here on; what was read before may
   * have missed one. Only the first call counts.
   */
  void open() {
    if (openedAt.get() == Long.MAX_VALUE) {
      openedAt.compareAndSet(Long.MAX_VALUE, home.marks());
    }
  }

  /* Whether what was read from this count of marks on may have missed a change. */
  private boolean isOvertaken(long marks) {
    return marks < markedAt || marks < openedAt.get();
  }

  /* A load in flight: the count of marks when it began, and when that was. */
  private record Load<T>(
      long marks, long startedAt, Thread by, CompletableFuture<Snapshot<T>> result) {}

  /** The snapshot, or null if it has to be loaded. Reads no clock. */
  @Nullable Snapshot<T> current() {
    return snapshot;
  }

  /** Whether the cell still has this very snapshot. */
  boolean has(Snapshot<T> expected) {
    return snapshot == expected;
  }

  /** The snapshot if there is one, else what a load finds. */
  Snapshot<T> get() {
    Snapshot<T> now = snapshot;
    return now != null ? now : load(home.time().nanos());
  }

  /** The snapshot if it is fresh by the clock, else what a load finds. */
  Snapshot<T> getFresh() {
    long start = home.time().nanos();
    long covered = home.covered(); // before the snapshot is looked at
    Snapshot<T> now = snapshot;
    if (now != null && home.isFresh(now, covered, start)) {
      home.counters().hits.increment();
      return now;
    }
    return load(start);
  }

  private Snapshot<T> load(long start) {
    Load<T> running;
    Load<T> mine;
    synchronized (this) {
      long covered = home.covered(); // before the snapshot is looked at
      Snapshot<T> loaded = snapshot; // perhaps since the caller looked
      if (loaded != null && home.isFresh(loaded, covered, start)) {
        return loaded;
      }
      running = loading;
      if (running == null
          || isOvertaken(running.marks)
          || !home.time().isFresh(running.startedAt, start)) {
        running = null;
      }
      mine =
          new Load<>(
              home.marks(), home.time().nanos(), Thread.currentThread(), new CompletableFuture<>());
      loading = running == null ? mine : running;
    }
    if (running == null) {
      return run(mine);
    }
    home.counters().joins.increment();
    return join(running);
  }

  @SuppressWarnings("ReferenceEquality") // the very load, not one that looks alike
  private Snapshot<T> run(Load<T> load) {
    home.counters().loads.increment();
    try {
      Snapshot<T> found = home.snapshot(home.read(key), load.startedAt);
      offer(found, load.marks);
      load.result.complete(found);
      return found;
    } catch (RuntimeException | Error failure) {
      load.result.completeExceptionally(failure);
      throw failure;
    } finally {
      synchronized (this) {
        if (loading == load) {
          loading = null;
        }
      }
    }
  }

  /** What a read of its own finds. Not kept here; a holder that comes along is. */
  Optional<T> read() {
    return home.read(key);
  }

  private static <T> Snapshot<T> join(Load<T> load) {
    if (load.by == Thread.currentThread()) {
      throw new UnavailableException(
          "a store or the device directory asked the library what the library is asking it");
    }
    try {
      return load.result.join();
    } catch (CompletionException failed) {
      throw new UnavailableException("the read that this call waited for failed", failed);
    }
  }

  /** Offers what came along with the read of another record, which began at this moment. */
  void offer(Optional<T> found, Moment began) {
    offer(home.snapshot(found, began.at()), began.marks());
  }

  /*
   * Keeps a snapshot whose read began at a count of marks, unless the cell was marked since, has a
   * newer one, or it is too old to serve anybody.
   */
  private void offer(Snapshot<T> found, long marks) {
    synchronized (this) {
      Snapshot<T> now = snapshot;
      if (isOvertaken(marks)) {
        home.counters().overtaken.increment();
        return;
      }
      if ((now != null && now.readAt() - found.readAt() >= 0)
          || !home.time().isFresh(found.readAt(), home.time().nanos())) {
        return;
      }
      snapshot = found;
    }
    // after the snapshot is there: an eviction from here on clears it again
    home.keep(key, this, found);
  }

  /** Drops the snapshot and detaches loads that began before this count of marks. */
  synchronized void mark(long marks) {
    markedAt = Math.max(markedAt, marks);
    snapshot = null;
  }

  /**
   * A feed tells what the record is now. A snapshot that says so already stays; loads that began
   * before this count of marks are detached all the same, since they may say what was before.
   */
  synchronized void announce(long marks, Predicate<T> isKnown) {
    markedAt = Math.max(markedAt, marks);
    Snapshot<T> now = snapshot;
    if (now != null && now.value().filter(isKnown).isEmpty()) {
      snapshot = null;
    }
  }

  /** Drops the snapshot; it was not wrong, only old or in the way. */
  void clear() {
    snapshot = null;
  }
}
