package io.thingward.management;

import io.thingward.internal.rights.Entitlement;
import io.thingward.model.DeviceScope;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import java.util.Optional;

/**
 * Something that gives a right.
 *
 * @param kind what it is
 * @param role the role, for {@link Kind#ROLE}
 * @param scope the devices it reaches, where it reaches devices
 * @param permission the name it gives the right by: the permission itself, or one that implies it
 */
public record RightSource(
    Kind kind, Optional<RoleId> role, Optional<DeviceScope> scope, Optional<String> permission) {
  /** What gives a right. */
  public enum Kind {
    /** The principal is an owner, who holds everything. */
    OWNERSHIP,
    /** An assigned role. */
    ROLE,
    /** A workspace permission that implies it. */
    PERMISSION,
    /** A grant: the same one, by a permission that implies it, or another. */
    GRANT
  }

  static RightSource ofOwnership() {
    return new RightSource(Kind.OWNERSHIP, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static RightSource ofRole(RoleId role, Optional<DeviceScope> scope, Optional<String> permission) {
    return new RightSource(Kind.ROLE, Optional.of(role), scope, permission);
  }

  static RightSource ofPermission(String permission) {
    return new RightSource(
        Kind.PERMISSION, Optional.empty(), Optional.empty(), Optional.of(permission));
  }

  static RightSource ofGrant(DeviceScope scope, String permission) {
    return new RightSource(
        Kind.GRANT, Optional.empty(), Optional.of(scope), Optional.of(permission));
  }

  static RightSource of(Entitlement given, String permission) {
    return given
        .assignment()
        .map(RoleAssignment::role)
        .map(role -> ofRole(role, given.scope(), Optional.of(permission)))
        .or(() -> given.scope().map(scope -> ofGrant(scope, permission)))
        .orElseGet(() -> ofPermission(permission));
  }
}
