package io.thingward.store.memory;

/** The one group of an index that does not group. */
enum All {
  ROWS
}
