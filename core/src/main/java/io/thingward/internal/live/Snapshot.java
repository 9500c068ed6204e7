package io.thingward.internal.live;

import java.time.Instant;
import java.util.Optional;

/**
 * A record as a read found it. Compared by identity: what was derived from a snapshot holds for as
 * long as its cell still has that very snapshot.
 *
 * @param <T> what was read
 */
final class Snapshot<T> {
  private final Optional<T> value;
  private final long readAt;
  private final Instant endsAt;

  Snapshot(Optional<T> value, long readAt, Instant endsAt) {
    this.value = value;
    this.readAt = readAt;
    this.endsAt = endsAt;
  }

  /** The record, or empty if there was none. */
  Optional<T> value() {
    return value;
  }

  /** When the read started, on the monotonic clock. */
  long readAt() {
    return readAt;
  }

  /** When the record says something else by plan alone: a key or principal that ends. */
  Instant endsAt() {
    return endsAt;
  }
}
