package io.thingward.lists;

import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.Subject;
import io.thingward.credential.Issued;
import io.thingward.management.AccessKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.CreatedApiUser;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Tag;
import io.thingward.model.TagEntry;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.scenarios.Host;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A platform drawn from a seed: a catalog, two workspaces with their devices, and subjects of every
 * kind with random rights.
 */
final class Scene implements AutoCloseable {
  /*
   * So few that terms often meet tags, and each with a neighbour that something might take for it:
   * a wildcard of LIKE, of globs or of this library; a quote or an escape of SQL, of JSON, of
   * jsonpath or of arrays; another case, width, composition or length; a number; nothing, in words.
   */
  static final List<String> TEXTS =
      List.of(
          "a",
          "A",
          "a ",
          " a",
          "aa",
          "_",
          "a_",
          "%",
          "a%",
          "*",
          "-",
          "?",
          "$",
          "$.a",
          ".",
          "'",
          "' or '1'='1",
          "\"",
          "\\",
          "\\u0061",
          "a\\",
          "{a}",
          "{}",
          "[]",
          "]",
          "null",
          "NULL",
          "a,b",
          ",",
          "=",
          "a=a",
          "1",
          "01",
          "1.0",
          "true",
          ";--",
          "/*",
          "${a}",
          ":a",
          "{0}",
          "é",
          "e\u0301",
          "\uFF41",
          "ß",
          "ss",
          "ı",
          "İ",
          "\uD83D\uDE00",
          "\uD83D\uDE01",
          "\uFFFD",
          "\uE000",
          "\u00A0",
          "\u200B",
          "\u202E",
          "x".repeat(255));

  final Random random;
  final List<WorkspaceId> workspaces;
  final List<DevicePermission> permissions = new ArrayList<>();
  final Map<String, Subject> subjects = new LinkedHashMap<>();
  final boolean shared;

  private final Host host;
  private final List<String> texts;
  private final List<String> ids;

  /**
   * A scene.
   *
   * @param shared whether devices are shared between the workspaces: one id is one device, with the
   *     same tags wherever it is; else each workspace has ids and tags of its own
   */
  Scene(long seed, boolean shared) {
    this.random = new Random(seed);
    this.shared = shared;
    this.texts = neighbours(pick(1 + random.nextInt(3)));
    this.ids = pick(6 + random.nextInt(8));
    this.workspaces =
        List.of(WorkspaceId.of("w"), WorkspaceId.of(random.nextBoolean() ? "W" : "w "));
    for (int i = 0; i < 3; i++) {
      DevicePermission permission = DevicePermission.of("p" + i, "Permission " + i);
      permissions.add(permission.implying(some(permissions)));
    }
    DeviceReach reach = DeviceReach.self(some(permissions)).peers(some(permissions));
    this.host = new Host(builder -> builder.permissions(permissions).devices(reach));
    devices();
    subjects();
  }

  private List<String> pick(int count) {
    Set<String> picked = new LinkedHashSet<>();
    while (picked.size() < count) {
      picked.add(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return List.copyOf(picked);
  }

  /** Each text, and one that something might take for it. */
  private List<String> neighbours(List<String> picked) {
    Set<String> all = new LinkedHashSet<>(picked);
    for (String text : picked) {
      all.add(
          switch (random.nextInt(8)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.toLowerCase(Locale.ROOT);
            case 2 -> " " + text;
            case 3 -> text + " ";
            case 4 -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case 5 -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case 6 -> text.substring(0, text.offsetByCodePoints(0, 1)) + "%";
            default -> "_" + text;
          });
    }
    all.removeIf(text -> text.isEmpty() || text.length() > Limits.TAG_LENGTH);
    return List.copyOf(all);
  }

  private DevicePermission[] some(List<DevicePermission> of) {
    return of.stream().filter(p -> random.nextInt(3) == 0).toArray(DevicePermission[]::new);
  }

  private String text() {
    return texts.get(random.nextInt(texts.size()));
  }

  private void devices() {
    for (String id : ids) {
      List<Tag> tags = tags();
      for (WorkspaceId workspace : workspaces) {
        if (random.nextInt(5) > 0) {
          host.fleet().put(new Device(workspace, DeviceId.of(id), shared ? tags : tags()));
        }
      }
    }
  }

  private List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      tags.add(Tag.of(text(), text())); // the same one twice, too
    }
    return tags;
  }

