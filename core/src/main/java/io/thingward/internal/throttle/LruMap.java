package io.thingward.internal.throttle;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/* A map that drops the entry not used for longest. Not thread-safe. */
final class LruMap<V> {
  private final Map<Key, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int capacity;

  LruMap(int capacity) {
    this.capacity = capacity;
  }

  @Nullable V get(Key key) {
    return entries.get(key);
  }

  void put(Key key, V value) {
    entries.put(key, value);
    if (entries.size() > capacity) {
      Iterator<Key> eldestFirst = entries.keySet().iterator();
      eldestFirst.next();
      eldestFirst.remove();
    }
  }

  void remove(Key key) {
    entries.remove(key);
  }

  int size() {
    return entries.size();
  }
}
