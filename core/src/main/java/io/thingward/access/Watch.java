package io.thingward.access;

/** A running watch. Thread-safe. */
public interface Watch extends AutoCloseable {
  /** Ends the watch. A call that is under way may still arrive. May be called again. */
  @Override
  void close();
}
