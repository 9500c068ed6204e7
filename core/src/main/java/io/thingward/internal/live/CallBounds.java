package io.thingward.internal.live;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * How the stores are called, each within a bound of its own: an engine that hangs takes no call
 * away from the others. Thread-safe.
 */
public final class CallBounds {
  private final Map<Aggregate, StoreCalls> calls = new EnumMap<>(Aggregate.class);

  /**
   * Calls each store at most so many times at once.
   *
   * @param patience how long a caller waits for its turn
   */
  public CallBounds(int atMost, Duration patience) {
    for (Aggregate aggregate : Aggregate.values()) {
      calls.put(aggregate, new StoreCalls(atMost, patience));
    }
  }

  /** How the store of this aggregate is called. */
  public StoreCalls of(Aggregate aggregate) {
    return Objects.requireNonNull(calls.get(aggregate));
  }

  /** The calls under way. */
  public int inFlight() {
    return (int) sum(StoreCalls::inFlight);
  }

  /** How many callers found no room. */
  public long refused() {
    return sum(StoreCalls::refused);
  }

  private long sum(ToLongFunction<StoreCalls> count) {
    return calls.values().stream().mapToLong(count).sum();
  }

  /** From now on nothing is called. */
  public void close() {
    calls.values().forEach(StoreCalls::close);
  }
}
