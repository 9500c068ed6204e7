package io.thingward.internal.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.internal.live.Repository;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LifecycleState;
import io.thingward.store.WorkspaceRecord;
import java.util.function.UnaryOperator;

/** Workspaces as management finds and changes them. */
public final class WorkspaceRecords {
  private final Repository<WorkspaceId, WorkspaceRecord> workspaces;

  /** The workspaces of this room. */
  public WorkspaceRecords(Room room) {
    this.workspaces = room.records().workspaces();
  }

  /** The workspace with this id, also one whose deletion has begun. */
  @CanIgnoreReturnValue
  public WorkspaceRecord read(WorkspaceId id) {
    return workspaces
        .read(id)
        .filter(workspace -> workspace.state() != LifecycleState.DELETED)
        .orElseThrow(() -> Gate.noWorkspace(id));
  }

  /** The workspace with this id, unless its deletion has begun. */
  @CanIgnoreReturnValue
  public WorkspaceRecord require(WorkspaceId id) {
    return workspaces
        .read(id)
        .filter(workspace -> !workspace.state().isGoing())
        .orElseThrow(() -> Gate.noWorkspace(id));
  }

  /**
   * Changes a workspace; the change may run several times. One whose deletion has begun changes no
   * more, except towards its end.
   */
  @CanIgnoreReturnValue
  public WorkspaceRecord update(WorkspaceId id, UnaryOperator<WorkspaceRecord> change) {
    return workspaces
        .update(
            id,
            before -> {
              if (before.state() == LifecycleState.DELETED) {
                throw Gate.noWorkspace(id);
              }
              WorkspaceRecord after = change.apply(before);
              if (before.state().isGoing() && !after.state().isGoing()) {
                throw new ConflictException("the workspace " + id + " is being deleted");
              }
              return after;
            })
        .orElseThrow(() -> Gate.noWorkspace(id));
  }
}
