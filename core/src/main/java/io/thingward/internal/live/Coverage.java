package io.thingward.internal.live;

/**
 * How far the feed of an aggregate vouches for what this node has cached of it: up to the start of
 * the last poll that was complete and is applied. Thread-safe.
 */
final class Coverage {
  private volatile boolean begun;
  private volatile long until;

  /** Everything acknowledged before this moment of the monotonic clock is applied. */
  void until(long moment) {
    until = moment;
    begun = true;
  }

  /** A record that was read at one moment is as good as read at the returned one. */
  long asReadAt(long readAt) {
    return begun && until - readAt > 0 ? until : readAt;
  }
}
