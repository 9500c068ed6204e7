package io.thingward.hashing;

import io.thingward.password.HasherBusyException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the work in progress: a number of permits, a number of callers that wait for them, first
 * come first served, and the time that they wait. Thread-safe.
 */
final class Gate {
  private final int permits;
  private final int queue;
  private final Duration maxWait;
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder refusals = new LongAdder();

  Gate(int permits, int queue, Duration maxWait) {
    this.permits = permits;
    this.queue = queue;
    this.maxWait = maxWait;
    this.free = new Semaphore(permits, true);
  }

  /**
   * Takes permits, which the caller gives back by {@link #leave}.
   *
   * @param needed at most as many as there are
   * @throws HasherBusyException if too many wait, it took too long, or the thread was interrupted
   *     before or meanwhile, which it then still is; nothing was taken
   */
  void enter(int needed) {
    try {
      /* Not tryAcquire(int), which overtakes those who wait. */
      if (free.tryAcquire(needed, 0, TimeUnit.NANOSECONDS)) {
        return;
      }
      awaitTurn(needed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy("interrupted while waiting for a password hash");
    }
  }

  private void awaitTurn(int needed) throws InterruptedException {
    if (waiting.getAndUpdate(n -> n < queue ? n + 1 : n) >= queue) {
      throw busy(queue + " password hashes wait already");
    }
    boolean entered;
    try {
      entered = free.tryAcquire(needed, maxWait.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
    if (!entered) {
      throw busy("waited " + maxWait + " for one of " + permits + " password hashes to end");
    }
  }

  private HasherBusyException busy(String message) {
    refusals.increment();
    return new HasherBusyException(message);
  }

  /** Gives permits back. */
  void leave(int taken) {
    free.release(taken);
  }

  int permits() {
    return permits;
  }

  /** How many callers wait now. */
  int waiting() {
    return waiting.get();
  }

  /** How many callers were refused so far. */
  long refusals() {
    return refusals.sum();
  }
}
