package io.thingward.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.Optional;

/**
 * The rule for the instants in records: whole milliseconds of the years 1970 to 9999, which every
 * database keeps as they are and no arithmetic of milliseconds overflows.
 */
public final class Times {
  /** 9999-12-31T23:59:59.999Z in milliseconds since 1970. */
  private static final long LAST_MILLI = 253_402_300_799_999L;

  private Times() {}

  /** Returns an instant that a record may have. */
  @CanIgnoreReturnValue
  public static Instant check(Instant instant) {
    boolean kept =
        instant.getEpochSecond() >= 0
            && instant.getEpochSecond() <= LAST_MILLI / 1_000
            && instant.getNano() % 1_000_000 == 0;
    if (!kept) {
      throw new IllegalArgumentException(
          instant + " is not a whole millisecond of the years 1970 to 9999");
    }
    return instant;
  }

  /** The same if there is one. */
  @CanIgnoreReturnValue
  public static Optional<Instant> check(Optional<Instant> instant) {
    instant.ifPresent(Times::check);
    return instant;
  }
}
