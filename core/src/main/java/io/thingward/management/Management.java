package io.thingward.management;

import io.thingward.audit.AuditActor;
import io.thingward.internal.live.LiveSubject;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import java.util.Optional;

/**
 * Everything that changes who may do what, on behalf of one actor: a subject, or the host itself.
 * Get one from {@code Thingward.as(subject)} or {@code Thingward.asHost(reason)}; it may be kept,
 * and every call is authorized anew, against the store.
 *
 * <p>A refused call throws and changes nothing; nobody can give more than the presented credential
 * holds. {@code docs/management-operations.md} has one line per operation. Thread-safe.
 */
public final class Management {
  private final Gate gate;

  private Management(Gate gate) {
    this.gate = gate;
  }

  /** For the library: management by a subject. */
  public static Management by(LiveSubject subject, Room room) {
    return new Management(new Gate(room, new Actor(Optional.of(subject), AuditActor.of(subject))));
  }

  /** For the library: management by the host. */
  public static Management byHost(AuditActor host, Room room) {
    return new Management(new Gate(room, new Actor(Optional.empty(), host)));
  }

  /** Workspaces and their owners. */
  public Workspaces workspaces() {
    return new Workspaces(gate);
  }

  /** The members of a workspace. */
  public Members members(WorkspaceId workspace) {
    return new Members(gate, workspace);
  }

  /** The API keys of a user. */
  public ApiKeys apiKeys(PrincipalId user) {
    return ApiKeys.ofUser(gate, user);
  }

  /** The API keys of an API user. */
  public ApiKeys apiKeys(WorkspaceId workspace, PrincipalId apiUser) {
    return ApiKeys.ofApiUser(gate, workspace, apiUser);
  }

  /** The access keys of a workspace. */
  public AccessKeys accessKeys(WorkspaceId workspace) {
    return new AccessKeys(gate, workspace);
  }
}
