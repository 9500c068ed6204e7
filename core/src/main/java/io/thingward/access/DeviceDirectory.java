package io.thingward.access;

import io.thingward.model.DeviceId;
import io.thingward.model.WorkspaceId;
import java.util.Optional;

/**
 * The one port that a host with devices implements. Designed for implementation; called from many
 * threads at once, may block, and keeps its own deadline.
 *
 * <p>It is asked when a device authenticates, and only after the secret was verified, and again
 * while the device's subject is in use. Whatever it throws is reported as "unavailable".
 */
@FunctionalInterface
public interface DeviceDirectory {
  /**
   * The device with this id in this workspace, with its tags of this moment; empty if there is
   * none.
   */
  Optional<Device> find(WorkspaceId workspace, DeviceId id);

  /** The directory of a host without devices. */
  static DeviceDirectory empty() {
    return (workspace, id) -> Optional.empty();
  }
}
