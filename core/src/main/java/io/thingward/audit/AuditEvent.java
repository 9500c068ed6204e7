package io.thingward.audit;

import io.thingward.access.RequestContext;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that an audit log wants to know. Holds ids and versions, never a secret and never a
 * password hash. Texts in it come from clients: encode them for the log they go to, as {@link
 * Slf4jAuditListener} does.
 */
public sealed interface AuditEvent {
  /** When it happened, to the millisecond. */
  Instant at();

  /** What kind of event it is, for {@link AuditListener#wants}. */
  AuditKind kind();

  /**
   * An attempt to authenticate.
   *
   * @param at when
   * @param kind {@link AuditKind#AUTHENTICATED}, {@link AuditKind#REFUSED}, {@link
   *     AuditKind#DELAYED} or {@link AuditKind#UNAVAILABLE}
   * @param method what was presented: {@code password}, {@code session}, {@code api-key}, {@code
   *     access-key}, {@code activation-code}, {@code host}; {@code bearer} for a token that is
   *     neither a session's nor an API key
   * @param reason the precise reason, which the client is not told, as {@code docs/reasons.md}
   *     lists them; {@code OK} on success
   * @param credential the credential that was presented or, on a login, begun
   * @param principal the principal, once known
   * @param username the name of a login, where it is a well-formed username; what is not could be a
   *     password in the wrong field
   * @param workspace the workspace of a device, once known
   * @param device the device that was presented
   * @param context where it came from
   */
  record Authentication(
      Instant at,
      AuditKind kind,
      String method,
      String reason,
      Optional<CredentialId> credential,
      Optional<PrincipalId> principal,
      Optional<Username> username,
      Optional<WorkspaceId> workspace,
      Optional<DeviceId> device,
      RequestContext context)
      implements AuditEvent {}

  /**
   * A call of management.
   *
   * @param at when
   * @param kind {@link AuditKind#CHANGED}, {@link AuditKind#NOT_CHANGED} or {@link
   *     AuditKind#UNKNOWN}
   * @param operation the operation, as {@code docs/management-operations.md} names it
   * @param actor who made the call
   * @param workspace the workspace it was made in, if in one
   * @param targets the records that were changed: kind and id, such as {@code access-key 2u...},
   *     with the new version where there is one; where none is known to be, those it was about
   * @param details what changed, as short texts; for a call that changed nothing, why
   */
  record Change(
      Instant at,
      AuditKind kind,
      String operation,
      AuditActor actor,
      Optional<WorkspaceId> workspace,
      List<String> targets,
      Map<String, String> details)
      implements AuditEvent {
    /** Copies. */
    public Change {
      targets = List.copyOf(targets);
      details = Map.copyOf(details);
    }
  }
}
