package io.thingward.scenarios;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock that stands still until it is moved. */
public final class WallClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
