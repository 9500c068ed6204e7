package io.thingward.management;

import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An API user: a machine identity of one workspace, which acts through its API keys only, with what
 * was given to it.
 *
 * @param id its id
 * @param workspace its one workspace
 * @param name what people call it
 * @param state active, suspended, or being deleted
 * @param created when it was created
 * @param endsAt from when on it is as if suspended, if ever
 * @param permissions names of workspace permissions, also such as the catalog lacks
 * @param roles role assignments, also of roles that are gone and give nothing
 * @param grants device grants, at most one per scope
 */
public record ApiUser(
    PrincipalId id,
    WorkspaceId workspace,
    String name,
    LifecycleState state,
    Instant created,
    Optional<Instant> endsAt,
    Set<String> permissions,
    Set<RoleAssignment> roles,
    Set<Grant> grants) {
  /** Copies. */
  public ApiUser {
    permissions = Set.copyOf(permissions);
    roles = Set.copyOf(roles);
    grants = Set.copyOf(grants);
  }

  static ApiUser of(
      ApiUserRecord record, WorkspaceId workspace, Optional<MembershipRecord> membership) {
    return new ApiUser(
        record.id(),
        workspace,
        record.name(),
        record.state(),
        record.created(),
        record.endsAt(),
        membership.map(MembershipRecord::permissions).orElse(Set.of()),
        membership.map(MembershipRecord::roles).orElse(Set.of()),
        membership.map(MembershipRecord::grants).orElse(Set.of()));
  }
}
