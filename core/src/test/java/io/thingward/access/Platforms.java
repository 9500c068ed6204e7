package io.thingward.access;

import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.testing.Platform;
import java.util.ArrayList;
import java.util.List;

/** Platforms that follow one another on the same stores. */
final class Platforms {
  private Platforms() {}

  /** The next release of a platform: one permission implies more than before. */
  static Platform sharing(Platform before, DevicePermission wider) {
    List<Permission> permissions = new ArrayList<>(Platform.permissions());
    permissions.removeIf(permission -> permission.name().equals(wider.name()));
    permissions.add(wider);
    permissions.addAll(wider.implied());
    return Platform.next(before, permissions);
  }
}
