package io.thingward.audit;

/**
 * Receives audit events, on the thread of the call that caused them, after the store acknowledged
 * and before the call returns; each at most once. Designed for implementation; thread-safe. What it
 * throws is logged and changes no outcome, so a listener that must not lose events keeps its own
 * queue.
 */
@FunctionalInterface
public interface AuditListener {
  /** Something happened. */
  void on(AuditEvent event);

  /** Whether events of a kind are wanted at all; asked once per kind, when the library is built. */
  default boolean wants(AuditKind kind) {
    return true;
  }
}
