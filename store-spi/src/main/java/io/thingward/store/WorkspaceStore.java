package io.thingward.store;

import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.util.Optional;

/**
 * Keeps workspaces with their memberships and roles. See {@link Stores} for what binds every
 * method.
 */
public interface WorkspaceStore {
  /** S33 The workspace with this id, whatever its state. */
  Optional<WorkspaceRecord> find(WorkspaceId id);

  /** S34 Keeps a new workspace; false, and nothing changes, if one with this id exists. */
  boolean insert(WorkspaceRecord workspace);

  /**
   * S35 Replaces a workspace if its version equals {@code expected}; false, and nothing changes,
   * else.
   */
  boolean replace(WorkspaceRecord workspace, Version expected);

  /** S36 All workspaces, whatever their state. */
  Page<WorkspaceRecord> list(PageRequest page);

  /**
   * S37 The workspace, the membership, and the roles that this very membership names, each once,
   * deleted and foreign ones included, in one call. S38 Each part is as {@link #find}, {@link
   * #findMembership} and {@link #findRole} would return it during the call; a role that is left out
   * counts as absent.
   */
  MembershipView view(MembershipId id);

  /** S39 The membership with this id, also if it was removed. */
  Optional<MembershipRecord> findMembership(MembershipId id);

  /** S40 Keeps a new membership; false, and nothing changes, if one with this id exists. */
  boolean insertMembership(MembershipRecord membership);

  /**
   * S41 Replaces a membership if its version equals {@code expected}; false, and nothing changes,
   * else.
   */
  boolean replaceMembership(MembershipRecord membership, Version expected);

  /** S42 The memberships of a workspace, without removed ones. */
  Page<MembershipRecord> listMembers(WorkspaceId workspace, PageRequest page);

  /** S43 The memberships of a principal, without removed ones. */
  Page<MembershipRecord> listMemberships(PrincipalId principal, PageRequest page);

  /** S44 The role with this id, also if it was deleted. */
  Optional<RoleRecord> findRole(RoleId id);

  /** S45 Keeps a new role; false, and nothing changes, if one with this id exists. */
  boolean insertRole(RoleRecord role);

  /**
   * S46 Replaces a role if its version equals {@code expected}; false, and nothing changes, else.
   */
  boolean replaceRole(RoleRecord role, Version expected);

  /** S47 The roles of a workspace, or the shared ones if empty; without deleted ones. */
  Page<RoleRecord> listRoles(Optional<WorkspaceId> workspace, PageRequest page);

  /** The feed of workspaces, memberships and roles, if there is one; the same at every call. */
  default Optional<ChangeFeed> changes() {
    return Optional.empty();
  }
}
