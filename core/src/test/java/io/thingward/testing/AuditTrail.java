package io.thingward.testing;

import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers audit events. */
public final class AuditTrail implements AuditListener {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  private volatile RuntimeException failure;

  /** From now on every event fails like this. */
  public void fail(RuntimeException with) {
    failure = with;
  }

  @Override
  public void on(AuditEvent event) {
    if (failure != null) {
      throw failure;
    }
    events.add(event);
  }

  /** The events since the last time this was asked. */
  public List<AuditEvent> take() {
    List<AuditEvent> taken = new ArrayList<>(events);
    events.clear();
    return taken;
  }

  /** The latest event. */
  public AuditEvent last() {
    return events.get(events.size() - 1);
  }

  /** The precise reason of the latest authentication. */
  public String lastReason() {
    return events.stream()
        .filter(AuditEvent.Authentication.class::isInstance)
        .map(event -> ((AuditEvent.Authentication) event).reason())
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
