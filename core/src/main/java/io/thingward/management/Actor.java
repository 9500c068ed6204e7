package io.thingward.management;

import io.thingward.audit.AuditActor;
import io.thingward.internal.live.LiveSubject;
import java.util.Optional;

/*
 * On whose behalf a call is made: the host's, with a reason, or a subject's.
 */
record Actor(Optional<LiveSubject> subject, AuditActor audited) {
  boolean isHost() {
    return subject.isEmpty();
  }
}
