package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Owners;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.WorkspaceRecords;
import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LifecycleState;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.WorkspaceRecord;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Workspaces and their owners. A workspace always has 1 to {@value Limits#OWNERS_PER_WORKSPACE}
 * owners: the set is part of its record, and one compare-and-set decides. Every owner is also a
 * member.
 *
 * <p>Each method throws {@link io.thingward.error.NotPermittedException}, {@link
 * NotFoundException}, {@link ConflictException} or {@link io.thingward.error.UnavailableException}
 * as their classes say, and changes nothing then. Thread-safe.
 */
public final class Workspaces {
  private final Gate gate;
  private final Room room;
  private final WorkspaceRecords workspaces;
  private final Owners owners;
  private final Principals principals;

  Workspaces(Gate gate) {
    this.gate = gate;
    this.room = gate.room();
    this.workspaces = new WorkspaceRecords(room);
    this.owners = new Owners(room);
    this.principals = new Principals(room);
  }

  /** Creates a workspace with a generated id. For the host. */
  @CanIgnoreReturnValue
  public Workspace create(String name, PrincipalId owner) {
    return create(WorkspaceId.of(room.entropy().recordId()), name, owner);
  }

  /** Creates a workspace; {@link ConflictException} if the id was ever used. For the host. */
  @CanIgnoreReturnValue
  public Workspace create(WorkspaceId id, String name, PrincipalId owner) {
    Names.check(name);
    return gate.asHost(
        Operation.WORKSPACE_CREATE,
        call -> {
          call.about("workspace", id);
          principals.requireUser(owner);
          if (room.records().workspaces().read(id).isPresent()) {
            throw takenId(id);
          }
          // first: an owner who is no member would be overlooked when the user is deleted
          boolean added = principals.ensureMember(id, owner);
          WorkspaceRecord record =
              WorkspaceRecord.builder(id, room.entropy().first(), room.time().now())
                  .name(name)
                  .owners(Set.of(owner))
                  .build();
          if (!room.records().workspaces().insert(record)) {
            if (added) {
              leaveToOther(id, owner, call);
            }
            throw takenId(id);
          }
          call.target("workspace", id, record.version());
          call.detail("owner", owner);
          principals.stillThere(owner, () -> delete(id, call));
          return Workspace.of(record);
        });
  }

  /* Somebody else created the workspace at the same moment. Who owns that one stays a member. */
  private void leaveToOther(WorkspaceId id, PrincipalId owner, Call call) {
    new Memberships(room, id)
        .remove(
            call,
            owner,
            part -> {
              if (part.owner()) {
                throw takenId(id);
              }
            });
  }

  private static ConflictException takenId(WorkspaceId id) {
    return new ConflictException("the workspace id " + id + " is taken");
  }

  /** The workspace, for whoever belongs to it. */
  public Workspace get(WorkspaceId id) {
    return gate.in(id, Operation.WORKSPACE_READ, call -> Workspace.of(workspaces.read(id)));
  }

  /** All workspaces, a page at a time. For the host; subjects have their own list. */
  public Page<Workspace> list(PageRequest page) {
    return gate.asHost(
        Operation.WORKSPACE_LIST,
        call -> {
          Page<WorkspaceRecord> found = room.records().listings().workspaces(page);
          return new Page<>(
              found.items().stream()
                  .filter(workspace -> workspace.state() != LifecycleState.DELETED)
                  .map(Workspace::of)
                  .toList(),
              found.next());
        });
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public Workspace rename(WorkspaceId id, String name) {
    Names.check(name);
    return change(Operation.WORKSPACE_RENAME, id, w -> w.toBuilder().name(name).build());
  }

  /** Suspends a workspace: nobody may do anything in it, and none of its credentials counts. */
  @CanIgnoreReturnValue
  public Workspace suspend(WorkspaceId id) {
    return change(
        Operation.WORKSPACE_SUSPEND,
        id,
        w -> w.toBuilder().state(LifecycleState.SUSPENDED).build());
  }

  /** Resumes a workspace: what it held recovers with it. */
  @CanIgnoreReturnValue
  public Workspace resume(WorkspaceId id) {
    return change(
        Operation.WORKSPACE_RESUME, id, w -> w.toBuilder().state(LifecycleState.ACTIVE).build());
  }

  /** Makes a user an owner, and a member if it is none. By an owner, or the host. */
  @CanIgnoreReturnValue
  public Workspace addOwner(WorkspaceId id, PrincipalId user) {
    return gate.in(
        id,
        Operation.OWNER_ADD,
        call -> {
          call.about("workspace", id);
          WorkspaceRecord changed = owners.add(call, id, user);
          call.detail("added", user);
          return Workspace.of(changed);
        });
  }

  /**
   * Makes an owner an ordinary member. By an owner, or the host. {@link ConflictException} for the
   * last one.
   */
  @CanIgnoreReturnValue
  public Workspace removeOwner(WorkspaceId id, PrincipalId user) {
    return gate.in(
        id,
        Operation.OWNER_REMOVE,
        call -> {
          call.about("workspace", id);
          WorkspaceRecord changed = owners.remove(id, user);
          call.target("workspace", id, changed.version());
          call.detail("removed", user);
          return Workspace.of(changed);
        });
  }

  /**
   * Hands ownership from one user to another in one write: there is no moment with neither. By an
   * owner, or the host.
   */
  @CanIgnoreReturnValue
  public Workspace handOver(WorkspaceId id, PrincipalId from, PrincipalId to) {
    return gate.in(
        id,
        Operation.OWNER_ADD,
        call -> {
          call.about("workspace", id);
          WorkspaceRecord changed = owners.replace(call, id, from, to);
          call.detail("removed", from);
          call.detail("added", to);
          return Workspace.of(changed);
        });
  }

  /**
   * Deletes a workspace with what hangs on it: access keys, API users and their keys, memberships,
   * roles. By an owner, or the host. From the first write on nobody may do anything in it; if the
   * call ends early, it can be repeated by the host.
   */
  public void delete(WorkspaceId id) {
    gate.doIn(id, Operation.WORKSPACE_DELETE, call -> delete(id, call));
  }

  private void delete(WorkspaceId id, Call call) {
    call.about("workspace", id);
    WorkspaceRecord going =
        workspaces.update(id, w -> w.toBuilder().state(LifecycleState.DELETING).build());
    call.target("workspace", id, going.version());
    new Deletion(room).contentsOf(id);
    workspaces.update(
        id, w -> w.toBuilder().state(LifecycleState.DELETED).name("").owners(Set.of()).build());
  }

  private Workspace change(
      Operation operation, WorkspaceId id, UnaryOperator<WorkspaceRecord> change) {
    return gate.in(
        id,
        operation,
        call -> {
          call.about("workspace", id);
          WorkspaceRecord changed = workspaces.update(id, change);
          call.target("workspace", id, changed.version());
          return Workspace.of(changed);
        });
  }
}
