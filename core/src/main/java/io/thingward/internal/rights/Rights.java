package io.thingward.internal.rights;

import io.thingward.access.Device;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSet;

/**
 * What a subject may do in one workspace, compiled. Three shapes: what a principal holds ({@link
 * HeldRights}), the same narrowed by a key ({@link NarrowedRights}), and what a device may do
 * ({@link DeviceRights}). A check costs the device's tags, never the number of grants. Immutable
 * and thread-safe.
 */
public sealed interface Rights permits HeldRights, NarrowedRights, DeviceRights {
  /** Whether the workspace permission at this position is held. */
  boolean has(int workspacePermission);

  /** Whether the device permission at this position is held on a device of the workspace. */
  boolean has(int devicePermission, Device device);

  /** The devices on which the device permission at this position is held. */
  DeviceSet reach(int devicePermission);

  /** Whether the device permission at this position is surely held on all of a scope; symbolic. */
  boolean covers(int devicePermission, DeviceScope scope);

  /** Whether every permission is held, on everything, also names that no catalog knows. */
  boolean isUnlimited();

  /**
   * Whether all of this could be given by whoever has these rights: each permission, and what it
   * implies, is held on at least the same scope. A name outside the catalog is covered by unlimited
   * rights only.
   */
  default boolean covers(Holdings given, Positions positions) {
    if (isUnlimited()) {
      return true;
    }
    Holdings all = given.closed(positions.catalog());
    return positions.knows(all)
        && all.workspace().stream()
            .map(name -> positions.catalog().workspacePermission(name).orElseThrow())
            .allMatch(permission -> has(positions.of(permission)))
        && all.device().entrySet().stream()
            .allMatch(
                row ->
                    row.getValue().stream()
                        .map(name -> positions.catalog().devicePermission(name).orElseThrow())
                        .allMatch(permission -> covers(positions.of(permission), row.getKey())));
  }
}