  private DeviceScope scope() {
    int kind = random.nextInt(12);
    if (kind == 0) {
      return DeviceScope.all();
    }
    DeviceSelector.Builder selector = DeviceSelector.builder();
    int terms = 1 + random.nextInt(5);
    for (int i = 0; i < terms; i++) {
      int shape = kind <= 2 ? 0 : random.nextInt(5); // some have ids alone
      switch (shape) {
        case 0 -> selector.id(id());
        case 1, 2 -> selector.tag(TagEntry.of(text(), text()));
        case 3 -> selector.tag(TagEntry.anyValue(text()));
        default -> selector.tag(TagEntry.anyKey(text()));
      }
    }
    if (random.nextInt(6) == 0) { // more than are asked for one by one
      for (int i = 0; i < 20; i++) {
        selector.tag(TagEntry.of(text(), "none" + i)).tag(TagEntry.of("none" + i, text()));
        selector.id(DeviceId.of("none" + i));
      }
    }
    return DeviceScope.of(selector.build());
  }

  private DeviceId id() {
    return DeviceId.of(random.nextInt(4) == 0 ? text() : ids.get(random.nextInt(ids.size())));
  }

  private ChangeSet rights(RoleId role) {
    ChangeSet.Builder rights = ChangeSet.builder();
    for (int i = random.nextInt(4); i > 0; i--) {
      rights.allow(scope(), permissions.get(random.nextInt(permissions.size())));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      rights.assign(role, random.nextInt(4) == 0 ? DeviceScope.none() : scope());
    }
    return rights.build();
  }

  private Optional<List<NewApiKey.Row>> restriction() {
    List<NewApiKey.Row> rows = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Set<Permission> some = new LinkedHashSet<>(List.of(some(permissions)));
      rows.add(new NewApiKey.Row(workspaces.get(random.nextInt(workspaces.size())), scope(), some));
    }
    return Optional.of(rows);
  }

  private void subjects() {
    PrincipalId owner = host.user("owner");
    PrincipalId member = host.user("member");
    for (WorkspaceId workspace : workspaces) {
      host.workspace(workspace.value(), owner);
      RoleId role = RoleId.of("role-" + workspace);
      RoleChanges.Builder changes = RoleChanges.builder();
      for (DevicePermission permission : permissions) {
        switch (random.nextInt(6)) {
          case 0 -> changes.allowOnAllDevices(permission);
          case 1, 2 -> changes.allowOnAssignedDevices(permission);
          default -> {} // not by this role
        }
      }
      host.management().roles(workspace).create(role, "Role", changes.build());
      host.management().members(workspace).add(member, rights(role));
      try (CreatedApiUser machine =
          host.management()
              .apiUsers(workspace)
              .create(NewApiUser.of("machine", rights(role)), NewApiKey.of("key"))) {
        subjects.put("machine of " + workspace, host.call(machine.key().secret()).orElseThrow());
      }
      try (Issued<AccessKey> key = host.management().accessKeys(workspace).create("key", scope())) {
        for (Device device : devices(workspace)) {
          host.connect(device, key)
              .toOptional() // empty for a device that the key's scope does not reach
              .ifPresent(subject -> subjects.put(device + " at " + workspace, subject));
        }
      }
    }
    subjects.put("owner", host.by(owner, NewApiKey.of("key")));
    subjects.put(
        "owner, restricted", host.by(owner, new NewApiKey("key", Optional.empty(), restriction())));
    subjects.put("member", host.by(member, NewApiKey.of("key")));
    subjects.put(
        "member, restricted",
        host.by(member, new NewApiKey("key", Optional.empty(), restriction())));
  }

  /** The devices of a workspace. */
  List<Device> devices(WorkspaceId workspace) {
    return host.fleet().all().stream().filter(d -> d.workspace().equals(workspace)).toList();
  }

  @Override
  public void close() {
    host.close();
  }
}
