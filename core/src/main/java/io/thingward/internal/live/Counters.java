package io.thingward.internal.live;

import java.util.concurrent.atomic.LongAdder;

/** What became of what is cached, counted since the library was built. Thread-safe. */
public final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder joins = new LongAdder();
  final LongAdder overtaken = new LongAdder();
  final LongAdder staleDrops = new LongAdder();

  /** Look-ups of authentications that were answered from memory. */
  public long hits() {
    return hits.sum();
  }

  /** Reads for the cache. */
  public long loads() {
    return loads.sum();
  }

  /** Callers that waited for the read of another. */
  public long joins() {
    return joins.sum();
  }

  /** Reads that a change overtook, so that what they found was not kept. */
  public long overtaken() {
    return overtaken.sum();
  }

  /** Records that were dropped because nothing vouched for them any longer. */
  public long staleDrops() {
    return staleDrops.sum();
  }
}
