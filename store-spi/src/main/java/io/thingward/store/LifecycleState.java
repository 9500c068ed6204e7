package io.thingward.store;

/** What a principal or a workspace is good for. Only the first state admits anybody. */
public enum LifecycleState {
  /** In use. */
  ACTIVE,
  /** Denies for as long as it lasts; what hangs on it recovers with it. */
  SUSPENDED,
  /** Its deletion has begun and will be finished; admits nobody, for ever. */
  DELETING,
  /**
   * Deleted: all but id, version and time of creation is cleared, by core. The record stays, so
   * that the id is never reborn.
   */
  DELETED;

  /** Whether its deletion has begun: it will never be good for anything again. */
  public boolean isGoing() {
    return this == DELETING || this == DELETED;
  }
}
