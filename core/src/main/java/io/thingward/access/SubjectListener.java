package io.thingward.access;

/**
 * Is told what happens to a watched subject. Designed for implementation. Called off the thread
 * that made the change, one call at a time per watch; several changes may come as one call, and one
 * change as two. What it throws is logged.
 */
@FunctionalInterface
public interface SubjectListener {
  /** Something happened. */
  void on(Subject subject, SubjectEvent event);
}
