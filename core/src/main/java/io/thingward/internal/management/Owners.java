package io.thingward.internal.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.internal.live.Records;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.MembershipId;
import io.thingward.store.WorkspaceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The owners of workspaces. They are a part of the workspace's record, so that one compare-and-set
 * decides that there is always one; each is also a member.
 */
public final class Owners {
  private final Records records;
  private final WorkspaceRecords workspaces;
  private final Principals principals;
  private final Deletion deletion;

  /** On the records of this room. */
  public Owners(Room room) {
    this.records = room.records();
    this.workspaces = new WorkspaceRecords(room);
    this.principals = new Principals(room);
    this.deletion = new Deletion(room);
  }

  /** The workspaces that a user owns, found by its memberships. */
  public List<WorkspaceRecord> of(PrincipalId user) {
    List<WorkspaceRecord> owned = new ArrayList<>();
    Deletion.each(
        page -> records.listings().memberships(user, page),
        membership ->
            records
                .workspaces()
                .read(membership.id().workspace())
                .filter(workspace -> workspace.owners().contains(user))
                .ifPresent(owned::add));
    return owned;
  }

  /** Makes a user an owner, and a member if it is none. */
  public WorkspaceRecord add(Call call, WorkspaceId id, PrincipalId user) {
    return admit(
        call,
        id,
        user,
        owners -> {
          owners.add(user);
          if (owners.size() > Limits.OWNERS_PER_WORKSPACE) {
            throw new LimitException(
                "a workspace has at most " + Limits.OWNERS_PER_WORKSPACE + " owners");
          }
        },
        () -> withdraw(id, user));
  }

  /** Puts a user in the place of an owner, in one write, and makes it a member if it is none. */
  public WorkspaceRecord replace(Call call, WorkspaceId id, PrincipalId from, PrincipalId to) {
    return admit(
        call,
        id,
        to,
        owners -> {
          requireAmong(owners, from);
          owners.remove(from);
          owners.add(to);
        },
        () -> giveBack(id, from, to));
  }

  /*
   * What the change refuses, it refuses before anything is written. The membership is looked at again
   * afterwards: it may have been removed meanwhile, and whoever removes one looks at the owners
   * afterwards.
   */
  private WorkspaceRecord admit(
      Call call,
      WorkspaceId id,
      PrincipalId user,
      Consumer<Set<PrincipalId>> change,
      Runnable takeBack) {
    principals.requireUser(user);
    WorkspaceRecord allowed = changed(workspaces.read(id), change);
    assert allowed.owners().contains(user);
    if (principals.ensureMember(id, user)) {
      call.target("member", user);
    }
    WorkspaceRecord changed = change(id, change);
    call.target("workspace", id, changed.version());
    principals.ensureMember(id, user);
    principals.stillThere(
        user,
        () -> {
          takeBack.run();
          deletion.membership(new MembershipId(id, user));
        });
    return changed;
  }

  private void giveBack(WorkspaceId id, PrincipalId from, PrincipalId to) {
    change(
        id,
        owners -> {
          if (owners.remove(to) && owners.isEmpty()) {
            owners.add(from);
          }
        });
  }

  /** Takes away an owner; {@link NotFoundException} for a user who is none. */
  public WorkspaceRecord remove(WorkspaceId id, PrincipalId user) {
    return change(
        id,
        owners -> {
          requireAmong(owners, user);
          removeUnlessLast(owners, user);
        });
  }

  /**
   * The same of a member who leaves or is removed, and may have ceased to be an owner meanwhile.
   */
  @CanIgnoreReturnValue
  public WorkspaceRecord withdraw(WorkspaceId id, PrincipalId user) {
    return change(id, owners -> removeUnlessLast(owners, user));
  }

  /**
   * Takes away an owner that is being deleted, unless it is the last one; whether it is none now.
   */
  public boolean giveUp(WorkspaceId id, PrincipalId user) {
    WorkspaceRecord after =
        change(
            id,
            owners -> {
              if (owners.size() > 1) {
                owners.remove(user);
              }
            });
    return !after.owners().contains(user);
  }

  private static void requireAmong(Set<PrincipalId> owners, PrincipalId user) {
    if (!owners.contains(user)) {
      throw new NotFoundException("no owner " + user);
    }
  }

  private static void removeUnlessLast(Set<PrincipalId> owners, PrincipalId user) {
    if (owners.remove(user) && owners.isEmpty()) {
      throw new ConflictException("a workspace keeps at least one owner");
    }
  }

  @CanIgnoreReturnValue
  private WorkspaceRecord change(WorkspaceId id, Consumer<Set<PrincipalId>> change) {
    return workspaces.update(id, workspace -> changed(workspace, change));
  }

  private static WorkspaceRecord changed(
      WorkspaceRecord workspace, Consumer<Set<PrincipalId>> change) {
    Set<PrincipalId> owners = new HashSet<>(workspace.owners());
    change.accept(owners);
    return workspace.toBuilder().owners(owners).build();
  }
}
