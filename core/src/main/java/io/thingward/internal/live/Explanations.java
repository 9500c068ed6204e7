package io.thingward.internal.live;

import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.internal.rights.Entitlement;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSet;
import io.thingward.model.RoleAssignment;
import io.thingward.permission.Catalog;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What in a membership allowed something that is allowed: ownership before roles, roles before
 * grants, and among equals always the same one, whatever the order of the records.
 */
final class Explanations {
  /* A role's permissions on all devices before those on assigned ones. */
  private static final Comparator<Entitlement> BY_ROLES_FIRST =
      Comparator.comparing((Entitlement given) -> given.assignment().isEmpty())
          .thenComparing(
              given -> given.assignment().map(assignment -> assignment.role().value()).orElse(""))
          .thenComparing(Explanations::scopeText)
          .thenComparing(given -> given.scope().filter(DeviceScope::isAll).isEmpty());

  private final Catalog catalog;

  Explanations(Catalog catalog) {
    this.catalog = catalog;
  }

  private static String scopeText(Entitlement given) {
    return given
        .assignment()
        .map(RoleAssignment::scope)
        .or(given::scope)
        .map(DeviceScope::toString)
        .orElse("");
  }

  Decision allowed(WorkspacePermission permission, Membership.Part part) {
    if (part.owner()) {
      return Decision.allow(permission, Reason.OWNER);
    }
    return giving(part, permission)
        .filter(given -> given.scope().isEmpty())
        .min(BY_ROLES_FIRST)
        .flatMap(Entitlement::assignment)
        .map(by -> Decision.allow(permission, Reason.ROLE).role(by.role()))
        .orElse(Decision.allow(permission, Reason.WORKSPACE_PERMISSION));
  }

  Decision allowed(DevicePermission permission, Membership.Part part, Device device) {
    if (part.owner()) {
      return Decision.allow(permission, Reason.OWNER).scope(DeviceScope.all());
    }
    Entitlement first =
        giving(part, permission)
            .filter(given -> given.scope().filter(scope -> reaches(scope, device)).isPresent())
            .min(BY_ROLES_FIRST)
            .orElseThrow(
                () -> new IllegalStateException("bug: allowed, but by no role and no grant"));
    DeviceScope scope = first.scope().orElseThrow();
    return first
        .assignment()
        .map(by -> Decision.allow(permission, Reason.ROLE).role(by.role()).scope(scope))
        .orElseGet(() -> Decision.allow(permission, Reason.GRANT).scope(scope));
  }

  private Stream<Entitlement> giving(Membership.Part part, Permission permission) {
    return part.source().stream()
        .flatMap(member -> Entitlement.of(member, part.roles()))
        .filter(given -> given.closed(catalog).contains(permission.name()));
  }

  private static boolean reaches(DeviceScope scope, Device device) {
    return DeviceSet.of(scope).matches(device.id(), device.tags());
  }
}
