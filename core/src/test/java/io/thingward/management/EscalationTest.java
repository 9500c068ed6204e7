package io.thingward.management;

import static io.thingward.testing.Platform.BILLING;
import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.access.Device;
import io.thingward.access.Subject;
import io.thingward.error.ThingwardException;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import io.thingward.testing.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/*
 * Random actors with random rights, through whole and narrowed keys, manage each other. Rights are
 * written out as atoms: a workspace permission, or a device permission on one device of a small
 * universe in which ids and tags combine in every way. Whatever a call gave to anybody, its actor's
 * credential held before the call; whatever it took away, and whomever it touched, too.
 */
class EscalationTest {
  private static final int LONGEST = 6;
  private static final List<WorkspacePermission> WORKSPACE =
      List.of(
          RULES,
          BILLING,
          ManagementPermissions.MEMBERS_EDIT,
          ManagementPermissions.ROLES_EDIT,
          ManagementPermissions.API_USERS_EDIT,
          ManagementPermissions.ACCESS_KEYS_EDIT);
  private static final List<DevicePermission> DEVICE = List.of(VIEW, RECORD, EDIT);
  private static final List<DeviceScope> SCOPES =
      List.of(
          DeviceScope.all(),
          DeviceScope.anyOf("t1"),
          DeviceScope.anyOf("t1", "t2"),
          DeviceScope.anyOf("site=paris"),
          DeviceScope.anyOf("site=*"),
          DeviceScope.anyOf("*=paris"),
          DeviceScope.anyOf("t2", "site=rome"));
  private static final String EVERYTHING = "everything";

  private final Map<String, Integer> done = new TreeMap<>();
  private int refused;
  private int cases;

  @Test
  @DisplayName("B11, R21: no sequence of calls gives anybody what its actor did not hold")
  void sequences_neverEscalate() {
    try (Platform platform = new Platform()) {
      PrincipalId root = platform.user("root");
      Actor owner = new Actor(root, platform.by(root), Optional.empty());
      qt().withExamples(400)
          .withShrinkCycles(0) // a smaller seed is no simpler
          .forAll(longs().all())
          .checkAssert(seed -> new World(platform, owner, new Random(seed), cases++).play());
    }
    // each operation took effect now and then, or the test would prove nothing
    assertThat(done.keySet())
        .containsExactlyInAnyOrder(
            "access-key-create",
            "api-key-create",
            "api-user-change",
            "api-user-create",
            "api-user-delete",
            "leave",
            "member-add",
            "member-change",
            "member-remove",
            "owners",
            "role-change",
            "role-create",
            "role-delete");
    assertThat(refused).isPositive();
  }

  /* Somebody who acts: a principal through a key, with the rows that the key leaves. */
  private record Actor(PrincipalId id, Subject subject, Optional<List<NewApiKey.Row>> rows) {}

  private interface Act {
    /* Returns what it put into the actor's hands directly: rights behind a new key. */
    Set<String> run(Management management);
  }

  private final class World {
    private final Platform platform;
    private final WorkspaceStore store;
    private final Random random;
    private final WorkspaceId workspace;
    private final List<PrincipalId> users = new ArrayList<>();
    private final Set<PrincipalId> principals = new HashSet<>();
    private final List<RoleId> roles = new ArrayList<>();
    private final List<PrincipalId> apiUsers = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final List<Device> devices;
    private Optional<PrincipalId> touched = Optional.empty();

