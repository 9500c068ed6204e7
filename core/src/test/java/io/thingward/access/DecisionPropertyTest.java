package io.thingward.access;

import static io.thingward.testing.Platform.BILLING;
import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.TagEntry;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.RoleRecord;
import io.thingward.testing.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random memberships, roles, restrictions and fleets, decided by the library and by an oracle that
 * reads the rules of the model word for word and indexes nothing.
 */
class DecisionPropertyTest {
  private static final List<DevicePermission> DEVICE = List.of(VIEW, RECORD, EDIT);
  private static final List<WorkspacePermission> WORKSPACE = List.of(RULES, BILLING);
  private static final Map<String, Set<String>> IMPLIES =
      Map.of(
          "device.view", Set.of("device.view"),
          "device.record", Set.of("device.record", "device.view"),
          "device.edit", Set.of("device.edit", "device.view"),
          "workspace.rules", Set.of("workspace.rules"),
          "workspace.billing", Set.of("workspace.billing", "workspace.rules"));
  private static final List<String> TEXTS =
      List.of("a", "b", "paris", "*", "a,b", "\"", "=", "\uD83D\uDE00", "%", "null");

  /* What decides in one case, drawn from a seed. */
  private static final class World {
    final Random random;
    final Set<String> permissions;
    final List<RoleRecord> roles = new ArrayList<>();
    final Set<RoleAssignment> assignments = new HashSet<>();
    final List<Grant> grants = new ArrayList<>();
    final boolean owner;
    Optional<NewApiKey.Row[]> restriction = Optional.empty();
    final List<Device> devices = new ArrayList<>();

    World(long seed, WorkspaceId workspace, Platform platform) {
      random = new Random(seed);
      owner = random.nextInt(8) == 0;
      permissions = names(WORKSPACE);
      for (int i = random.nextInt(3); i > 0; i--) {
        RoleRecord role =
            RoleRecord.builder(
                    RoleId.of("role" + seed + "-" + i), platform.version(), platform.time.instant())
                .workspace(random.nextBoolean() ? Optional.of(workspace) : Optional.empty())
                .name("role")
                .permissions(names(WORKSPACE))
                .onAllDevices(random.nextInt(3) == 0 ? names(DEVICE) : Set.of())
                .onAssignedDevices(names(DEVICE))
                .build();
        roles.add(role);
        assignments.add(new RoleAssignment(role.id(), scope(true)));
        assignments.add(new RoleAssignment(role.id(), scope(true)));
      }
      Set<DeviceScope> used = new HashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        DeviceScope scope = scope(false);
        Set<String> names = names(DEVICE);
        if (!names.isEmpty() && used.add(scope)) {
          grants.add(new Grant(scope, names));
        }
      }
      if (random.nextInt(3) == 0) {
        NewApiKey.Row[] rows = new NewApiKey.Row[random.nextInt(3)];
        for (int i = 0; i < rows.length; i++) {
          rows[i] =
              new NewApiKey.Row(
                  random.nextInt(4) == 0 ? WorkspaceId.of("elsewhere") : workspace,
                  scope(true),
                  Stream.concat(WORKSPACE.stream(), DEVICE.stream())
                      .filter(p -> random.nextBoolean())
                      .map(Permission.class::cast)
                      .collect(Collectors.toSet()));
        }
        restriction = Optional.of(rows);
      }
      for (int i = 0; i < 12; i++) {
        Device device = Device.of(workspace, i < TEXTS.size() ? TEXTS.get(i) : "d" + i);
        for (int tags = random.nextInt(5); tags > 0; tags--) {
          device = device.tagged(text(), text());
        }
        devices.add(device);
      }
    }

