package io.thingward.internal.throttle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.thingward.throttle.ThrottlePolicy;
import java.util.function.LongSupplier;

/* One stripe of the counters per source: leaky buckets, each kept as the time at which it will have
 * leaked out. */
final class Sources {
  private final LongSupplier nanoTime;
  private final long interval;
  private final long burst;

  @GuardedBy("this")
  private final LruMap<Long> emptyAt;

  Sources(ThrottlePolicy policy, LongSupplier nanoTime, int capacity) {
    this.nanoTime = nanoTime;
    this.interval = policy.sourceInterval().toNanos();
    this.burst = (policy.sourceFailures() - 1) * interval;
    this.emptyAt = new LruMap<>(capacity);
  }

  /* One lock over both, so that parallel attempts do not pass together. The other order of the two
   * locks occurs nowhere. */
  synchronized Admission admit(Key key, Accounts accounts, Key account) {
    long now = nanoTime.getAsLong();
    long level = level(key, now);
    if (level > burst) {
      return Throttle.delayed(level - burst);
    }
    Admission admission = accounts.admit(account, new Source(this, key));
    if (admission instanceof Admitted admitted) {
      long at = admitted.own().at();
      emptyAt.put(key, at + level(key, at) + interval);
    }
    return admission;
  }

  /* Takes back what of the charge cannot have leaked yet. Without the charge the bucket might have been
   * empty for a while, so taking back all of it could erase part of another one. */
  synchronized void refund(Key key, long chargedAt) {
    long now = nanoTime.getAsLong();
    long left = level(key, now) - Math.max(0, interval - (now - chargedAt));
    if (left > 0) {
      emptyAt.put(key, now + left);
    } else {
      emptyAt.remove(key);
    }
  }

  synchronized int size() {
    return emptyAt.size();
  }

  /* Nanoseconds until the bucket is empty. */
  @GuardedBy("this")
  private long level(Key key, long now) {
    Long end = emptyAt.get(key);
    return end == null ? 0 : Math.max(0, end - now);
  }
}
