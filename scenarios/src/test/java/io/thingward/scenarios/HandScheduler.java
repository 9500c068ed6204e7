package io.thingward.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what is due at once, and what repeats when it is told to. */
public final class HandScheduler extends ScheduledThreadPoolExecutor {
  private final List<Runnable> repeated = new ArrayList<>();

  public HandScheduler() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    repeated.add(command);
    return schedule(() -> {}, 0, unit);
  }

  /** A second has passed, say. */
  public void turn() {
    repeated.forEach(Runnable::run);
  }
}
