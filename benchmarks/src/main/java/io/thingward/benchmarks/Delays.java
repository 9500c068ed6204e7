package io.thingward.benchmarks;

import java.util.List;
import java.util.Locale;

/** Delays in nanoseconds, and what is said of them. */
final class Delays {
  private final List<Long> sorted;

  Delays(List<Long> nanos) {
    sorted = nanos.stream().sorted().toList();
  }

  /** The delay that so many percent do not exceed, in milliseconds. */
  private double percentile(int percent) {
    int index = (sorted.size() * percent + 99) / 100 - 1;
    return sorted.get(Math.max(0, index)) / 1e6;
  }

  /** Median, 99th percentile and maximum, in milliseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%8.1f %8.1f %8.1f", percentile(50), percentile(99), percentile(100));
  }
}
