package io.thingward.store.memory;

import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The newest changes of all stores, in one order. Tables append under their own lock, so that the
 * changes of a record come in order and none is acknowledged before it is here. Thread-safe.
 */
final class MemoryFeed implements ChangeFeed {
  /* Ten seconds of more changes than anybody makes; who sleeps longer begins again. */
  private static final int KEPT = 100_000;

  /* Distinguishes the places of this feed from those of another process's. */
  private final String history = Long.toHexString(new SecureRandom().nextLong());
  private final TreeMap<Long, Change> changes = new TreeMap<>(); // guarded by this, like the next
  private long next; // the position of the next change; places are positions

  synchronized void append(Change change) {
    changes.put(next++, change);
    if (changes.size() > KEPT) {
      changes.pollFirstEntry();
    }
  }

  /** Tells of each row that a table keeps. */
  <V> Table.Changes<V> of(Function<V, Change> change) {
    return (before, after) -> {
      if (after != null) {
        append(change.apply(after));
      }
    };
  }

  @Override
  public synchronized String end() {
    return place(next);
  }

  private String place(long position) {
    return history + ":" + position;
  }

  @Override
  public synchronized Poll poll(String after, int limit) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw new IllegalArgumentException("a poll brings 1 to " + Limits.PAGE + ", not " + limit);
    }
    long position = position(after);
    if (position < next - changes.size() || position > next) {
      return new Poll.Lost();
    }
    List<Change> found = changes.tailMap(position).values().stream().limit(limit).toList();
    long end = position + found.size();
    return new Poll.Changes(found, place(end), end == next);
  }

  /* The position of a place; before all of them for a place of another history. */
  private long position(String place) {
    String[] parts = place.split(":", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a place of this feed");
    }
    long position = Long.parseLong(parts[1]);
    return parts[0].equals(history) ? position : -1;
  }

  @Override
  public void announce(WorkspaceId workspace, DeviceId device) {
    append(new Change.OfDevice(workspace, device));
  }

  @Override
  public synchronized void trim(String before) {
    changes.headMap(position(before)).clear();
  }
}