    World(Platform platform, Actor owner, Random random, int number) {
      this.platform = platform;
      this.store = platform.memory.workspaces();
      this.random = random;
      this.workspace = platform.workspace("w" + number, owner.id);
      this.devices = universe(workspace);
      for (int i = 0; i < 2; i++) {
        roles.add(platform.host.roles(workspace).create("r" + i, roleChanges(true).build()).id());
      }
      actors.add(owner);
      principals.add(owner.id);
      users.add(owner.id);
      for (int i = 0; i < 4; i++) {
        PrincipalId user = platform.user("u" + number + "." + i);
        users.add(user);
        principals.add(user);
        if (i < 3) {
          ChangeSet.Builder rights = ChangeSet.builder();
          WORKSPACE.stream().filter(p -> random.nextInt(3) > 0).forEach(rights::allow);
          DEVICE.stream()
              .filter(p -> random.nextInt(3) == 0)
              .forEach(p -> rights.allow(any(SCOPES), p));
          if (random.nextInt(3) == 0) {
            rights.allow(DeviceScope.all(), any(DEVICE));
          }
          if (random.nextInt(3) == 0) {
            rights.assign(any(roles), any(SCOPES));
          }
          platform.host.members(workspace).add(user, rights.build());
        }
        actors.add(new Actor(user, platform.by(user), Optional.empty()));
        NewApiKey key = NewApiKey.of("narrow");
        for (int rows = 1 + random.nextInt(2); rows > 0; rows--) {
          List<Permission> some = new ArrayList<>();
          WORKSPACE.stream().filter(p -> random.nextInt(3) > 0).forEach(some::add);
          DEVICE.stream().filter(p -> random.nextBoolean()).forEach(some::add);
          key = key.restrictedTo(workspace, any(SCOPES), some);
        }
        actors.add(new Actor(user, platform.by(user, key), key.restriction()));
      }
      if (random.nextBoolean()) {
        platform.host.workspaces().addOwner(workspace, users.get(1));
      }
      assertThat(createApiUser(platform.host)).isNotNull();
    }

