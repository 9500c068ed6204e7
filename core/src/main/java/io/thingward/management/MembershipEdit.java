package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.RoleAssignment;
import io.thingward.store.MembershipRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/* A membership being changed, within the limits of one. */
final class MembershipEdit {
  private final Set<String> permissions = new HashSet<>();
  private final Set<RoleAssignment> roles = new HashSet<>();
  private final Map<DeviceScope, Set<String>> grants = new HashMap<>();

  MembershipEdit(Optional<MembershipRecord> present) {
    present.ifPresent(
        membership -> {
          permissions.addAll(membership.permissions());
          roles.addAll(membership.roles());
          membership
              .grants()
              .forEach(grant -> grants.put(grant.scope(), new HashSet<>(grant.permissions())));
        });
  }

  /* Whether the change changed anything. */
  @CanIgnoreReturnValue
  boolean change(ChangeSet.Change change) {
    if (change instanceof ChangeSet.OfPermission of) {
      return of.gives() ? permissions.add(of.permission()) : permissions.remove(of.permission());
    }
    if (change instanceof ChangeSet.OfRole of) {
      RoleAssignment assignment = new RoleAssignment(of.role(), of.scope());
      return of.gives() ? roles.add(assignment) : roles.remove(assignment);
    }
    ChangeSet.OfGrant of = (ChangeSet.OfGrant) change;
    if (of.gives()) {
      return grants.computeIfAbsent(of.scope(), s -> new HashSet<>()).add(of.permission());
    }
    @Nullable Set<String> held = grants.get(of.scope());
    return held != null && held.remove(of.permission());
  }

  void check() {
    grants.values().removeIf(Set::isEmpty);
    check(permissions.size(), Limits.PERMISSIONS, "workspace permissions");
    check(roles.size(), Limits.ROLES_PER_MEMBERSHIP, "role assignments");
    check(grants.size(), Limits.GRANTS_PER_MEMBERSHIP, "grants");
    int terms =
        roles.stream().mapToInt(role -> role.scope().terms()).sum()
            + grants.keySet().stream().mapToInt(DeviceScope::terms).sum();
    check(terms, Limits.TERMS_PER_MEMBERSHIP, "selector terms");
    grants.values().forEach(names -> check(names.size(), Limits.PERMISSIONS, "permissions"));
  }

  MembershipRecord on(MembershipRecord before) {
    check();
    Set<Grant> all = new HashSet<>();
    grants.forEach((scope, names) -> all.add(new Grant(scope, names)));
    return before.toBuilder()
        .removed(false)
        .permissions(permissions)
        .roles(roles)
        .grants(all)
        .build();
  }

  private static void check(int count, int limit, String what) {
    if (count > limit) {
      throw Memberships.tooMany(count, limit, what);
    }
  }
}
