package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.WorkspaceRecords;
import io.thingward.internal.rights.Holdings;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Catalog;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The roles of one workspace, or those that all workspaces share, which are the host's alone. A
 * change takes effect at once for everybody the role is assigned to.
 *
 * <p>Nobody puts more into a role than the presented credential holds, where a device permission
 * counts as held on <em>all</em> devices, also one that will reach the assigned ones only; and
 * nobody changes or deletes a role that has more than that.
 *
 * <p>Each method throws {@link NotPermittedException}, {@link NotFoundException}, {@link
 * ConflictException}, {@link LimitException} or {@link io.thingward.error.UnavailableException} as
 * their classes say, and changes nothing then. Thread-safe.
 */
public final class Roles {
  private final Gate gate;
  private final Room room;
  private final Optional<WorkspaceId> workspace;

  private Roles(Gate gate, Optional<WorkspaceId> workspace) {
    this.gate = gate;
    this.room = gate.room();
    this.workspace = workspace;
  }

  static Roles of(Gate gate, WorkspaceId workspace) {
    return new Roles(gate, Optional.of(Objects.requireNonNull(workspace, "workspace")));
  }

  static Roles shared(Gate gate) {
    return new Roles(gate, Optional.empty());
  }

  /** Creates a role with these permissions and a generated id. */
  @CanIgnoreReturnValue
  public Role create(String name, RoleChanges permissions) {
    return create(Optional.empty(), name, permissions);
  }

  /**
   * Creates a role with an id of the host's choice; {@link ConflictException} if the id was ever
   * used, also by another workspace. For the host.
   */
  @CanIgnoreReturnValue
  public Role create(RoleId id, String name, RoleChanges permissions) {
    return create(Optional.of(id), name, permissions);
  }

  private Role create(Optional<RoleId> chosen, String name, RoleChanges permissions) {
    Names.check(name);
    Objects.requireNonNull(permissions, "permissions");
    return call(
        Operation.ROLE_CREATE,
        Operation.SHARED_ROLE_CREATE,
        call -> {
          if (chosen.isPresent() && !call.isHost()) {
            throw new NotPermittedException("choosing the id of a role is for the host alone");
          }
          requireToGive(call, permissions);
          workspace.ifPresent(new WorkspaceRecords(room)::require);
          RoleId id = chosen.orElseGet(() -> RoleId.of(room.entropy().recordId()));
          RoleRecord record =
              edited(
                  RoleRecord.builder(id, room.entropy().first(), room.time().now())
                      .workspace(workspace)
                      .name(name)
                      .build(),
                  permissions);
          call.about("role", id);
          if (!room.records().roles().insert(record)) {
            throw new ConflictException("the role id " + id + " is taken");
          }
          call.target("role", id, record.version());
          note(call, permissions);
          return Role.of(record);
        });
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public Role rename(RoleId id, String name) {
    Names.check(name);
    return call(
        Operation.ROLE_CHANGE,
        Operation.SHARED_ROLE_CHANGE,
        call -> Role.of(update(call, id, role -> role.toBuilder().name(name).build())));
  }

  /** Changes the permissions. */
  @CanIgnoreReturnValue
  public Role change(RoleId id, RoleChanges changes) {
    return call(
        Operation.ROLE_CHANGE,
        Operation.SHARED_ROLE_CHANGE,
        call -> {
          requireToGive(call, changes);
          RoleRecord changed = update(call, id, role -> edited(role, changes));
          note(call, changes);
          return Role.of(changed);
        });
  }

  /**
   * Deletes a role. Whoever it is assigned to loses what it gave at once; the assignments stay and
   * give nothing, and the id is never used again.
   */
  public void delete(RoleId id) {
    boolean done =
        call(
            Operation.ROLE_DELETE,
            Operation.SHARED_ROLE_DELETE,
            call -> update(call, id, Deletion::tombstone).deleted());
    assert done;
  }

  /** The role with this id; in a workspace also a shared one, for it can be assigned there. */
  public Role get(RoleId id) {
    Objects.requireNonNull(id, "id");
    return call(
        Operation.ROLE_READ,
        Operation.SHARED_ROLE_READ,
        call ->
            room.records()
                .roles()
                .read(id)
                .filter(role -> isOurs(role) || isShared(role))
                .map(Role::of)
                .orElseThrow(() -> noRole(id)));
  }

  /** The roles of the workspace, without shared ones; or the shared ones. A page at a time. */
  public Page<Role> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return call(
        Operation.ROLE_READ,
        Operation.SHARED_ROLE_READ,
        call -> room.records().listings().roles(workspace, page).map(Role::of));
  }

