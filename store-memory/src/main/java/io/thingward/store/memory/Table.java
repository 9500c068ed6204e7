package io.thingward.store.memory;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Version;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows by key, with the indexes that list and purge them. Thread-safe.
 *
 * <p>Linearizable as a whole: a write and a listing hold the one lock of the table, for a time that
 * grows with the logarithm of its size and with the page; a read by key takes no lock.
 */
final class Table<K, V> {
  private final Function<? super V, K> key;
  private final ImmutableList<Index<?, ?, V>> indexes;
  private final Changes<V> changes;
  /* Written under the lock, before the indexes: whoever finds a row also finds it listed. */
  private final ConcurrentHashMap<K, V> rows = new ConcurrentHashMap<>();

  /** What a feed is to be told of this table, under its lock. */
  interface Changes<V> {
    /** A row was inserted, replaced or deleted; null where there was or is none. */
    void changed(@Nullable V before, @Nullable V after);
  }

  /** Nobody is told. */
  Table(Function<? super V, K> key, List<? extends Index<?, ?, V>> indexes) {
    this(key, indexes, (before, after) -> {});
  }

  Table(Function<? super V, K> key, List<? extends Index<?, ?, V>> indexes, Changes<V> changes) {
    this.key = key;
    this.indexes = ImmutableList.copyOf(indexes);
    this.changes = changes;
  }

  Optional<V> find(K key) {
    return Optional.ofNullable(rows.get(requireNonNull(key, "key")));
  }

  int size() {
    return rows.size();
  }

  /** Keeps a row if there is none with its key; whether it did. */
  boolean insert(V row) {
    return put(row, before -> before == null);
  }

  /** Keeps a row in place of the one with its key, if that has a version; whether it did. */
  boolean replace(V row, Function<? super V, Version> version, Version expected) {
    requireNonNull(expected, "expected");
    return put(row, before -> before != null && version.apply(before).equals(expected));
  }

  /** Keeps a row if the one with its key, null where there is none, is as it should be. */
  @CanIgnoreReturnValue
  synchronized boolean put(V row, Predicate<@Nullable V> condition) {
    K key = this.key.apply(row);
    V before = rows.get(key);
    if (!condition.test(before)) {
      return false;
    }
    rows.put(key, row);
    indexes.forEach(index -> index.update(before, row));
    changes.changed(before, row);
    return true;
  }

  /** Deletes the row with this key; whether there was one. */
  @CanIgnoreReturnValue
  boolean delete(K key) {
    return delete(key, row -> true);
  }

  /** Deletes the row with this key, if it has a version; whether it did. */
  boolean delete(K key, Function<? super V, Version> version, Version expected) {
    requireNonNull(expected, "expected");
    return delete(key, row -> version.apply(row).equals(expected));
  }

  private synchronized boolean delete(K key, Predicate<? super V> condition) {
    V before = rows.get(requireNonNull(key, "key"));
    if (before == null || !condition.test(before)) {
      return false;
    }
    remove(key, before);
    changes.changed(before, null);
    return true;
  }

  private void remove(K key, V before) {
    rows.remove(key);
    indexes.forEach(index -> index.update(before, null));
  }

  /**
   * Deletes the rows whose group in one of this table's indexes is before a bound, the first ones
   * first, at most {@code limit} of them; returns their keys. Takes the lock for each row anew.
   */
  <G extends Comparable<? super G>> List<K> purge(Index<G, ?, V> index, G before, int limit) {
    requireNonNull(before, "before");
    List<K> purged = new ArrayList<>();
    while (purged.size() < limit) {
      Optional<K> next = purgeFirst(index, before);
      if (next.isEmpty()) {
        break;
      }
      purged.add(next.get());
    }
    return purged;
  }

  private synchronized <G extends Comparable<? super G>> Optional<K> purgeFirst(
      Index<G, ?, V> index, G before) {
    V row = index.firstBefore(before);
    if (row == null) {
      return Optional.empty();
    }
    K key = this.key.apply(row);
    remove(key, row); // what ended long ago is no news
    return Optional.of(key);
  }

  /** One page of the rows that one of this table's indexes has in a group. */
  <G extends Comparable<? super G>, L extends Comparable<? super L>> Page<V> page(
      Index<G, L, V> index, G group, PageRequest request) {
    requireNonNull(group, "group");
    L after = request.from().map(index::parseCursor).orElse(null);
    List<V> found;
    synchronized (this) {
      // one more than asked for tells whether another page follows
      found = index.rows(group, after, request.limit() + 1);
    }
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty());
    }
    List<V> items = found.subList(0, request.limit());
    return new Page<>(items, Optional.of(index.cursorAfter(items.get(request.limit() - 1))));
  }
}
