package io.thingward.store.memory;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a {@link Table} in the order of a group and, within it, of a key: what a listing
 * lists, or what a purge finds. Not thread-safe: its table guards it.
 *
 * @param <G> what a listing asks for, such as a workspace
 * @param <K> what tells the rows of a group apart, and where a page resumes
 * @param <V> the rows
 */
final class Index<G extends Comparable<? super G>, K extends Comparable<? super K>, V> {
  /* A tree of sorted blocks of rows, because a tree or a skip list of single rows costs 32 to 40
   * bytes for each, a sixth of what a whole key may take, and this about 6, however few rows a
   * group has. A block is filed under a place that none of its rows precedes; the first block,
   * under the place before all rows, is never taken away, so every place has a block. Neighbours
   * that fit into one block are joined when a row goes, so only an empty index has an empty block.
   */
  private static final int BLOCK = 128;

  private final String name;
  private final Function<? super V, ? extends @Nullable G> group;
  private final Function<? super V, K> key;
  private final Function<String, K> parseKey;
  private final TreeMap<Place<G, K>, List<V>> blocks = new TreeMap<>();

  /**
   * An empty index.
   *
   * @param name what its cursors start with, so that one of another listing is refused
   * @param group the group of a row, or null for a row that is not in this index
   * @param key the key of a row within its group
   * @param parseKey makes a key of its {@code toString}
   */
  Index(
      String name,
      Function<? super V, ? extends @Nullable G> group,
      Function<? super V, K> key,
      Function<String, K> parseKey) {
    this.name = name;
    this.group = group;
    this.key = key;
    this.parseKey = parseKey;
    blocks.put(place(null), new ArrayList<>());
  }

  /** Takes note that one row took the place of another; null stands for no row. */
  void update(@Nullable V before, @Nullable V after) {
    Place<G, K> from = place(before);
    Place<G, K> to = place(after);
    if (from.group != null && !from.equals(to)) {
      remove(from);
    }
    if (to.group != null && after != null) {
      put(to, after);
    }
  }

  /** At most {@code limit} rows of a group: those after a key, or the first ones. */
  List<V> rows(G group, @Nullable K after, int limit) {
    Place<G, K> start = new Place<>(group, after);
    List<V> rows = new ArrayList<>();
    for (List<V> block : blocks.tailMap(blocks.floorKey(start), true).values()) {
      // only in the first of these blocks is anything at or before the start
      int found = search(block, start);
      for (V row : block.subList(found < 0 ? -found - 1 : found + 1, block.size())) {
        if (rows.size() == limit || !group.equals(this.group.apply(row))) {
          return rows;
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The first row of all, if its group is before a bound. */
  @Nullable V firstBefore(G bound) {
    List<V> block = blocks.firstEntry().getValue();
    if (block.isEmpty()) {
      return null;
    }
    V row = block.get(0);
    G first = group.apply(row);
    return first != null && first.compareTo(bound) < 0 ? row : null;
  }

  /** The cursor of a page that starts after this row. */
  String cursorAfter(V row) {
    return name + ':' + key.apply(row);
  }

  /** The key in such a cursor. */
  K parseCursor(String cursor) {
    if (!cursor.startsWith(name + ':')) {
      throw new IllegalArgumentException("no listing of " + name + " returned this continuation");
    }
    return parseKey.apply(cursor.substring(name.length() + 1));
  }

  /** Where a row is in this index; before all rows if it is not in it. */
  private Place<G, K> place(@Nullable V row) {
    G in = row == null ? null : group.apply(row);
    return row == null || in == null ? new Place<>(null, null) : new Place<>(in, key.apply(row));
  }

  private void put(Place<G, K> place, V row) {
    Map.Entry<Place<G, K>, List<V>> at = blocks.floorEntry(place);
    List<V> block = at.getValue();
    int found = search(block, place);
    if (found >= 0) {
      block.set(found, row);
      return;
    }
    block.add(-found - 1, row);
    if (block.size() > BLOCK) {
      int half = BLOCK / 2;
      // copies, which are no longer than they need to be
      blocks.put(at.getKey(), new ArrayList<>(block.subList(0, half)));
      blocks.put(place(block.get(half)), new ArrayList<>(block.subList(half, block.size())));
    }
  }

  private void remove(Place<G, K> place) {
    Map.Entry<Place<G, K>, List<V>> at = blocks.floorEntry(place);
    at.getValue().remove(search(at.getValue(), place));
    join(at, blocks.higherEntry(at.getKey()));
    join(blocks.lowerEntry(at.getKey()), at);
  }

  private void join(
      Map.@Nullable Entry<Place<G, K>, List<V>> left,
      Map.@Nullable Entry<Place<G, K>, List<V>> right) {
    if (left != null
        && right != null
        && left.getValue().size() + right.getValue().size() <= BLOCK) {
      left.getValue().addAll(right.getValue());
      blocks.remove(right.getKey());
    }
  }

  private int search(List<V> block, Place<G, K> place) {
    return Collections.binarySearch(Lists.transform(block, this::place), place);
  }

  /**
   * A place in the order.
   *
   * @param group null: before all groups
   * @param key null: before all rows of the group
   */
  private record Place<G extends Comparable<? super G>, K extends Comparable<? super K>>(
      @Nullable G group, @Nullable K key) implements Comparable<Place<G, K>> {
    @Override
    public int compareTo(Place<G, K> other) {
      int first = compare(group, other.group);
      return first != 0 ? first : compare(key, other.key);
    }

    private static <T extends Comparable<? super T>> int compare(@Nullable T a, @Nullable T b) {
      if (a == null || b == null) {
        return a == b ? 0 : a == null ? -1 : 1;
      }
      return a.compareTo(b);
    }
  }
}
