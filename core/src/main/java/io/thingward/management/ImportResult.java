package io.thingward.management;

import java.util.List;

/**
 * What became of the records of an import. Every record is counted once.
 *
 * @param inserted how many were inserted
 * @param present how many were there already, exactly so
 * @param leftOut how many are of a kind that is not imported: sessions and last uses
 * @param refused how many were not inserted, and are not there as they should be
 * @param refusals the first of them, at most {@value #NAMED}
 */
public record ImportResult(
    long inserted, long present, long leftOut, long refused, List<RefusedRecord> refusals) {
  /** The most refusals that are named. */
  public static final int NAMED = 100;

  /** Copies. */
  public ImportResult {
    refusals = List.copyOf(refusals);
  }
}
