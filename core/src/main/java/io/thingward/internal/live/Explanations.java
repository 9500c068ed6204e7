package io.thingward.internal.live;

import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.internal.rights.Holdings;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSet;
import io.thingward.model.Grant;
import io.thingward.model.RoleAssignment;
import io.thingward.permission.Catalog;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.RoleRecord;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What in a membership allowed something that is allowed: ownership before roles, roles before
 * grants, and among equals always the same one, whatever the order of the records.
 */
final class Explanations {
  private final Catalog catalog;

  Explanations(Catalog catalog) {
    this.catalog = catalog;
  }

  Decision allowed(WorkspacePermission permission, Membership.Part part) {
    if (part.owner()) {
      return Decision.allow(permission, Reason.OWNER);
    }
    return assignments(part)
        .filter(a -> gives(role(part, a).permissions(), permission))
        .findFirst()
        .map(a -> Decision.allow(permission, Reason.ROLE).role(a.role()))
        .orElse(Decision.allow(permission, Reason.WORKSPACE_PERMISSION));
  }

  Decision allowed(DevicePermission permission, Membership.Part part, Device device) {
    if (part.owner()) {
      return Decision.allow(permission, Reason.OWNER).scope(DeviceScope.all());
    }
    return assignments(part)
        .flatMap(a -> byRole(part, a, permission, device).stream())
        .findFirst()
        .orElseGet(() -> byGrant(part, permission, device));
  }

  private Optional<Decision> byRole(
      Membership.Part part, RoleAssignment assignment, DevicePermission permission, Device device) {
    RoleRecord role = role(part, assignment);
    Decision byRole = Decision.allow(permission, Reason.ROLE).role(assignment.role());
    if (gives(role.onAllDevices(), permission)) {
      return Optional.of(byRole.scope(DeviceScope.all()));
    }
    return gives(role.onAssignedDevices(), permission) && reaches(assignment.scope(), device)
        ? Optional.of(byRole.scope(assignment.scope()))
        : Optional.empty();
  }

  private Decision byGrant(Membership.Part part, DevicePermission permission, Device device) {
    return part.source().stream()
        .flatMap(member -> member.grants().stream())
        .filter(grant -> gives(grant.permissions(), permission) && reaches(grant.scope(), device))
        .map(Grant::scope)
        .min(Comparator.comparing(DeviceScope::toString))
        .map(scope -> Decision.allow(permission, Reason.GRANT).scope(scope))
        .orElseThrow(() -> new IllegalStateException("bug: allowed, but by no role and no grant"));
  }

  private static Stream<RoleAssignment> assignments(Membership.Part part) {
    return part.source().stream()
        .flatMap(member -> member.roles().stream())
        .filter(a -> isUsable(part, a))
        .sorted(
            Comparator.comparing(RoleAssignment::role).thenComparing(a -> a.scope().toString()));
  }

  private static boolean isUsable(Membership.Part part, RoleAssignment assignment) {
    RoleRecord role = part.roles().get(assignment.role());
    return role != null
        && part.source().isPresent()
        && Holdings.isUsable(role, part.source().get().id().workspace());
  }

  private static RoleRecord role(Membership.Part part, RoleAssignment assignment) {
    return Objects.requireNonNull(part.roles().get(assignment.role()));
  }

  private boolean gives(Set<String> names, WorkspacePermission permission) {
    return catalog.closeWorkspace(names).contains(permission.name());
  }

  private boolean gives(Set<String> names, DevicePermission permission) {
    return catalog.closeDevice(names).contains(permission.name());
  }

  private static boolean reaches(DeviceScope scope, Device device) {
    return DeviceSet.of(scope).matches(device.id(), device.tags());
  }
}
