package io.thingward.internal.audit;

import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.audit.AuditListener;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners, by the kinds they want. Thread-safe. */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final Map<AuditKind, List<AuditListener>> listeners = new EnumMap<>(AuditKind.class);

  /** Asks every listener what it wants. */
  public Audit(List<AuditListener> all) {
    for (AuditKind kind : AuditKind.values()) {
      listeners.put(kind, all.stream().filter(listener -> listener.wants(kind)).toList());
    }
  }

  /** Emits an event, which is made only if somebody wants its kind. */
  public void emit(AuditKind kind, Supplier<? extends AuditEvent> event) {
    List<AuditListener> interested = listeners.getOrDefault(kind, List.of());
    if (interested.isEmpty()) {
      return;
    }
    AuditEvent made = event.get();
    for (AuditListener listener : interested) {
      try {
        listener.on(made);
      } catch (RuntimeException thrown) {
        LOG.warn("an audit listener threw on {}", kind, thrown);
      }
    }
  }
}
