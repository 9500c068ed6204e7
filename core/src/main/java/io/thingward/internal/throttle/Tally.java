package io.thingward.internal.throttle;

import io.thingward.throttle.ThrottlePolicy;

/* Failures in a row, and the delay that follows from them. Belongs to the lock of its stripe.
 *
 * An attempt is counted when it is admitted. To take one back is exact: what remains is what there
 * would be without it. It is never less: a success or a reset puts a new tally in the place of this
 * one, so an attempt from before is taken back from a tally that nobody reads any more.
 *
 * Times are compared by their difference, so the clock may start anywhere and overflow. */
final class Tally {
  private int admitted; // failed, or not ended yet
  private int failed;
  private int number; // of the latest admission
  private long latest; // when that was; if it was taken back: when the delay ended at the latest

  /* One counted attempt. */
  record Mark(Tally tally, int number, long at) {}

  Mark count(long now) {
    admitted++;
    latest = now;
    return new Mark(this, ++number, now);
  }

  void fail() {
    failed++;
  }

  void takeBack(Mark mark, long now, ThrottlePolicy policy) {
    admitted--;
    if (mark.number() == number) {
      // It was admitted, so the delay of those before it was over by then.
      latest = now - policy.delayAfter(admitted).toNanos();
    }
  }

  int admitted() {
    return admitted;
  }

  int failed() {
    return failed;
  }

  /* Nanoseconds until the next attempt; 0 or less: none. */
  long delay(long now, ThrottlePolicy policy) {
    long delay = policy.delayAfter(admitted).toNanos();
    return delay == 0 ? 0 : latest + delay - now;
  }

  /* The same for all failures of an account, which delay only when the hard stop is due. */
  long delayAtHardStop(long now, ThrottlePolicy policy) {
    return admitted < policy.hardStop() ? 0 : latest + policy.maximumDelay().toNanos() - now;
  }
}
