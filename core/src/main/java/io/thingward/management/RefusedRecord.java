package io.thingward.management;

import java.util.Objects;

/**
 * A record that was not imported.
 *
 * @param record its kind and what names it: {@code user ann}
 * @param reason why, for people
 */
public record RefusedRecord(String record, String reason) {
  /** Validates. */
  public RefusedRecord {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return record + ": " + reason;
  }
}
