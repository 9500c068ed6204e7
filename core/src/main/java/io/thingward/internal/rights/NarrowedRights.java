package io.thingward.internal.rights;

import io.thingward.access.Device;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSet;

/**
 * What counts is what both hold.
 *
 * @param held what the principal holds
 * @param restriction what its API key leaves of it
 */
public record NarrowedRights(HeldRights held, HeldRights restriction) implements Rights {
  @Override
  public boolean has(int workspacePermission) {
    return held.has(workspacePermission) && restriction.has(workspacePermission);
  }

  @Override
  public boolean has(int devicePermission, Device device) {
    return held.has(devicePermission, device) && restriction.has(devicePermission, device);
  }

  @Override
  public DeviceSet reach(int devicePermission) {
    return held.reach(devicePermission).and(restriction.reach(devicePermission));
  }

  @Override
  public boolean covers(int devicePermission, DeviceScope scope) {
    return held.covers(devicePermission, scope) && restriction.covers(devicePermission, scope);
  }

  @Override
  public boolean isUnlimited() {
    return false;
  }
}
