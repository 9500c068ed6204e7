package io.thingward.store.jdbc;

import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ChangeFeed;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Workspaces, memberships and roles, each in a table. */
final class JdbcWorkspaceStore implements WorkspaceStore {
  /* No id is empty, so no workspace is meant. */
  private static final String SHARED = "";

  private final JdbcFeed feed;
  private final Database database;
  private final Table<WorkspaceId, WorkspaceRecord> workspaces;
  private final Listing<WorkspaceRecord> all;
  private final Table<MembershipId, MembershipRecord> memberships;
  private final Listing<MembershipRecord> members;
  private final Listing<MembershipRecord> ofPrincipal;
  private final Table<RoleId, RoleRecord> roles;
  private final Listing<RoleRecord> rolesOf;
  private final String view;

  JdbcWorkspaceStore(Database database, JdbcFeed feed) {
    this.feed = feed;
    this.database = database;
    workspaces =
        new Table<>(
            database,
            feed,
            new Table.Shape<>(
                "thingward_workspace",
                List.of("id"),
                List.of(),
                id -> List.of(id.value()),
                workspace -> List.of(),
                WorkspaceRecord::id,
                Bodies::write,
                (row, prefix) -> WorkspaceId.of(row.getString(prefix + "id")),
                Bodies::readWorkspace));
    all =
        workspaces.listing(
            "workspaces",
            List.of(),
            "id",
            workspace -> workspace.id().value(),
            id -> WorkspaceId.of(id).value());
    memberships =
        new Table<>(
            database,
            feed,
            new Table.Shape<>(
                "thingward_membership",
                List.of("workspace", "principal"),
                List.of("listed", "roles"),
                id -> List.of(id.workspace().value(), id.principal().value()),
                membership -> List.of(!membership.removed(), roles(membership)),
                MembershipRecord::id,
                Bodies::write,
                (row, prefix) ->
                    new MembershipId(
                        WorkspaceId.of(row.getString(prefix + "workspace")),
                        PrincipalId.of(row.getString(prefix + "principal"))),
                Bodies::readMembership));
    members =
        memberships.listing(
            "members",
            List.of("workspace", "listed"),
            "principal",
            membership -> membership.id().principal().value(),
            id -> PrincipalId.of(id).value());
    ofPrincipal =
        memberships.listing(
            "memberships",
            List.of("principal", "listed"),
            "workspace",
            membership -> membership.id().workspace().value(),
            id -> WorkspaceId.of(id).value());
    roles =
        new Table<>(
            database,
            feed,
            new Table.Shape<>(
                "thingward_role",
                List.of("id"),
                List.of("parent"),
                id -> List.of(id.value()),
                role -> Arrays.asList(parent(role)),
                RoleRecord::id,
                Bodies::write,
                (row, prefix) -> RoleId.of(row.getString(prefix + "id")),
                Bodies::readRole));
    rolesOf =
        roles.listing(
            "roles",
            List.of("parent"),
            "id",
            role -> role.id().value(),
            id -> RoleId.of(id).value());
    view =
        "select 'workspace' as part, id, '' as workspace, '' as principal, version, change, format,"
            + " body from thingward_workspace where id = ?"
            + " union all select 'membership', '', workspace, principal, version, change, format,"
            + " body from thingward_membership where workspace = ? and principal = ?"
            + " union all select 'role', r.id, '', '', r.version, r.change, r.format, r.body"
            + " from thingward_membership m join thingward_role r on r.id = any(m.roles)"
            + " where m.workspace = ? and m.principal = ?";
  }

  private static Database.Texts roles(MembershipRecord membership) {
    return new Database.Texts(
        membership.roles().stream().map(role -> role.role().value()).distinct().sorted().toList());
  }

  private static @Nullable Object parent(RoleRecord role) {
    return role.deleted() ? null : role.workspace().map(WorkspaceId::value).orElse(SHARED);
  }

  Table<WorkspaceId, WorkspaceRecord> table() {
    return workspaces;
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
    return workspaces.replace(workspace, expected);
  }

  @Override
  public Page<WorkspaceRecord> list(PageRequest page) {
    return all.page(List.of(), page);
  }

  @Override
  public MembershipView view(MembershipId id) {
    String workspace = id.workspace().value();
    String principal = id.principal().value();
    List<Object> parts =
        database.query(
            view, List.of(workspace, workspace, principal, workspace, principal), this::part);
    List<RoleRecord> named = new ArrayList<>();
    Optional<WorkspaceRecord> place = Optional.empty();
    Optional<MembershipRecord> membership = Optional.empty();
    for (Object part : parts) {
      if (part instanceof RoleRecord role) {
        named.add(role);
      } else if (part instanceof WorkspaceRecord found) {
        place = Optional.of(found);
      } else {
        membership = Optional.of((MembershipRecord) part);
      }
    }
    return new MembershipView(place, membership, named);
  }

  private Object part(ResultSet row) throws SQLException {
    return switch (row.getString("part")) {
      case "workspace" -> workspaces.read(row);
      case "membership" -> memberships.read(row);
      default -> roles.read(row);
    };
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
    return memberships.replace(membership, expected);
  }

  @Override
  public Page<MembershipRecord> listMembers(WorkspaceId workspace, PageRequest page) {
    return members.page(List.of(workspace.value(), true), page);
  }

  @Override
  public Page<MembershipRecord> listMemberships(PrincipalId principal, PageRequest page) {
    return ofPrincipal.page(List.of(principal.value(), true), page);
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
    return roles.replace(role, expected);
  }

  @Override
  public Page<RoleRecord> listRoles(Optional<WorkspaceId> workspace, PageRequest page) {
    return rolesOf.page(List.of(workspace.map(WorkspaceId::value).orElse(SHARED)), page);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }
}
