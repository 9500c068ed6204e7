package io.thingward.management;

import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LifecycleState;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.Set;

/**
 * A workspace.
 *
 * @param id its id
 * @param name what people call it
 * @param created when it was created
 * @param state active, suspended, or being deleted
 * @param owners its owners, 1 to 100
 */
public record Workspace(
    WorkspaceId id, String name, Instant created, LifecycleState state, Set<PrincipalId> owners) {
  static Workspace of(WorkspaceRecord record) {
    return new Workspace(
        record.id(), record.name(), record.created(), record.state(), record.owners());
  }
}
