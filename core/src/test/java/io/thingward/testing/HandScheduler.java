package io.thingward.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that runs what is due at once, and what repeats only when it is told to. */
public final class HandScheduler extends ScheduledThreadPoolExecutor {
  private final List<Runnable> repeated = new ArrayList<>();

  /** Nothing to do yet. */
  public HandScheduler() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    repeated.add(command);
    return schedule(() -> {}, 0, unit);
  }

  /** Runs once what repeats, and waits for what that asks for. */
  public void turn() throws InterruptedException, ExecutionException {
    repeated.forEach(Runnable::run);
    settle();
  }

  /** Waits for what was asked for until now, for what that asks for, and once more for that. */
  public void settle() throws InterruptedException, ExecutionException {
    for (int i = 0; i < 3; i++) {
      submit(() -> {}).get();
    }
  }
}
