package io.thingward.management;

import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.credential.Issued;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSet;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceStore;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random workspaces in which everybody is asked, and every device that a key lets in: the report
 * lists exactly those who are told yes.
 */
class WhoCanPropertyTest {
  private static final List<DevicePermission> DEVICE = List.of(VIEW, RECORD, EDIT);
  private static final List<String> SCOPES =
      List.of("d0", "d1", "site=a", "site=*", "*=b", "floor=b", "\"a,b\"=a", "d9");
  private static final List<String> KEYS = List.of("site", "floor", "a,b", "x");
  private static final List<String> VALUES = List.of("a", "b", "%");

  @Test
  @DisplayName(
      "R25: exactly those are listed for whom decide allows, and the keys that let one do it")
  void report_agreesWithDecide() {
    qt().withExamples(400).forAll(longs().all()).checkAssert(seed -> new World(seed).check());
  }

  /* One workspace, and all who might do something there. */
  private static final class World {
    private final Random random;
    private final Platform platform = new Platform();
    private final Management host = platform.host;
    private final WorkspaceId acme = platform.workspace("acme", platform.user("root"));
    private final List<Device> devices = new ArrayList<>();
    private final List<RoleId> roles = new ArrayList<>();
    private final Map<PrincipalId, Subject> principals = new LinkedHashMap<>();
    private final Map<CredentialId, List<Subject>> things = new LinkedHashMap<>();

    World(long seed) {
      random = new Random(seed);
    }

    void check() {
      try (platform) {
        populate();
        interfere();
        for (Device device : devices) {
          for (DevicePermission permission : DEVICE) {
            check(permission, device);
          }
        }
      }
    }

    private void check(DevicePermission permission, Device device) {
      WhoCan whoCan = host.whoCan(permission, device);
      Map<PrincipalId, AllowedPrincipal> listed =
          all(whoCan::principals).stream()
              .collect(Collectors.toMap(AllowedPrincipal::id, who -> who));
      Set<PrincipalId> expected = new HashSet<>();
      principals.forEach(
          (id, subject) -> {
            Decision decision = subject.decide(permission, device);
            if (decision.allowed()) {
              expected.add(id);
              assertThat(listed).as("who may %s on %s", permission, device).containsKey(id);
              assertThat(listed.get(id).by())
                  .anyMatch(by -> gives(by, decision))
                  .doesNotHaveDuplicates()
                  .containsExactlyInAnyOrderElementsOf(sources(id, permission, device));
            }
          });
      assertThat(listed.keySet()).as("who may %s on %s", permission, device).isEqualTo(expected);

      Set<CredentialId> keys =
          all(whoCan::accessKeys).stream()
              .map(allowed -> allowed.key().id())
              .collect(Collectors.toSet());
      Set<CredentialId> letting = new HashSet<>();
      things.forEach(
          (key, all) -> {
            if (all.stream().anyMatch(thing -> thing.isAllowed(permission, device))) {
              letting.add(key);
            }
          });
      assertThat(keys).as("keys for %s on %s", permission, device).isEqualTo(letting);
    }

    /* What gives a right, by the records as they are stored. */
    private Set<RightSource> sources(PrincipalId id, DevicePermission permission, Device device) {
      WorkspaceStore stored = platform.memory.workspaces();
      Set<RightSource> sources = new HashSet<>();
      if (stored.find(acme).orElseThrow().owners().contains(id)) {
        sources.add(RightSource.ofOwnership());
      }
      MembershipRecord member = stored.findMembership(new MembershipId(acme, id)).orElseThrow();
      for (Grant grant : member.grants()) {
        if (DeviceSet.of(grant.scope()).matches(device.id(), device.tags())) {
          implying(grant.permissions(), permission)
              .forEach(name -> sources.add(RightSource.ofGrant(grant.scope(), name)));
        }
      }
      for (RoleAssignment assigned : member.roles()) {
        RoleRecord role = stored.findRole(assigned.role()).orElseThrow();
        Optional<DeviceScope> all = Optional.of(DeviceScope.all());
        implying(role.onAllDevices(), permission)
            .forEach(name -> sources.add(of(assigned, all, name)));
        if (DeviceSet.of(assigned.scope()).matches(device.id(), device.tags())) {
          implying(role.onAssignedDevices(), permission)
              .forEach(name -> sources.add(of(assigned, Optional.of(assigned.scope()), name)));
        }
      }
      return sources;
    }

    private static RightSource of(
        RoleAssignment assigned, Optional<DeviceScope> scope, String name) {
      return RightSource.ofRole(assigned.role(), scope, Optional.of(name));
    }

