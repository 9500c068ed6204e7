package io.thingward.model;

import static java.util.Objects.requireNonNull;

/**
 * A role in a membership: the role's <em>assigned</em> device permissions reach this scope. One
 * role may be assigned several times, once per scope.
 *
 * @param role the role, of the same workspace or shared
 * @param scope what the role's assigned permissions reach; none leaves only the rest of the role
 */
public record RoleAssignment(RoleId role, DeviceScope scope) {
  /** Validates. */
  public RoleAssignment {
    requireNonNull(role, "role");
    requireNonNull(scope, "scope");
  }
}