    private String text() {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Set<String> names(List<? extends Permission> of) {
      return of.stream()
          .filter(p -> random.nextInt(3) == 0)
          .map(Permission::name)
          .collect(Collectors.toSet());
    }

    private DeviceScope scope(boolean mayBeNone) {
      int kind = random.nextInt(10);
      if (kind == 0) {
        return DeviceScope.all();
      }
      if (kind == 1 && mayBeNone) {
        return DeviceScope.none();
      }
      DeviceSelector.Builder selector = DeviceSelector.builder();
      for (int terms = 1 + random.nextInt(3); terms > 0; terms--) {
        switch (random.nextInt(4)) {
          case 0 -> selector.id(Device.of(WorkspaceId.of("w"), text()).id());
          case 1 -> selector.tag(TagEntry.of(text(), text()));
          case 2 -> selector.tag(TagEntry.anyValue(text()));
          default -> selector.tag(TagEntry.anyKey(text()));
        }
      }
      return DeviceScope.of(selector.build());
    }

    // --- the oracle ---

    boolean mayOn(Device device, DevicePermission permission) {
      return heldOn(device, permission)
          && leaves(
              row -> closed(row).contains(permission.name()) && reaches(row.scope(), device),
              device.workspace());
    }

    private boolean heldOn(Device device, DevicePermission permission) {
      Predicate<Set<String>> gives =
          names -> names.stream().anyMatch(name -> IMPLIES.get(name).contains(permission.name()));
      return owner
          || grants.stream()
              .anyMatch(g -> gives.test(g.permissions()) && reaches(g.scope(), device))
          || assignments.stream()
              .anyMatch(
                  a ->
                      roles.stream()
                          .filter(r -> r.id().equals(a.role()))
                          .anyMatch(
                              r ->
                                  gives.test(r.onAllDevices())
                                      || (gives.test(r.onAssignedDevices())
                                          && reaches(a.scope(), device))));
    }

    boolean mayIn(WorkspaceId workspace, WorkspacePermission permission) {
      Predicate<Set<String>> gives =
          names -> names.stream().anyMatch(name -> IMPLIES.get(name).contains(permission.name()));
      boolean held =
          owner
              || gives.test(permissions)
              || assignments.stream()
                  .anyMatch(
                      a ->
                          roles.stream()
                              .anyMatch(
                                  r -> r.id().equals(a.role()) && gives.test(r.permissions())));
      return held && leaves(row -> closed(row).contains(permission.name()), workspace);
    }

    private boolean leaves(Predicate<NewApiKey.Row> row, WorkspaceId workspace) {
      return restriction.isEmpty()
          || Stream.of(restriction.get())
              .anyMatch(r -> r.workspace().equals(workspace) && row.test(r));
    }

    private static Set<String> closed(NewApiKey.Row row) {
      return row.permissions().stream()
          .flatMap(p -> IMPLIES.get(p.name()).stream())
          .collect(Collectors.toSet());
    }

    private static boolean reaches(DeviceScope scope, Device device) {
      return scope.isAll()
          || scope.selector().map(s -> s.matches(device.id(), device.tags())).orElse(false);
    }
  }

  @Test
  @DisplayName(
      "R25 decide, isAllowed, filter, batch and listing agree with the rules on every device")
  void everyQuestion_agreesWithOracle() {
    try (Platform platform = new Platform()) {
      PrincipalId root = platform.user("root");
      qt().withExamples(1_500)
          .forAll(longs().all())
          .checkAssert(seed -> check(platform, root, seed));
    }
  }

  private int cases;

  private void check(Platform platform, PrincipalId root, long seed) {
    int number = cases++;
    PrincipalId member = platform.user("member" + number);
    WorkspaceId workspace = platform.workspace("workspace" + number, root);
    World world = new World(seed, workspace, platform);
    world.roles.stream()
        .filter(role -> platform.memory.workspaces().findRole(role.id()).isEmpty())
        .forEach(role -> assertThat(platform.memory.workspaces().insertRole(role)).isTrue());
    platform.member(
        workspace,
        member,
        world.permissions,
        world.assignments,
        world.grants.toArray(new Grant[0]));
    if (world.owner) {
      platform.host.workspaces().addOwner(workspace, member);
    }
    NewApiKey key = new NewApiKey("key", Optional.empty(), world.restriction.map(List::of));
    Subject subject = platform.by(member, key);

    for (WorkspacePermission permission : WORKSPACE) {
      boolean expected = world.mayIn(workspace, permission);
      assertThat(subject.isAllowed(permission, workspace)).isEqualTo(expected);
      assertThat(subject.decide(permission, workspace).allowed()).isEqualTo(expected);
      assertThat(subject.permissions(workspace).contains(permission)).isEqualTo(expected);
    }
    for (DevicePermission permission : DEVICE) {
      DeviceFilter filter = subject.devices(permission, workspace);
      List<Device> allowed = subject.allowed(permission, world.devices);
      assertThat(subject.decideAll(permission, world.devices))
          .isEqualTo(world.devices.stream().map(d -> subject.decide(permission, d)).toList());
      for (Device device : world.devices) {
        boolean expected = world.mayOn(device, permission);
        Decision decision = subject.decide(permission, device);
        assertThat(decision.allowed()).as("%s on %s", decision, device).isEqualTo(expected);
        assertThat(subject.isAllowed(permission, device)).isEqualTo(expected);
        assertThat(filter.test(device)).isEqualTo(expected);
        assertThat(filter.set().matches(device.id(), device.tags())).isEqualTo(expected);
        assertThat(allowed.contains(device)).isEqualTo(expected);
        assertThat(subject.permissions(device).contains(permission)).isEqualTo(expected);
        if (expected) { // A33: nothing is allowed without a source that has a name
          assertThat(decision.reason()).isIn(Reason.OWNER, Reason.ROLE, Reason.GRANT);
          assertThat(decision.scope()).isPresent();
        } else {
          assertThat(decision.reason()).isIn(Reason.NOT_GRANTED, Reason.RESTRICTED);
        }
      }
    }
  }
}
