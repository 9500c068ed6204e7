package io.thingward.internal.rights;

import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.DeviceReach;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Permission;
import java.util.List;

/**
 * What a device may do: peer permissions on the devices of its access key's scope, self permissions
 * on itself in addition, and only while a device is in that scope.
 */
public final class DeviceRights implements Rights {
  private final Bits self;
  private final Bits peers;
  private final DeviceId id;
  private final DeviceFilter scope;

  private DeviceRights(Bits self, Bits peers, DeviceId id, DeviceFilter scope) {
    this.self = self;
    this.peers = peers;
    this.id = id;
    this.scope = scope;
  }

  /** The rights of a device with this id that came with a key of this scope. */
  public static DeviceRights of(
      DeviceReach reach,
      DeviceId id,
      WorkspaceId workspace,
      DeviceScope scope,
      Positions positions) {
    return new DeviceRights(
        bits(List.copyOf(reach.self()), positions),
        bits(List.copyOf(reach.peers()), positions),
        id,
        DeviceFilter.of(workspace, DeviceSet.of(scope)));
  }

  private static Bits bits(List<? extends Permission> permissions, Positions positions) {
    List<String> names = permissions.stream().map(Permission::name).toList();
    return positions.deviceBits(positions.catalog().closeDevice(names));
  }

  /** Whether a device is in the key's scope. */
  public boolean inScope(Device device) {
    return scope.test(device);
  }

  /** Whether this is a permission on the device itself only. */
  public boolean isSelfOnly(int devicePermission) {
    return self.has(devicePermission) && !peers.has(devicePermission);
  }

  @Override
  public boolean has(int workspacePermission) {
    return false;
  }

  @Override
  public boolean has(int devicePermission, Device device) {
    return scope.test(device)
        && (peers.has(devicePermission) || (self.has(devicePermission) && id.equals(device.id())));
  }

  @Override
  public DeviceSet reach(int devicePermission) {
    if (peers.has(devicePermission)) {
      return scope.set();
    }
    if (self.has(devicePermission)) {
      DeviceSelector itself = DeviceSelector.builder().id(id).build();
      return scope.set().and(DeviceSet.of(DeviceScope.of(itself)));
    }
    return DeviceSet.nothing();
  }

  @Override
  public boolean covers(int devicePermission, DeviceScope other) {
    return false; // a device manages nothing
  }

  @Override
  public boolean isUnlimited() {
    return false;
  }
}