  /** The shared roles, which can be assigned in every workspace. A page at a time. */
  public Page<Role> listShared(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return call(
        Operation.ROLE_READ,
        Operation.SHARED_ROLE_READ,
        call -> room.records().listings().roles(Optional.empty(), page).map(Role::of));
  }

  private <T> T call(Operation inWorkspace, Operation ofShared, Function<Call, T> effect) {
    return workspace.isPresent()
        ? gate.in(workspace.get(), inWorkspace, effect)
        : gate.asHost(ofShared, effect);
  }

  private void requireToGive(Call call, RoleChanges changes) {
    Catalog catalog = room.positions().catalog();
    Holdings.Builder given = Holdings.builder();
    for (RoleChanges.Change change : changes.changes()) {
      if (change.gives()) {
        String name = change.permission();
        boolean ofWorkspace = change.reach() == RoleChanges.Reach.WORKSPACE;
        boolean declared =
            ofWorkspace
                ? catalog.workspacePermission(name).isPresent()
                : catalog.devicePermission(name).isPresent();
        Memberships.requireDeclared(declared, name);
        if (ofWorkspace) {
          given.add(name);
        } else {
          given.add(DeviceScope.all(), Set.of(name));
        }
      }
    }
    call.requireToGive(given.build());
  }

  private RoleRecord update(Call call, RoleId id, UnaryOperator<RoleRecord> change) {
    Objects.requireNonNull(id, "id");
    call.about("role", id);
    RoleRecord changed =
        room.records()
            .roles()
            .update(
                id,
                role -> {
                  if (!isOurs(role)) {
                    throw noRole(id);
                  }
                  call.requireOver(Holdings.of(role));
                  return change.apply(role);
                })
            .orElseThrow(() -> noRole(id));
    call.target("role", id, changed.version());
    return changed;
  }

  private static RoleRecord edited(RoleRecord role, RoleChanges changes) {
    return role.toBuilder()
        .permissions(edited(role.permissions(), changes, RoleChanges.Reach.WORKSPACE))
        .onAllDevices(edited(role.onAllDevices(), changes, RoleChanges.Reach.ALL_DEVICES))
        .onAssignedDevices(
            edited(role.onAssignedDevices(), changes, RoleChanges.Reach.ASSIGNED_DEVICES))
        .build();
  }

  private static Set<String> edited(
      Set<String> names, RoleChanges changes, RoleChanges.Reach reach) {
    Set<String> edited = new HashSet<>(names);
    for (RoleChanges.Change change : changes.changes()) {
      if (change.reach() == reach) {
        boolean changed =
            change.gives() ? edited.add(change.permission()) : edited.remove(change.permission());
        assert changed || edited.contains(change.permission()) == change.gives();
      }
    }
    if (edited.size() > Limits.PERMISSIONS) {
      throw new LimitException(
          edited.size() + " permissions of one kind in a role, the limit is " + Limits.PERMISSIONS);
    }
    return edited;
  }

  private static void note(Call call, RoleChanges changes) {
    if (!changes.changes().isEmpty()) {
      call.detail("changes", Memberships.text(changes.changes()));
    }
  }

  private boolean isOurs(RoleRecord role) {
    return !role.deleted() && role.workspace().equals(workspace);
  }

  private static boolean isShared(RoleRecord role) {
    return !role.deleted() && role.workspace().isEmpty();
  }

  /* The one answer for roles that do not exist and those of others. */
  private static NotFoundException noRole(RoleId id) {
    return new NotFoundException("no role " + id);
  }
}
