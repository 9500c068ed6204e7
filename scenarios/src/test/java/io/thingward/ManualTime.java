package io.thingward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Both clocks of several nodes, moved by hand. In this package, since a host cannot do that. */
public final class ManualTime implements InstantSource {
  private final AtomicReference<Instant> wall =
      new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant instant() {
    return wall.get();
  }

  /** The monotonic clock. */
  public long nanos() {
    return nanos.get();
  }

  /** Moves both clocks. */
  public void pass(Duration time) {
    wall.updateAndGet(now -> now.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  /** Lets the ticker of a node see what time it is. */
  public static void tick(Thingward node) {
    node.tick();
  }

  /** Lets a node read its feed now. */
  public static void poll(Thingward node) {
    node.pollFeeds();
  }

  /** Sets a node up to use these clocks. */
  public ThingwardBuilder set(ThingwardBuilder builder) {
    return builder.clock(this).monotonic(this::nanos);
  }
}
