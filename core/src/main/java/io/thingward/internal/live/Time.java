package io.thingward.internal.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The two clocks of a node and the freshness bound. Expiry compares instants of the wall clock,
 * which never goes back here: what was expired stays expired when an administrator sets the clock
 * back. Age is measured on the monotonic clock. Thread-safe.
 */
public final class Time {
  private final InstantSource wall;
  private final LongSupplier monotonic;
  private final Duration bound;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

  /**
   * The clocks of a node.
   *
   * @param wall the wall clock
   * @param monotonic nanoseconds that never go back, such as {@link System#nanoTime}
   * @param bound how old a cached record may be
   */
  public Time(InstantSource wall, LongSupplier monotonic, Duration bound) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.bound = bound;
  }

  /** Now, in whole milliseconds, cut down: no finer instant enters a record. */
  public Instant now() {
    return Instant.ofEpochMilli(latest.accumulateAndGet(wall.millis(), Math::max));
  }

  /** The monotonic clock. */
  public long nanos() {
    return monotonic.getAsLong();
  }

  /** How old a cached record may be. */
  public Duration bound() {
    return bound;
  }

  boolean isFresh(long readAt, long now) {
    return now - readAt <= bound.toNanos();
  }
}
