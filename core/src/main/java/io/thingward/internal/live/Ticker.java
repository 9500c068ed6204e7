package io.thingward.internal.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that lets checks go without a clock: several times per freshness bound it drops every
 * record that the bound is about to leave uncovered, and every one whose end by plan has come. It
 * does no I/O. If it finds itself late it drops everything first, and counts by how much it was
 * late.
 */
public final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final int TICKS_PER_BOUND = 4;

  private final NodeCache cache;
  private final Time time;
  private final long period;
  private final AtomicLong latestLateness = new AtomicLong();
  private final Thread thread;
  private long lastTick;
  private volatile boolean closed;

  /** Prepares the ticker; {@link #start} starts it. */
  public Ticker(NodeCache cache, Time time) {
    this.cache = cache;
    this.time = time;
    this.period = time.bound().toNanos() / TICKS_PER_BOUND;
    this.lastTick = time.nanos();
    this.thread = new Thread(this::run, "thingward-ticker");
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, Math.max(period, TimeUnit.MILLISECONDS.toNanos(1)));
      survive();
    }
  }

  /* A clock of the host may throw, memory may run out: without this thread nothing would ever end. */
  private void survive() {
    try {
      tick();
    } catch (Throwable failure) {
      try {
        cache.clear();
        LOG.warn("a tick failed; everything is read again", failure);
      } catch (Throwable again) {
        // the next tick tries again
      }
    }
  }

  /** One tick: what the thread does every period, by the monotonic clock. */
  public synchronized void tick() {
    long now = time.nanos();
    long late = now - lastTick - 2 * period;
    lastTick = now;
    if (late > 0) {
      latestLateness.accumulateAndGet(late, Math::max);
      cache.sweep(now + 1);
    } else {
      cache.sweep(now - time.bound().toNanos() + period);
    }
  }

  /** The most that a tick was ever late: by so much a check may exceed the freshness bound. */
  public Duration lateness() {
    return Duration.ofNanos(latestLateness.get());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
