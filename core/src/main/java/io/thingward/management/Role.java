package io.thingward.management;

import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.RoleRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A role: named permissions, to be assigned to members and API users.
 *
 * @param id its id
 * @param workspace the workspace whose role it is; empty for one that all workspaces share
 * @param name what people call it
 * @param created when it was created
 * @param permissions names of workspace permissions, also such as the catalog lacks
 * @param onAllDevices names of device permissions that reach every device of the workspace
 * @param onAssignedDevices names of device permissions that reach the scope of each assignment
 */
public record Role(
    RoleId id,
    Optional<WorkspaceId> workspace,
    String name,
    Instant created,
    Set<String> permissions,
    Set<String> onAllDevices,
    Set<String> onAssignedDevices) {
  /** Copies. */
  public Role {
    permissions = Set.copyOf(permissions);
    onAllDevices = Set.copyOf(onAllDevices);
    onAssignedDevices = Set.copyOf(onAssignedDevices);
  }

  static Role of(RoleRecord record) {
    return new Role(
        record.id(),
        record.workspace(),
        record.name(),
        record.created(),
        record.permissions(),
        record.onAllDevices(),
        record.onAssignedDevices());
  }
}
