package io.thingward.internal.management;

import io.thingward.audit.AuditActor;
import io.thingward.internal.live.LiveSubject;
import java.util.Optional;

/**
 * On whose behalf a call is made: the host's, with a reason, or a subject's.
 *
 * @param subject the subject, if it is not the host
 * @param audited the same for the audit
 */
public record Actor(Optional<LiveSubject> subject, AuditActor audited) {
  /** Whether it is the host. */
  public boolean isHost() {
    return subject.isEmpty();
  }
}
