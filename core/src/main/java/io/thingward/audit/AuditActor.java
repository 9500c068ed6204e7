package io.thingward.audit;

import io.thingward.access.Subject;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import java.util.Optional;

/**
 * Who made a management call.
 *
 * @param hostReason why the host acted on its own behalf; empty if a subject acted
 * @param principal the acting principal, or the one the host names as the cause
 * @param credential the credential it acted through
 */
public record AuditActor(
    Optional<String> hostReason,
    Optional<PrincipalId> principal,
    Optional<CredentialId> credential) {

  /** The host itself. */
  public static AuditActor host(String reason) {
    return new AuditActor(Optional.of(reason), Optional.empty(), Optional.empty());
  }

  /** The host, on account of a subject. */
  public static AuditActor host(String reason, Subject onAccountOf) {
    return new AuditActor(
        Optional.of(reason), onAccountOf.principal(), Optional.of(onAccountOf.credential().id()));
  }

  /** A subject. */
  public static AuditActor of(Subject subject) {
    return new AuditActor(
        Optional.empty(), subject.principal(), Optional.of(subject.credential().id()));
  }
}
