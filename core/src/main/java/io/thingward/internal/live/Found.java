package io.thingward.internal.live;

/**
 * A credential's record as it was found by the id that somebody presented, fresh by the clock, with
 * the cell that keeps it: so whoever admits it need not look for it again.
 *
 * @param <R> the record
 * @param <C> what the cell keeps: records of this kind, or of several
 */
public final class Found<R extends C, C> {
  private final R record;
  private final Cell<?, C> cell;
  private final Snapshot<C> snapshot;

  Found(R record, Cell<?, C> cell, Snapshot<C> snapshot) {
    this.record = record;
    this.cell = cell;
    this.snapshot = snapshot;
  }

  /** The record. */
  public R record() {
    return record;
  }

  Cell<?, C> cell() {
    return cell;
  }

  Snapshot<C> snapshot() {
    return snapshot;
  }
}
