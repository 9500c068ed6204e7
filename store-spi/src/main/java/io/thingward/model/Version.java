package io.thingward.model;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Which state of a record this is. Core assigns it; a store only keeps it and compares it as a
 * whole. The sequence number orders the states of one record; the random id of the change makes
 * sure that a version never matches another life of the same key, and lets the author of a change
 * whose outcome was unknown find out that it happened.
 *
 * @param sequence 1 for a new record, one more with every change
 * @param change the random id of the change that made this state
 */
public record Version(long sequence, UUID change) {
  /** Validates. */
  public Version {
    requireNonNull(change, "change");
    if (sequence < 1) {
      throw new IllegalArgumentException("a version's sequence starts at 1, not " + sequence);
    }
  }
}
