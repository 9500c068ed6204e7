package io.thingward.internal.rights;

import io.thingward.model.DeviceScope;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.permission.Catalog;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a membership gives in one way: by itself, by a role assignment, or by a grant. Rights are
 * compiled from these, and explained by them.
 *
 * @param assignment the role assignment, if it is by one
 * @param scope the devices that the permissions reach; empty: they are workspace permissions
 * @param permissions names of permissions, without what they imply; perhaps none
 */
public record Entitlement(
    Optional<RoleAssignment> assignment, Optional<DeviceScope> scope, Set<String> permissions) {

  /** All that a membership gives, its roles resolved; a role without record gives nothing. */
  public static Stream<Entitlement> of(MembershipRecord membership, Map<RoleId, RoleRecord> roles) {
    Stream<Entitlement> own =
        Stream.of(new Entitlement(Optional.empty(), Optional.empty(), membership.permissions()));
    Stream<Entitlement> byRoles =
        membership.roles().stream()
            .flatMap(
                assignment ->
                    Optional.ofNullable(roles.get(assignment.role()))
                        .filter(role -> Holdings.isUsable(role, membership.id().workspace()))
                        .stream()
                        .flatMap(role -> of(assignment, role)));
    Stream<Entitlement> byGrants =
        membership.grants().stream()
            .map(
                grant ->
                    new Entitlement(
                        Optional.empty(), Optional.of(grant.scope()), grant.permissions()));
    return Stream.of(own, byRoles, byGrants).flatMap(ways -> ways);
  }

  private static Stream<Entitlement> of(RoleAssignment assignment, RoleRecord role) {
    Optional<RoleAssignment> by = Optional.of(assignment);
    return Stream.of(
        new Entitlement(by, Optional.empty(), role.permissions()),
        new Entitlement(by, Optional.of(DeviceScope.all()), role.onAllDevices()),
        new Entitlement(by, Optional.of(assignment.scope()), role.onAssignedDevices()));
  }

  /** The permissions with everything they imply. */
  public Set<String> closed(Catalog catalog) {
    return scope.isPresent()
        ? catalog.closeDevice(permissions)
        : catalog.closeWorkspace(permissions);
  }
}