    private <T> T any(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    /* Three ids, with every set of tags. */
    private static List<Device> universe(WorkspaceId workspace) {
      List<Device> devices = new ArrayList<>();
      for (String id : List.of("t1", "t2", "t3")) {
        for (int tags = 0; tags < 8; tags++) {
          Device device = Device.of(workspace, id);
          device = (tags & 1) == 0 ? device : device.tagged("site", "paris");
          device = (tags & 2) == 0 ? device : device.tagged("site", "rome");
          devices.add((tags & 4) == 0 ? device : device.tagged("home", "paris"));
        }
      }
      return devices;
    }

    void play() {
      for (int i = 1 + random.nextInt(LONGEST); i > 0; i--) {
        step(random.nextInt(5) == 0 ? actors.get(0) : any(actors));
      }
    }

    private void step(Actor actor) {
      Map<PrincipalId, Set<String>> before = rights();
      Set<String> own = through(actor);
      List<Object> records = records();
      String[] name = new String[1];
      Act act = act(name);
      Set<String> inHand;
      try {
        inHand = act.run(platform.thingward.as(actor.subject));
      } catch (ThingwardException refusal) {
        refused++;
        assertThat(records()).as("%s, refused: %s", name[0], refusal).isEqualTo(records);
        return;
      }
      done.merge(name[0], 1, Integer::sum);
      assertThat(own).as("%s put into the hands of %s", name[0], actor).containsAll(inHand);
      assertThat(own)
          .as("%s by %s touched %s", name[0], actor, touched)
          .containsAll(touched.map(before::get).orElse(Set.of()));
      Map<PrincipalId, Set<String>> after = rights();
      boolean leaves = name[0].equals("leave");
      for (PrincipalId principal : principals) {
        Set<String> had = before.getOrDefault(principal, Set.of());
        Set<String> has = after.getOrDefault(principal, Set.of());
        Set<String> gained = new HashSet<>(has);
        gained.removeAll(had);
        assertThat(own).as("%s by %s gave %s", name[0], actor, principal).containsAll(gained);
        Set<String> lost = new HashSet<>(had);
        lost.removeAll(has);
        if (!(leaves && principal.equals(actor.id))) {
          assertThat(own).as("%s by %s took from %s", name[0], actor, principal).containsAll(lost);
        }
      }
      agree(after);
    }

    /* Held subjects say what the records say. */
    private void agree(Map<PrincipalId, Set<String>> rights) {
      for (Actor actor : actors) {
        if (actor.rows.isEmpty()) {
          Set<String> held = rights.getOrDefault(actor.id, Set.of());
          for (WorkspacePermission permission : WORKSPACE) {
            assertThat(actor.subject.isAllowed(permission, workspace))
                .isEqualTo(held.contains(permission.name()));
          }
          for (Device device : devices) {
            assertThat(actor.subject.isAllowed(EDIT, device))
                .isEqualTo(held.contains(atom(EDIT, device)));
          }
        }
      }
    }

    private Act act(String[] name) {
      touched = Optional.empty();
      PrincipalId user = any(users);
      RoleId role = any(roles);
      PrincipalId apiUser = any(apiUsers);
      int kind = random.nextInt(28);
      if (kind < 5) {
        name[0] = "member-change";
        touched = Optional.of(user);
        return m -> nothing(m.members(workspace).change(user, changes()));
      } else if (kind < 8) {
        name[0] = "member-add";
        return m -> nothing(m.members(workspace).add(user, changes()));
      } else if (kind < 11) {
        name[0] = "role-change";
        return m -> nothing(m.roles(workspace).change(role, roleChanges(false).build()));
      } else if (kind < 14) {
        name[0] = "api-user-create";
        return this::createApiUser;
      }
      return switch (kind) {
        case 14 -> {
          name[0] = "role-create";
          yield m -> {
            roles.add(m.roles(workspace).create("new", roleChanges(true).build()).id());
            return Set.of();
          };
        }
        case 15 -> {
          name[0] = "role-delete";
          yield m -> {
            m.roles(workspace).delete(role);
            return Set.of();
          };
        }
        case 16 -> {
          name[0] = "access-key-create";
          DeviceScope scope = any(SCOPES);
          yield m -> {
            m.accessKeys(workspace).create("k", scope).close();
            Set<String> given = new HashSet<>();
            addAtoms(given, Set.of(RECORD.name(), VIEW.name()), scope);
            return given;
          };
        }
        case 17 -> {
          name[0] = "member-remove";
          touched = Optional.of(user);
          yield m -> {
            m.members(workspace).remove(user);
            return Set.of();
          };
        }
        case 18 -> {
          name[0] = "leave";
          yield m -> {
            m.members(workspace).leave();
            return Set.of();
          };
        }
        case 19, 20, 21 -> {
          name[0] = "owners";
          yield owners(user);
        }
        case 22, 23, 24 -> {
          name[0] = "api-user-change";
          touched = Optional.of(apiUser);
          yield m -> nothing(m.apiUsers(workspace).change(apiUser, changes()));
        }
        case 25 -> {
          name[0] = "api-user-delete";
          touched = Optional.of(apiUser);
          yield m -> {
            m.apiUsers(workspace).delete(apiUser);
            return Set.of();
          };
        }
        default -> {
          name[0] = "api-key-create";
          yield m -> {
            m.apiKeys(workspace, apiUser).create(NewApiKey.of("k")).close();
            return rights().getOrDefault(apiUser, Set.of());
          };
        }
      };
    }

    private Act owners(PrincipalId user) {
      PrincipalId from = any(users);
      return switch (random.nextInt(3)) {
        case 0 -> m -> nothing(m.workspaces().addOwner(workspace, user));
        case 1 -> m -> nothing(m.workspaces().removeOwner(workspace, user));
        default -> m -> nothing(m.workspaces().handOver(workspace, from, user));
      };
    }

    private Set<String> nothing(Object result) {
      assertThat(result).isNotNull();
      return Set.of();
    }

    private Set<String> createApiUser(Management management) {
      try (CreatedApiUser created =
          management
              .apiUsers(workspace)
              .create(NewApiUser.of("robot", changes()), NewApiKey.of("k"))) {
        PrincipalId id = created.apiUser().id();
        apiUsers.add(id);
        principals.add(id);
        actors.add(
            new Actor(
                id, platform.authenticate(created.key().secret()).orElseThrow(), Optional.empty()));
        return rights().getOrDefault(id, Set.of());
      }
    }

    private ChangeSet changes() {
      ChangeSet.Builder changes = ChangeSet.builder();
      switch (random.nextInt(3)) {
        case 0 -> changes.allow(any(WORKSPACE)).withdraw(any(SCOPES), any(DEVICE));
        case 1 -> changes.allow(any(SCOPES), any(DEVICE)).unassign(any(roles), any(SCOPES));
        default -> changes.assign(any(roles), any(SCOPES)).withdraw(any(WORKSPACE));
      }
      return changes.build();
    }

    private RoleChanges.Builder roleChanges(boolean fresh) {
      RoleChanges.Builder changes = RoleChanges.builder();
      switch (random.nextInt(3)) {
        case 0 -> changes.allow(any(WORKSPACE));
        case 1 -> changes.allowOnAllDevices(any(DEVICE));
        default -> changes.allowOnAssignedDevices(any(DEVICE));
      }
      if (!fresh && random.nextBoolean()) {
        return RoleChanges.builder()
            .withdrawOnAssignedDevices(any(DEVICE))
            .withdraw(any(WORKSPACE));
      }
      return changes;
    }

    // --- the oracle: what the records mean, written out ---

    private List<Object> records() {
      PageRequest all = PageRequest.first(1_000);
      return List.of(
          store.find(workspace).orElseThrow(),
          store.listMembers(workspace, all).items(),
          store.listRoles(Optional.of(workspace), all).items(),
          platform.memory.principals().listApiUsers(workspace, all).items(),
          platform.memory.keys().listAccessKeys(workspace, all).items());
    }

    private Map<PrincipalId, Set<String>> rights() {
      Map<PrincipalId, Set<String>> rights = new HashMap<>();
      principals.forEach(principal -> rights.put(principal, held(principal)));
      return rights;
    }

    private Set<String> held(PrincipalId principal) {
      Set<String> atoms = new HashSet<>();
      WorkspaceRecord place = store.find(workspace).orElseThrow();
      if (place.owners().contains(principal)) {
        atoms.add(EVERYTHING);
        platform.thingward.catalog().workspacePermissions().forEach(p -> atoms.add(p.name()));
        DEVICE.forEach(p -> addAtoms(atoms, Set.of(p.name()), DeviceScope.all()));
      }
      Optional<MembershipRecord> member =
          store.findMembership(new MembershipId(workspace, principal)).filter(m -> !m.removed());
      if (member.isPresent() && isAlive(principal)) {
        addWorkspaceAtoms(atoms, member.get().permissions());
        for (RoleAssignment assignment : member.get().roles()) {
          RoleRecord role = store.findRole(assignment.role()).orElseThrow();
          addWorkspaceAtoms(atoms, role.permissions());
          addAtoms(atoms, role.onAllDevices(), DeviceScope.all());
          addAtoms(atoms, role.onAssignedDevices(), assignment.scope());
        }
        for (Grant grant : member.get().grants()) {
          addAtoms(atoms, grant.permissions(), grant.scope());
        }
      }
      return atoms;
    }

    private boolean isAlive(PrincipalId principal) {
      return !(platform.memory.principals().find(principal).orElseThrow()
              instanceof ApiUserRecord apiUser)
          || apiUser.workspace().isPresent();
    }

    private Set<String> through(Actor actor) {
      Set<String> held = held(actor.id);
      actor.rows.ifPresent(
          rows -> {
            Set<String> left = new HashSet<>();
            for (NewApiKey.Row row : rows) {
              for (Permission permission : row.permissions()) {
                if (permission instanceof DevicePermission) {
                  addAtoms(left, Set.of(permission.name()), row.scope());
                } else {
                  addWorkspaceAtoms(left, Set.of(permission.name()));
                }
              }
            }
            held.retainAll(left);
          });
      return held;
    }

    private void addWorkspaceAtoms(Set<String> atoms, Set<String> names) {
      for (String name : names) {
        atoms.add(name);
        platform
            .thingward
            .catalog()
            .workspacePermission(name)
            .orElseThrow()
            .implied()
            .forEach(implied -> addWorkspaceAtoms(atoms, Set.of(implied.name())));
      }
    }

    private void addAtoms(Set<String> atoms, Set<String> names, DeviceScope scope) {
      for (String name : names) {
        DevicePermission permission =
            platform.thingward.catalog().devicePermission(name).orElseThrow();
        for (Device device : devices) {
          List<Tag> tags = device.tags();
          if (scope.isAll()
              || scope.selector().filter(s -> s.matches(device.id(), tags)).isPresent()) {
            atoms.add(atom(permission, device));
          }
        }
        permission.implied().forEach(implied -> addAtoms(atoms, Set.of(implied.name()), scope));
      }
    }

    private static String atom(DevicePermission permission, Device device) {
      return permission + " on " + device.id() + device.tags();
    }
  }
}
