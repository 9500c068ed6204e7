package io.thingward.store.testkit;

import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Workspace stores with one flaw each. */
final class BrokenWorkspaceStores {
  private BrokenWorkspaceStores() {}

  static List<Broken<WorkspaceStore>> all() {
    List<Broken<WorkspaceStore>> all = new ArrayList<>();
    all.addAll(views());
    all.addAll(listings());
    all.addAll(records());
    return all;
  }

  private static Broken<WorkspaceStore> broken(
      String flaw, int rule, UnaryOperator<WorkspaceStore> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  private interface Viewing {
    MembershipView view(WorkspaceStore store, MembershipView right);
  }

  private static Broken<WorkspaceStore> viewing(String flaw, int rule, Viewing viewing) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfWorkspaces(store) {
              @Override
              public MembershipView view(MembershipId id) {
                return viewing.view(to, super.view(id));
              }
            });
  }

  private static MembershipView with(MembershipView view, List<RoleRecord> roles) {
    return new MembershipView(view.workspace(), view.membership(), roles);
  }

  private static List<Broken<WorkspaceStore>> views() {
    return List.of(
        viewing("a view leaves out all roles", 37, (store, view) -> with(view, List.of())),
        viewing(
            "a view leaves out deleted roles",
            37,
            (store, view) ->
                with(view, view.roles().stream().filter(role -> !role.deleted()).toList())),
        viewing(
            "a view leaves out shared roles",
            37,
            (store, view) ->
                with(
                    view,
                    view.roles().stream()
                        .filter(role -> role.deleted() || role.workspace().isPresent())
                        .toList())),
        viewing(
            "a view leaves out roles of another workspace",
            37,
            (store, view) ->
                with(
                    view,
                    view.roles().stream()
                        .filter(role -> !role.workspace().equals(Optional.of(Samples.BETA)))
                        .toList())),
        viewing(
            "a view has a role once for each assignment",
            37,
            (store, view) ->
                with(
                    view,
                    view.membership().stream()
                        .flatMap(membership -> membership.roles().stream())
                        .flatMap(assignment -> store.findRole(assignment.role()).stream())
                        .toList())),
        viewing(
            "a view has every role of the workspace",
            37,
            (store, view) ->
                with(
                    view,
                    Pages.all(page -> store.listRoles(Optional.of(Samples.ACME), page), 1_000))),
        viewing(
            "a view has at most a hundred roles",
            37,
            (store, view) -> with(view, view.roles().stream().limit(100).toList())),
        viewing(
            "a view is empty without a membership",
            37,
            (store, view) ->
                view.membership().isPresent()
                    ? view
                    : new MembershipView(Optional.empty(), Optional.empty(), List.of())),
        viewing(
            "a view is empty without a workspace",
            37,
            (store, view) ->
                view.workspace().isPresent()
                    ? view
                    : new MembershipView(Optional.empty(), Optional.empty(), List.of())),
        broken(
            "a view has roles as they were",
            38,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private final Map<RoleId, RoleRecord> seen = new ConcurrentHashMap<>();

                  @Override
                  public MembershipView view(MembershipId id) {
                    MembershipView view = super.view(id);
                    return with(
                        view,
                        view.roles().stream()
                            .map(role -> seen.computeIfAbsent(role.id(), at -> role))
                            .toList());
                  }
                }),
        broken(
            "a view has the workspace as it was",
            38,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private final Map<WorkspaceId, WorkspaceRecord> seen = new ConcurrentHashMap<>();

                  @Override
                  public MembershipView view(MembershipId id) {
                    MembershipView view = super.view(id);
                    return new MembershipView(
                        view.workspace().map(at -> seen.computeIfAbsent(at.id(), it -> at)),
                        view.membership(),
                        view.roles());
                  }
                }),
        broken(
            "a view reads the membership twice",
            38,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public MembershipView view(MembershipId id) {
                    List<RoleRecord> roles = super.view(id).roles();
                    Broken.dawdle();
                    return new MembershipView(find(id.workspace()), findMembership(id), roles);
                  }
                }));
  }

  private static List<Broken<WorkspaceStore>> listings() {
    return List.of(
        broken(
            "deleted roles are listed as shared ones",
            47,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private final List<RoleRecord> deleted = new ArrayList<>();

                  @Override
                  public synchronized boolean replaceRole(RoleRecord role, Version expected) {
                    boolean done = super.replaceRole(role, expected);
                    if (done && role.deleted()) {
                      deleted.add(role);
                    }
                    return done;
                  }

                  @Override
                  public synchronized Page<RoleRecord> listRoles(
                      Optional<WorkspaceId> workspace, PageRequest page) {
                    Page<RoleRecord> found = super.listRoles(workspace, page);
                    return workspace.isEmpty() && found.items().isEmpty() && !deleted.isEmpty()
                        ? Broken.page(deleted.subList(0, 1), found.next())
                        : found;
                  }
                }),
        broken(
            "a workspace's listing has the shared roles, too",
            16,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Page<RoleRecord> listRoles(
                      Optional<WorkspaceId> workspace, PageRequest page) {
                    Page<RoleRecord> found = super.listRoles(workspace, page);
                    return found.items().isEmpty()
                        ? super.listRoles(Optional.empty(), page)
                        : found;
                  }
                }),
        broken(
            "removed members are listed",
            42,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private final List<MembershipRecord> removed = new ArrayList<>();

                  @Override
                  public boolean replaceMembership(MembershipRecord record, Version expected) {
                    boolean done = super.replaceMembership(record, expected);
                    if (done && record.removed()) {
                      removed.add(record);
                    }
                    return done;
                  }

                  @Override
                  public Page<MembershipRecord> listMembers(
                      WorkspaceId workspace, PageRequest page) {
                    Page<MembershipRecord> found = super.listMembers(workspace, page);
                    return found.next().isEmpty() && page.limit() == 1 && removed.size() == 1
                        ? Broken.page(removed, found.next())
                        : found;
                  }
                }),
        broken(
            "who was removed is never listed again",
            43,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private final Set<MembershipId> removed = ConcurrentHashMap.newKeySet();

                  @Override
                  public boolean replaceMembership(MembershipRecord record, Version expected) {
                    if (record.removed()) {
                      removed.add(record.id());
                    }
                    return super.replaceMembership(record, expected);
                  }

                  @Override
                  public Page<MembershipRecord> listMemberships(
                      PrincipalId principal, PageRequest page) {
                    Page<MembershipRecord> found = super.listMemberships(principal, page);
                    return Broken.page(
                        found.items().stream().filter(at -> !removed.contains(at.id())).toList(),
                        found.next());
                  }
                }),
        broken(
            "suspended workspaces are not listed",
            36,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Page<WorkspaceRecord> list(PageRequest page) {
                    Page<WorkspaceRecord> found = super.list(page);
                    return Broken.page(
                        found.items().stream()
                            .filter(at -> at.state() != LifecycleState.SUSPENDED)
                            .toList(),
                        found.next());
                  }
                }),
        broken(
            "a listing drops the last, half page",
            7,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Page<WorkspaceRecord> list(PageRequest page) {
                    Page<WorkspaceRecord> found = super.list(page);
                    return page.from().isPresent() && found.items().size() < page.limit()
                        ? Broken.page(List.of(), found.next())
                        : found;
                  }
                }));
  }

  private static List<Broken<WorkspaceStore>> records() {
    return List.of(
        broken(
            "two parts of a key are joined by a colon",
            3,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private final Map<String, MembershipId> ids = new ConcurrentHashMap<>();

                  private MembershipId first(MembershipId id) {
                    return ids.computeIfAbsent(id.workspace() + ":" + id.principal(), key -> id);
                  }

                  @Override
                  public boolean insertMembership(MembershipRecord record) {
                    return first(record.id()).equals(record.id()) && super.insertMembership(record);
                  }

                  @Override
                  public Optional<MembershipRecord> findMembership(MembershipId id) {
                    return super.findMembership(first(id));
                  }
                }),
        broken(
            "a workspace that is deleted takes its members along",
            11,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Optional<MembershipRecord> findMembership(MembershipId id) {
                    boolean gone =
                        find(id.workspace())
                            .filter(at -> at.state() == LifecycleState.DELETED)
                            .isPresent();
                    return gone ? Optional.empty() : super.findMembership(id);
                  }
                }),
        broken(
            "a role needs its workspace",
            11,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean insertRole(RoleRecord role) {
                    return role.workspace().filter(id -> find(id).isEmpty()).isEmpty()
                        && super.insertRole(role);
                  }
                }),
        broken(
            "a suspended workspace is not found",
            33,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Optional<WorkspaceRecord> find(WorkspaceId id) {
                    return super.find(id).filter(at -> at.state() != LifecycleState.SUSPENDED);
                  }
                }),
        broken(
            "a workspace overwrites another",
            34,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean insert(WorkspaceRecord workspace) {
                    return super.insert(workspace)
                        || find(workspace.id())
                            .filter(kept -> super.replace(workspace, kept.version()))
                            .isPresent();
                  }
                }),
        broken(
            "a replacement of a workspace ignores the version",
            35,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean replace(WorkspaceRecord workspace, Version expected) {
                    return find(workspace.id())
                        .filter(kept -> super.replace(workspace, kept.version()))
                        .isPresent();
                  }
                }),
        broken(
            "a removed membership is not found",
            39,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Optional<MembershipRecord> findMembership(MembershipId id) {
                    return super.findMembership(id).filter(at -> !at.removed());
                  }
                }),
        broken(
            "a membership overwrites a removed one",
            40,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean insertMembership(MembershipRecord record) {
                    return super.insertMembership(record)
                        || findMembership(record.id())
                            .filter(MembershipRecord::removed)
                            .filter(kept -> super.replaceMembership(record, kept.version()))
                            .isPresent();
                  }
                }),
        broken(
            "a replacement of a membership ignores the id of the change",
            41,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean replaceMembership(MembershipRecord record, Version expected) {
                    return findMembership(record.id())
                        .map(MembershipRecord::version)
                        .filter(at -> at.sequence() == expected.sequence())
                        .filter(at -> super.replaceMembership(record, at))
                        .isPresent();
                  }
                }),
        broken(
            "a deleted role is not found",
            44,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public Optional<RoleRecord> findRole(RoleId id) {
                    return super.findRole(id).filter(at -> !at.deleted());
                  }
                }),
        broken(
            "a replacement of a role that is not there inserts it",
            46,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean replaceRole(RoleRecord role, Version expected) {
                    return super.replaceRole(role, expected) || super.insertRole(role);
                  }
                }),
        broken(
            "a tombstone makes room",
            45,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean insertRole(RoleRecord role) {
                    return super.insertRole(role)
                        || findRole(role.id())
                            .filter(RoleRecord::deleted)
                            .filter(kept -> super.replaceRole(role, kept.version()))
                            .isPresent();
                  }
                }),
        membership(
            "a membership has at most 500 grants",
            record ->
                record.toBuilder()
                    .grants(record.grants().stream().limit(500).collect(Collectors.toSet()))
                    .build()),
        membership(
            "grants are merged where scopes look alike",
            record ->
                record.toBuilder()
                    .grants(
                        Set.copyOf(
                            record.grants().stream()
                                .collect(
                                    Collectors.toMap(
                                        grant -> grant.scope().toString().toLowerCase(Locale.ROOT),
                                        grant -> grant,
                                        (Grant one, Grant other) -> one))
                                .values()))
                    .build()),
        membership(
            "a role is assigned once",
            record ->
                record.toBuilder()
                    .roles(
                        Set.copyOf(
                            record.roles().stream()
                                .collect(
                                    Collectors.toMap(
                                        RoleAssignment::role,
                                        role -> role,
                                        (RoleAssignment one, RoleAssignment other) -> one))
                                .values()))
                    .build()),
        broken(
            "names of permissions are folded",
            4,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  @Override
                  public boolean insertRole(RoleRecord role) {
                    return super.insertRole(
                        role.toBuilder()
                            .onAssignedDevices(
                                role.onAssignedDevices().stream()
                                    .map(name -> name.toLowerCase(Locale.ROOT))
                                    .collect(Collectors.toSet()))
                            .build());
                  }
                }),
        broken(
            "owners are written one by one",
            2,
            store ->
                new Forwarding.OfWorkspaces(store) {
                  private volatile Set<PrincipalId> owners = Set.of();

                  @Override
                  public boolean replace(WorkspaceRecord workspace, Version expected) {
                    owners = workspace.owners();
                    Broken.dawdle();
                    return super.replace(
                        workspace.owners().isEmpty()
                            ? workspace
                            : workspace.toBuilder()
                                .owners(owners.isEmpty() ? workspace.owners() : owners)
                                .build(),
                        expected);
                  }
                }));
  }

  private static Broken<WorkspaceStore> membership(
      String flaw, UnaryOperator<MembershipRecord> change) {
    return broken(
        flaw,
        4,
        store ->
            new Forwarding.OfWorkspaces(store) {
              @Override
              public boolean insertMembership(MembershipRecord record) {
                return super.insertMembership(change.apply(record));
              }
            });
  }
}
