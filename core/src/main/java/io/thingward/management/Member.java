package io.thingward.management;

import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.Username;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipRecord;
import io.thingward.store.UserRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A user in a workspace, with what was given to it there. What its roles come to is in the roles;
 * an owner holds everything, whatever is listed here.
 *
 * @param id the user
 * @param username what the user logs in with; empty once the user is deleted
 * @param state what the user is good for anywhere
 * @param created when the user first became a member
 * @param owner whether the user is an owner
 * @param permissions names of workspace permissions, also such as the catalog lacks
 * @param roles role assignments, also of roles that are gone and give nothing
 * @param grants device grants, at most one per scope
 */
public record Member(
    PrincipalId id,
    Optional<Username> username,
    LifecycleState state,
    Instant created,
    boolean owner,
    Set<String> permissions,
    Set<RoleAssignment> roles,
    Set<Grant> grants) {
  /** Copies. */
  public Member {
    permissions = Set.copyOf(permissions);
    roles = Set.copyOf(roles);
    grants = Set.copyOf(grants);
  }

  static Member of(MembershipRecord membership, Optional<UserRecord> user, boolean owner) {
    return new Member(
        membership.id().principal(),
        user.flatMap(UserRecord::username),
        user.map(UserRecord::state).orElse(LifecycleState.DELETED),
        membership.created(),
        owner,
        membership.permissions(),
        membership.roles(),
        membership.grants());
  }
}
