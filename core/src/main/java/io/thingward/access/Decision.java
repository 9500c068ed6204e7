package io.thingward.access;

import io.thingward.model.DeviceScope;
import io.thingward.model.RoleId;
import io.thingward.permission.Permission;
import java.util.Objects;
import java.util.Optional;

/**
 * An explained answer.
 *
 * @param allowed the answer; equals what {@code isAllowed} says
 * @param permission what was asked for
 * @param reason why
 * @param role the role that allowed it, where the reason is {@link Reason#ROLE}
 * @param scope the device scope through which it was allowed or, where the answer is no, the scope
 *     that left it out
 */
public record Decision(
    boolean allowed,
    Permission permission,
    Reason reason,
    Optional<RoleId> role,
    Optional<DeviceScope> scope) {

  /** Validates. */
  public Decision {
    Objects.requireNonNull(permission, "permission");
    Objects.requireNonNull(reason, "reason");
  }

  /** Allowed, by nothing that has an id or a scope. */
  public static Decision allow(Permission permission, Reason reason) {
    return new Decision(true, permission, reason, Optional.empty(), Optional.empty());
  }

  /** Denied. */
  public static Decision deny(Permission permission, Reason reason) {
    return new Decision(false, permission, reason, Optional.empty(), Optional.empty());
  }

  /** The same, through this role. */
  public Decision role(RoleId through) {
    return new Decision(allowed, permission, reason, Optional.of(through), scope);
  }

  /** The same, through or for want of this scope. */
  public Decision scope(DeviceScope of) {
    return new Decision(allowed, permission, reason, role, Optional.of(of));
  }

  /** One line for people: {@code allow device.view: ROLE operator on site=paris}. */
  @Override
  public String toString() {
    return (allowed ? "allow " : "deny ")
        + permission
        + ": "
        + reason
        + role.map(id -> " " + id).orElse("")
        + scope.map(s -> " on " + s).orElse("");
  }
}
