package io.thingward.store.memory;

import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.util.List;
import java.util.Optional;

/** Workspaces, memberships and roles, each in a table. */
final class MemoryWorkspaceStore implements WorkspaceStore {
  private final Index<All, WorkspaceId, WorkspaceRecord> all =
      new Index<>("workspaces", workspace -> All.ROWS, WorkspaceRecord::id, WorkspaceId::of);
  private final Table<WorkspaceId, WorkspaceRecord> workspaces;

  private final Index<WorkspaceId, PrincipalId, MembershipRecord> members =
      new Index<>(
          "members",
          membership -> membership.removed() ? null : membership.id().workspace(),
          membership -> membership.id().principal(),
          PrincipalId::of);
  private final Index<PrincipalId, WorkspaceId, MembershipRecord> ofPrincipal =
      new Index<>(
          "memberships",
          membership -> membership.removed() ? null : membership.id().principal(),
          membership -> membership.id().workspace(),
          WorkspaceId::of);
  private final Table<MembershipId, MembershipRecord> memberships;

  private final Index<WorkspaceId, RoleId, RoleRecord> ofWorkspace =
      new Index<>(
          "roles",
          role -> role.deleted() ? null : role.workspace().orElse(null),
          RoleRecord::id,
          RoleId::of);
  private final Index<All, RoleId, RoleRecord> shared =
      new Index<>(
          "shared-roles",
          role -> role.deleted() || role.workspace().isPresent() ? null : All.ROWS,
          RoleRecord::id,
          RoleId::of);
  private final Table<RoleId, RoleRecord> roles;
  private final MemoryFeed feed;

  MemoryWorkspaceStore(MemoryFeed feed) {
    this.feed = feed;
    this.workspaces = new Table<>(WorkspaceRecord::id, List.of(all), feed.of(Change::of));
    this.memberships =
        new Table<>(MembershipRecord::id, List.of(members, ofPrincipal), feed.of(Change::of));
    this.roles = new Table<>(RoleRecord::id, List.of(ofWorkspace, shared), feed.of(Change::of));
  }

  @Override
  public Optional<WorkspaceRecord> find(WorkspaceId id) {
    return workspaces.find(id);
  }

  @Override
  public boolean insert(WorkspaceRecord workspace) {
    return workspaces.insert(workspace);
  }

  @Override
  public boolean replace(WorkspaceRecord workspace, Version expected) {
    return workspaces.replace(workspace, WorkspaceRecord::version, expected);
  }

  @Override
  public Page<WorkspaceRecord> list(PageRequest page) {
    return workspaces.page(all, All.ROWS, page);
  }

  @Override
  public MembershipView view(MembershipId id) {
    Optional<MembershipRecord> membership = findMembership(id);
    List<RoleRecord> named =
        membership.stream()
            .flatMap(record -> record.roles().stream().map(RoleAssignment::role).distinct())
            .flatMap(role -> findRole(role).stream())
            .toList();
    return new MembershipView(find(id.workspace()), membership, named);
  }

  @Override
  public Optional<MembershipRecord> findMembership(MembershipId id) {
    return memberships.find(id);
  }

  @Override
  public boolean insertMembership(MembershipRecord membership) {
    return memberships.insert(membership);
  }

  @Override
  public boolean replaceMembership(MembershipRecord membership, Version expected) {
    return memberships.replace(membership, MembershipRecord::version, expected);
  }

  @Override
  public Page<MembershipRecord> listMembers(WorkspaceId workspace, PageRequest page) {
    return memberships.page(members, workspace, page);
  }

  @Override
  public Page<MembershipRecord> listMemberships(PrincipalId principal, PageRequest page) {
    return memberships.page(ofPrincipal, principal, page);
  }

  @Override
  public Optional<RoleRecord> findRole(RoleId id) {
    return roles.find(id);
  }

  @Override
  public boolean insertRole(RoleRecord role) {
    return roles.insert(role);
  }

  @Override
  public boolean replaceRole(RoleRecord role, Version expected) {
    return roles.replace(role, RoleRecord::version, expected);
  }

  @Override
  public Page<RoleRecord> listRoles(Optional<WorkspaceId> workspace, PageRequest page) {
    return workspace
        .map(id -> roles.page(ofWorkspace, id, page))
        .orElseGet(() -> roles.page(shared, All.ROWS, page));
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }

  int size() {
    return workspaces.size();
  }

  int memberships() {
    return memberships.size();
  }

  int roles() {
    return roles.size();
  }
}