    private static Stream<String> implying(Set<String> names, DevicePermission permission) {
      return names.stream()
          .filter(name -> name.equals(permission.name()) || permission.equals(VIEW));
    }

    private static boolean gives(RightSource by, Decision decision) {
      return switch (by.kind()) {
        case OWNERSHIP -> decision.reason() == Reason.OWNER;
        case ROLE ->
            decision.reason() == Reason.ROLE
                && by.role().equals(decision.role())
                && by.scope().equals(decision.scope());
        case GRANT -> decision.reason() == Reason.GRANT && by.scope().equals(decision.scope());
        case PERMISSION -> false;
      };
    }

    private <T> List<T> all(Function<PageRequest, Page<T>> list) {
      List<T> items = new ArrayList<>();
      int limit = 1 + random.nextInt(4);
      Optional<String> next = Optional.empty();
      do {
        Page<T> page = list.apply(new PageRequest(next, limit));
        items.addAll(page.items());
        next = page.next();
      } while (next.isPresent());
      assertThat(items).doesNotHaveDuplicates();
      return items;
    }

    private void populate() {
      for (int i = 0; i < 4; i++) {
        Device device = Device.of(acme, "d" + i);
        for (int tags = random.nextInt(4); tags > 0; tags--) {
          device = device.tagged(one(KEYS), one(VALUES));
        }
        devices.add(platform.fleet.put(device));
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        RoleChanges changes = role();
        roles.add(
            random.nextBoolean()
                ? host.roles(acme).create("role " + i, changes).id()
                : host.sharedRoles().create("shared " + i, changes).id());
      }
      for (int i = 0; i < 5; i++) {
        PrincipalId user = platform.user("u" + i);
        if (i > 0) { // the first is no member
          host.members(acme).add(user, rights());
        }
        if (i == 1 && random.nextBoolean()) {
          host.workspaces().addOwner(acme, user);
        }
        principals.put(user, platform.by(user));
      }
      PrincipalId root = PrincipalId.of("u-root");
      principals.put(root, platform.by(root));
      for (int i = random.nextInt(3); i > 0; i--) {
        CreatedApiUser robot =
            host.apiUsers(acme)
                .create(NewApiUser.of("robot " + i, rights()), NewApiKey.of("robot's"));
        principals.put(
            robot.apiUser().id(), platform.authenticate(robot.key().secret()).orElseThrow());
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        DeviceScope scope = random.nextInt(5) == 0 ? DeviceScope.all() : scope();
        Issued<AccessKey> key = host.accessKeys(acme).create("key " + i, scope);
        things.put(
            key.id(),
            devices.stream()
                .flatMap(device -> platform.connect(key, device).toOptional().stream())
                .toList());
      }
    }

    /* What takes rights away once all subjects are there; they are live. */
    private void interfere() {
      principals.keySet().stream()
          .filter(id -> random.nextInt(6) == 0 && id.value().startsWith("u-u"))
          .toList()
          .forEach(
              id -> {
                switch (random.nextInt(3)) {
                  case 0 -> host.users().suspend(id);
                  case 1 ->
                      host.users().setEnd(id, Optional.of(platform.time.instant().plusSeconds(60)));
                  default -> host.users().delete(id);
                }
              });
      things.keySet().stream()
          .filter(id -> random.nextInt(5) == 0)
          .forEach(id -> host.accessKeys(acme).suspend(id));
      if (!roles.isEmpty() && random.nextInt(4) == 0) {
        host.roles(acme)
            .list(PageRequest.first(10))
            .items()
            .forEach(role -> host.roles(acme).delete(role.id()));
      }
      if (random.nextInt(12) == 0) {
        host.workspaces().suspend(acme);
      }
      platform.time.pass(Duration.ofMinutes(2), platform.thingward);
    }

    private RoleChanges role() {
      RoleChanges.Builder changes = RoleChanges.builder();
      DEVICE.stream().filter(p -> random.nextInt(4) == 0).forEach(changes::allowOnAllDevices);
      DEVICE.stream().filter(p -> random.nextInt(3) == 0).forEach(changes::allowOnAssignedDevices);
      return changes.build();
    }

    private ChangeSet rights() {
      ChangeSet.Builder changes = ChangeSet.builder();
      for (int i = random.nextInt(3); i > 0; i--) {
        changes.allow(scope(), one(DEVICE));
      }
      for (int i = roles.isEmpty() ? 0 : random.nextInt(3); i > 0; i--) {
        changes.assign(one(roles), random.nextInt(4) == 0 ? DeviceScope.none() : scope());
      }
      return changes.build();
    }

    private DeviceScope scope() {
      return random.nextInt(6) == 0
          ? DeviceScope.all()
          : DeviceScope.parse(one(SCOPES) + ", " + one(SCOPES));
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
