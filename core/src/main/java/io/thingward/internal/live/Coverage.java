package io.thingward.internal.live;

/**
 * How far the feed of an aggregate vouches for what this node has cached of it: up to the start of
 * the last poll that was complete and is applied. Thread-safe.
 */
final class Coverage {
  private volatile long until;

  /** Vouches for nothing that is read from this moment of the monotonic clock on. */
  Coverage(long now) {
    until = now;
  }

  /** Everything acknowledged before this moment of the monotonic clock is applied. */
  void until(long moment) {
    until = moment;
  }

  /**
   * The moment up to which changes are applied. Ask first and look at a snapshot then: one that is
   * still in its cell has seen them, one that was taken out before may not have.
   */
  long until() {
    return until;
  }
}
