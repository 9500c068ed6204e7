package io.thingward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Both clocks of a node, moved by hand. */
public final class ManualTime implements InstantSource {
  private final AtomicReference<Instant> wall =
      new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant instant() {
    return wall.get();
  }

  /** Moves both clocks. */
  public void pass(Duration time) {
    wall.updateAndGet(now -> now.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  /** Moves both clocks, and lets a library's ticker see it. */
  public void pass(Duration time, Thingward thingward) {
    pass(time);
    thingward.tick();
  }

  /** Lets a library read its feeds now. */
  public static void poll(Thingward thingward) {
    thingward.pollFeeds();
  }

  /** Sets the wall clock alone, as an administrator might. */
  public void setWall(Instant instant) {
    wall.set(instant);
  }

  /** The monotonic clock. */
  public long nanos() {
    return nanos.get();
  }

  /** Sets a library up to use these clocks. */
  public ThingwardBuilder set(ThingwardBuilder builder) {
    return builder.clock(this).monotonic(this::nanos);
  }
}
