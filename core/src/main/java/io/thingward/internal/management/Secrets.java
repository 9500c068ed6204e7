package io.thingward.internal.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.StoredSecret;
import io.thingward.store.KeyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The secrets of a key, and what a rotation makes of them. */
public final class Secrets {
  /**
   * An old secret lives on for a day at most: OWASP ASVS 6.5.6 asks for a way to replace one at
   * once.
   */
  static final Duration LONGEST_OVERLAP = Duration.ofDays(1);

  private Secrets() {}

  public static int alive(KeyRecord key, Instant now) {
    return (int) key.secrets().stream().filter(s -> isAlive(s, now)).count();
  }

  private static boolean isAlive(StoredSecret secret, Instant now) {
    return secret.endsAt().map(now::isBefore).orElse(true);
  }

  public static void checkOverlap(Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new IllegalArgumentException(
          "an overlap is between 0 and " + LONGEST_OVERLAP + ", not " + overlap);
    }
  }

  /** An end that is still to come, cut down to milliseconds. */
  @CanIgnoreReturnValue
  public static Optional<Instant> checkEnd(Optional<Instant> end, Instant now) {
    return end.map(
        instant -> {
          if (!now.isBefore(instant)) {
            throw new IllegalArgumentException("the end " + instant + " is not after now, " + now);
          }
          Instant cut = Instant.ofEpochMilli(millis(instant));
          if (!now.isBefore(cut)) {
            throw new IllegalArgumentException("the end " + cut + " is not after now, " + now);
          }
          return cut;
        });
  }

  private static long millis(Instant instant) {
    // four digits of the year: every database keeps them, and no arithmetic overflows
    if (instant.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
      throw new IllegalArgumentException("an end is before the year 10000");
    }
    return instant.toEpochMilli();
  }

  /*
   * The new secret first. The one it replaces stays until the overlap is over, or not at all; one that
   * was on its way out already goes now.
   */
  public static List<StoredSecret> rotated(
      KeyRecord key, StoredSecret fresh, Duration overlap, Instant now) {
    if (overlap.isZero()) {
      return List.of(fresh);
    }
    StoredSecret old = key.secrets().get(0);
    return List.of(fresh, new StoredSecret(old.digest(), Optional.of(now.plus(overlap))));
  }
}
