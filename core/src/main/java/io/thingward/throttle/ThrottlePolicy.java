package io.thingward.throttle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/**
 * How often passwords may be guessed on one node. Counters live in memory, so several nodes
 * together allow as many guesses as each of them does, and a restart forgets; only the hard stop is
 * kept, in the user record.
 *
 * <ul>
 *   <li>A name: after {@link #failuresBeforeDelay} failures in a row each further attempt waits,
 *       twice as long each time. An attempt that has to wait is not examined at all.
 *   <li>A known source of a name (an address that a login of this user succeeded from) has a
 *       counter of its own with the same delays. So whoever floods a name from elsewhere does not
 *       lock out its owner (OWASP ASVS 5.0, 6.1.1), and a success from a known source does not
 *       shorten the delay of others.
 *   <li>{@link #hardStop}: failures in a row from wherever, until password login ends for the
 *       account.
 *   <li>A source, whatever the names: {@link #sourceFailures} at once, then one each {@link
 *       #sourceInterval}. A success gives back only its own attempt: an attacker may have an
 *       account too.
 * </ul>
 *
 * <p>A source is a text, compared as it is. A host that is reached by IPv6 gives the /64 prefix,
 * since one customer has all addresses of it; a host behind a proxy gives the address that the
 * proxy saw.
 *
 * <p>Immutable. The defaults follow NIST SP 800-63B-4, section 3.2.2 (at most 100 consecutive
 * failures) and the OWASP Authentication Cheat Sheet (the counter belongs to the account, not to
 * the address); where they give no number it is ours.
 *
 * @param failuresBeforeDelay failures in a row that cost no delay, at least 1 and fewer than {@code
 *     hardStop}; 5
 * @param firstDelay the delay after that many failures, 1 ms to 24 h; 1 s
 * @param maximumDelay where doubling ends, {@code firstDelay} to 24 h; 15 min
 * @param hardStop 10 to 100; 100, the most that NIST allows
 * @param knownSources how many sources are remembered of an account, the latest ones; 0 to 16; 4
 * @param sourceFailures failures at once from one source, {@code failuresBeforeDelay} to 100,000;
 *     100
 * @param sourceInterval then one failure each, 1 ms to 1 h; 10 s
 * @param trackedAccounts 1,000 to 10,000,000; 100,000. Of each kind at most so many are remembered:
 *     names with few failures, names with delays, accounts with known sources. Should be no less
 *     than the password hashes that the node can do in {@code maximumDelay}: then guessing many
 *     names in turn, so that each is forgotten before its next turn, is no faster than waiting.
 *     Takes about 0.8 kB each where all is full
 * @param trackedSources 1,000 to 10,000,000; 100,000. About 0.1 kB each
 */
public record ThrottlePolicy(
    int failuresBeforeDelay,
    Duration firstDelay,
    Duration maximumDelay,
    int hardStop,
    int knownSources,
    int sourceFailures,
    Duration sourceInterval,
    int trackedAccounts,
    int trackedSources) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST_DELAY = Duration.ofHours(24);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
  private static final int FEWEST_TRACKED = 1_000;
  private static final int MOST_TRACKED = 10_000_000;

  /** Validates the ranges. */
  public ThrottlePolicy {
    range("hardStop", hardStop, 10, 100);
    range("failuresBeforeDelay", failuresBeforeDelay, 1, hardStop - 1);
    range("firstDelay", firstDelay, SHORTEST, LONGEST_DELAY);
    range("maximumDelay", maximumDelay, firstDelay, LONGEST_DELAY);
    range("knownSources", knownSources, 0, 16);
    range("sourceFailures", sourceFailures, failuresBeforeDelay, 100_000);
    range("sourceInterval", sourceInterval, SHORTEST, LONGEST_INTERVAL);
    range("trackedAccounts", trackedAccounts, FEWEST_TRACKED, MOST_TRACKED);
    range("trackedSources", trackedSources, FEWEST_TRACKED, MOST_TRACKED);
  }

  /** The documented defaults. */
  public static ThrottlePolicy ofDefaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this policy. */
  public Builder toBuilder() {
    return new Builder()
        .failuresBeforeDelay(failuresBeforeDelay)
        .firstDelay(firstDelay)
        .maximumDelay(maximumDelay)
        .hardStop(hardStop)
        .knownSources(knownSources)
        .sourceFailures(sourceFailures)
        .sourceInterval(sourceInterval)
        .trackedAccounts(trackedAccounts)
        .trackedSources(trackedSources);
  }

  /**
   * How long the next attempt waits after this many failures in a row, counted from the last one.
   */
  public Duration delayAfter(int failures) {
    int doublings = failures - failuresBeforeDelay;
    if (doublings < 0) {
      return Duration.ZERO;
    }
    long first = firstDelay.toNanos();
    long maximum = maximumDelay.toNanos();
    boolean wouldOverflow = doublings >= Long.numberOfLeadingZeros(first);
    return wouldOverflow ? maximumDelay : Duration.ofNanos(Math.min(first << doublings, maximum));
  }

  private static <T extends Comparable<T>> void range(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it must be " + least + " to " + most);
    }
  }

  /** Makes a policy. Setting a thing again overwrites it. Not thread-safe. */
  public static final class Builder {
    private int failuresBeforeDelay = 5;
    private Duration firstDelay = Duration.ofSeconds(1);
    private Duration maximumDelay = Duration.ofMinutes(15);
    private int hardStop = 100;
    private int knownSources = 4;
    private int sourceFailures = 100;
    private Duration sourceInterval = Duration.ofSeconds(10);
    private int trackedAccounts = 100_000;
    private int trackedSources = 100_000;

    private Builder() {}

    /** Failures in a row that cost no delay. */
    @CanIgnoreReturnValue
    public Builder failuresBeforeDelay(int failures) {
      failuresBeforeDelay = failures;
      return this;
    }

    /** The first delay. */
    @CanIgnoreReturnValue
    public Builder firstDelay(Duration delay) {
      firstDelay = delay;
      return this;
    }

    /** Where doubling ends. */
    @CanIgnoreReturnValue
    public Builder maximumDelay(Duration delay) {
      maximumDelay = delay;
      return this;
    }

    /** Failures in a row until password login ends. */
    @CanIgnoreReturnValue
    public Builder hardStop(int failures) {
      hardStop = failures;
      return this;
    }

    /** How many sources are remembered of an account; 0 if none is ever treated better. */
    @CanIgnoreReturnValue
    public Builder knownSources(int sources) {
      knownSources = sources;
      return this;
    }

    /** Failures at once from one source. */
    @CanIgnoreReturnValue
    public Builder sourceFailures(int failures) {
      sourceFailures = failures;
      return this;
    }

    /** The time after which a source has one failure more. */
    @CanIgnoreReturnValue
    public Builder sourceInterval(Duration interval) {
      sourceInterval = interval;
      return this;
    }

    /** How many accounts are remembered, of each kind. */
    @CanIgnoreReturnValue
    public Builder trackedAccounts(int accounts) {
      trackedAccounts = accounts;
      return this;
    }

    /** How many sources are remembered. */
    @CanIgnoreReturnValue
    public Builder trackedSources(int sources) {
      trackedSources = sources;
      return this;
    }

    /** The policy; {@link IllegalArgumentException} if a value is out of its range. */
    public ThrottlePolicy build() {
      return new ThrottlePolicy(
          failuresBeforeDelay,
          firstDelay,
          maximumDelay,
          hardStop,
          knownSources,
          sourceFailures,
          sourceInterval,
          trackedAccounts,
          trackedSources);
    }
  }
}
