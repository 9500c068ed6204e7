package io.thingward.internal.rights;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.DeviceScope;
import io.thingward.model.Restriction;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Catalog;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What somebody holds, or is about to be given, in one workspace: names of workspace permissions,
 * and names of device permissions by scope. Every source of rights (membership, role, restriction,
 * key) is first written in this form; rights are compiled from it and compared with it. Immutable.
 *
 * @param workspace names of workspace permissions
 * @param device names of device permissions, by the scope they reach
 */
public record Holdings(Set<String> workspace, Map<DeviceScope, Set<String>> device) {
  /** Nothing. */
  public static final Holdings NOTHING = new Holdings(Set.of(), Map.of());

  /** What a membership gives, its roles resolved; a role without record gives nothing. */
  public static Holdings of(MembershipRecord membership, Map<RoleId, RoleRecord> roles) {
    Builder holdings = new Builder();
    Entitlement.of(membership, roles).forEach(holdings::add);
    return holdings.build();
  }

  /** Whether a role counts in a workspace: it is not deleted, and shared or of that workspace. */
  public static boolean isUsable(RoleRecord role, WorkspaceId workspace) {
    return !role.deleted() && role.workspace().map(workspace::equals).orElse(true);
  }

  /** What a role gives wherever it is assigned to all devices: the most it can give. */
  public static Holdings of(RoleRecord role) {
    return new Builder().add(role, DeviceScope.all()).build();
  }

  /** Device permissions on one scope. */
  public static Holdings of(DeviceScope scope, Set<String> permissions) {
    Builder holdings = new Builder();
    holdings.add(scope, permissions);
    return holdings.build();
  }

  /** What a restriction leaves in a workspace. */
  public static Holdings of(Restriction restriction, WorkspaceId workspace, Catalog catalog) {
    Builder holdings = new Builder();
    for (Restriction.Row row : restriction.rows()) {
      if (row.workspace().equals(workspace)) {
        for (String name : row.permissions()) {
          if (catalog.devicePermission(name).isPresent()) {
            holdings.add(row.scope(), Set.of(name));
          } else {
            holdings.workspace.add(name);
          }
        }
      }
    }
    return holdings.build();
  }

  /** The same with everything they imply. */
  Holdings closed(Catalog catalog) {
    Builder holdings = new Builder();
    holdings.workspace.addAll(catalog.closeWorkspace(workspace));
    device.forEach((scope, names) -> holdings.add(scope, catalog.closeDevice(names)));
    return holdings.build();
  }

  /** Starts with nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Adds up. Not thread-safe. */
  public static final class Builder {
    private final Set<String> workspace = new HashSet<>();
    private final Map<DeviceScope, Set<String>> device = new HashMap<>();

    private Builder() {}

    /** Adds a workspace permission. */
    @CanIgnoreReturnValue
    public Builder add(String name) {
      workspace.add(name);
      return this;
    }

    /** Adds device permissions on a scope. */
    @CanIgnoreReturnValue
    public Builder add(DeviceScope scope, Set<String> names) {
      if (!names.isEmpty() && !scope.isNone()) {
        device.computeIfAbsent(scope, s -> new HashSet<>()).addAll(names);
      }
      return this;
    }

    private void add(Entitlement given) {
      given
          .scope()
          .ifPresentOrElse(
              scope -> add(scope, given.permissions()),
              () -> workspace.addAll(given.permissions()));
    }

    /** Adds what a role gives that is assigned on a scope. */
    @CanIgnoreReturnValue
    public Builder add(RoleRecord role, DeviceScope assigned) {
      workspace.addAll(role.permissions());
      add(DeviceScope.all(), role.onAllDevices());
      return add(assigned, role.onAssignedDevices());
    }

    /** The sum. */
    public Holdings build() {
      return new Holdings(workspace, device);
    }
  }
}
