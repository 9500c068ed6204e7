package io.thingward.model;

import java.util.Set;

/**
 * Device permissions on a device scope. A membership has at most one per scope.
 *
 * @param scope all, or a selector; never none
 * @param permissions names of device permissions, at least one
 */
public record Grant(DeviceScope scope, Set<String> permissions) {
  /** Validates and copies. */
  public Grant {
    if (scope.isNone()) {
      throw new IllegalArgumentException("a grant on no device is no grant");
    }
    permissions = PermissionNames.copy(permissions);
    if (permissions.isEmpty()) {
      throw new IllegalArgumentException("a grant has at least one permission");
    }
  }
}
