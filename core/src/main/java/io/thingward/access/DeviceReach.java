package io.thingward.access;

import io.thingward.permission.DevicePermission;
import java.util.Set;

/**
 * What every authenticated device may do: some permissions on itself, some on every device of its
 * access key's scope, itself included. Whatever is not named here a device may not do.
 *
 * @param self permissions on itself
 * @param peers permissions on every device of its key's scope
 */
public record DeviceReach(Set<DevicePermission> self, Set<DevicePermission> peers) {
  /** Copies. */
  public DeviceReach {
    self = Set.copyOf(self);
    peers = Set.copyOf(peers);
  }

  /** Devices may do nothing. */
  public static DeviceReach nothing() {
    return new DeviceReach(Set.of(), Set.of());
  }

  /** Devices may do this on themselves, and so far nothing on others. */
  public static DeviceReach self(DevicePermission... permissions) {
    return new DeviceReach(Set.of(permissions), Set.of());
  }

  /** The same, and this on every device of the key's scope. */
  public DeviceReach peers(DevicePermission... permissions) {
    return new DeviceReach(self, Set.of(permissions));
  }
}
