package io.thingward.management;

import static io.thingward.testing.Platform.grant;

import io.thingward.access.Device;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.LastUse;
import io.thingward.testing.Dump;
import io.thingward.testing.FakeHasher;
import io.thingward.testing.People;
import io.thingward.testing.Platform;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/*
 * Acme, with one of everything that management manages: Ann and Olga own it, Ben manages it through a
 * key, Eve is a member, Dan is a user without a part in it, and a robot is its API user.
 */
final class ManagementWorld implements AutoCloseable {
  static final WorkspaceId ACME = WorkspaceId.of("acme");
  static final PrincipalId ANN = PrincipalId.of("u-ann");
  static final PrincipalId OLGA = PrincipalId.of("u-olga");
  static final PrincipalId BEN = PrincipalId.of("u-ben");
  static final PrincipalId EVE = PrincipalId.of("u-eve");
  static final PrincipalId DAN = PrincipalId.of("u-dan");
  static final RoleId CREW = RoleId.of("crew");
  static final RoleId GUESTS = RoleId.of("guests");
  static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");

  private static final List<WorkspacePermission> ON_WORKSPACES =
      List.of(Platform.RULES, Platform.BILLING, ManagementPermissions.MEMBERS_EDIT);
  private static final List<DevicePermission> ON_DEVICES =
      List.of(Platform.VIEW, Platform.RECORD, Platform.EDIT);

  /* Nothing runs in the background, where it could meet a fault in the place of a call. */
  private static final ScheduledThreadPoolExecutor NEVER =
      new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

  static {
    NEVER.shutdown();
  }

  final People people = new People(builder -> builder.scheduler(NEVER));
  final Platform platform = people.platform;
  final Management host = people.host;

  final PrincipalId robot;
  final Issued<AccessKey> paris;
  final Issued<ApiKey> robotKey;
  final Issued<ApiKey> eveKey;
  final Login ann;
  final Login olga;
  final Login eve;
  final Login eveElsewhere;
  final Subject ben;

  final Device t1 = device("t1", "paris");
  private final Device t2 = device("t2", "rome");
  private final Map<String, Subject> subjects = new LinkedHashMap<>();
  private final Map<String, Supplier<Authentication<Subject>>> credentials = new LinkedHashMap<>();
  private final Map<Object, String> names = new HashMap<>();
  private final Set<Object> known = new HashSet<>();

  ManagementWorld() {
    Stream.of("ann", "olga", "ben", "dan").forEach(platform::user);
    host.users().create(EVE, "eve", FakeHasher.made(1, People.PASSWORD)).close();
    host.workspaces().create(ACME, "Acme", ANN);
    host.workspaces().addOwner(ACME, OLGA);
    host.roles(ACME)
        .create(
            CREW, "Crew", RoleChanges.builder().allowOnAssignedDevices(Platform.RECORD).build());
    host.sharedRoles()
        .create(GUESTS, "Guests", RoleChanges.builder().allowOnAllDevices(Platform.VIEW).build());
    Set<String> management = new HashSet<>(Set.of(Platform.RULES.name()));
    ManagementPermissions.all().forEach(permission -> management.add(permission.name()));
    platform.member(
        ACME,
        BEN,
        management,
        Set.of(),
        grant(DeviceScope.all(), Platform.RECORD, Platform.EDIT, Platform.VIEW));
    platform.member(
        ACME,
        EVE,
        Set.of(Platform.RULES.name()),
        Set.of(new RoleAssignment(CREW, PARIS)),
        grant(DeviceScope.all(), Platform.VIEW));
    CreatedApiUser created =
        host.apiUsers(ACME)
            .create(
                NewApiUser.of(
                    "Robot",
                    ChangeSet.builder()
                        .allow(Platform.RULES)
                        .allow(PARIS, Platform.RECORD)
                        .build()),
                NewApiKey.of("robot's"));
    robot = created.apiUser().id();
    robotKey = created.key();
    paris = host.accessKeys(ACME).create("Paris", PARIS);
    eveKey = host.apiKeys(EVE).create(NewApiKey.of("eve's"));
    Issued<ApiKey> benKey = host.apiKeys(BEN).create(NewApiKey.of("ben's"));
    ben = platform.authenticate(benKey.secret()).orElseThrow();
    ann = people.session(ANN);
    olga = people.session(OLGA);
    eve = people.session(EVE);
    eveElsewhere = people.session(EVE);
    hold("ann's session", ann.session());
    hold("olga's session", olga.session());
    hold("eve's session", eve.session());
    hold("eve's other session", eveElsewhere.session());
    hold("ben's key", benKey);
    hold("eve's key", eveKey);
    hold("the robot's key", robotKey);
    names.put(robot, "robot");
    names.put(paris.id(), "paris");
    for (Device device : List.of(t1, t2)) {
      credentials.put(device.id() + " by paris", () -> platform.connect(paris, device));
    }
    subjects.put("t1 by paris", platform.connect(paris, t1).orElseThrow());
    use(eveKey.id(), robotKey.id(), paris.id());
    Instant used = platform.time.instant();
    platform.memory.sessionUses().record(Map.of(eve.session().id(), use(used)));
    refresh();
    people.settle();
  }

  private Device device(String id, String site) {
    return platform.fleet.put(Device.of(ACME, id).tagged("site", site));
  }

  private void hold(String name, Issued<?> credential) {
    names.put(credential.id(), name);
    Supplier<Authentication<Subject>> present =
        () -> people.thingward.authenticate(new BearerToken(credential.secret()), People.HOME);
    credentials.put(name, present);
    subjects.put(name, present.get().orElseThrow());
  }

  private void use(CredentialId... keys) {
    Instant used = platform.time.instant();
    for (CredentialId key : keys) {
      platform.memory.keyUses().record(Map.of(key, use(used)));
    }
  }

  private static LastUse use(Instant at) {
    return new LastUse(at, Optional.of("192.0.2.9"), Optional.empty());
  }

  /* From now on everything is read anew. */
  void refresh() {
    platform.time.pass(Duration.ofSeconds(2), people.thingward);
  }

  /* Every record. What was once there is looked for again, so that nobody has to list tombstones. */
  Set<Object> dump() {
    known.addAll(platform.stores.inserted());
    known.addAll(Dump.of(platform.memory, known));
    return Dump.of(platform.memory, known);
  }

  /* Who may what, and whose credential still lets in: to this node, as it believes now. */
  Set<String> rights() {
    Set<String> rights = new TreeSet<>();
    subjects.forEach(
        (who, subject) -> {
          if (subject.isActive()) {
            rights.add(who + " is alive");
          }
          for (WorkspacePermission permission : ON_WORKSPACES) {
            if (subject.isAllowed(permission, ACME)) {
              rights.add(who + ": " + permission.name());
            }
          }
          for (DevicePermission permission : ON_DEVICES) {
            for (Device device : List.of(t1, t2)) {
              if (subject.isAllowed(permission, device)) {
                rights.add(who + ": " + permission.name() + " on " + device.id());
              }
            }
          }
        });
    credentials.forEach(
        (who, present) -> {
          if (present.get().toOptional().isPresent()) {
            rights.add(who + " lets in");
          }
        });
    return rights;
  }

  /* A record or an answer, but for what differs from run to run: generated ids, versions, times. */
  String text(Object value, boolean withUses) {
    if (value instanceof Optional<?> optional) {
      return optional.map(present -> text(present, withUses)).orElse("-");
    } else if (value instanceof Issued<?> issued) {
      return "issued " + text(issued.value(), withUses) + (opens(issued) ? "" : ", not valid");
    } else if (value instanceof List<?> list) {
      return list.stream().map(item -> text(item, withUses)).toList().toString();
    } else if (value instanceof Collection<?> set) {
      return set.stream().map(item -> text(item, withUses)).sorted().toList().toString();
    } else if (value instanceof CredentialId) {
      return names.getOrDefault(value, "new");
    } else if (value instanceof PrincipalId id) {
      return name(id, id.value());
    } else if (value instanceof WorkspaceId id) {
      return name(id, id.value());
    } else if (value instanceof RoleId id) {
      return name(id, id.value());
    } else if (value instanceof PasswordHash hash) {
      return password(hash);
    } else if (value instanceof Instant) {
      return "then";
    } else if (value instanceof Subject subject) {
      return text(subject.credential(), withUses);
    } else if (value instanceof RuntimeException) {
      return value.toString();
    } else if (value instanceof Record) {
      return fields(value, withUses);
    }
    return value.toString();
  }

  private String name(Object id, String value) {
    return names.getOrDefault(id, value.matches("[0-9a-z]{25}") ? "new" : value);
  }

  private String password(PasswordHash hash) {
    for (String text : List.of(People.PASSWORD, People.OTHER)) {
      try (Password password = Password.of(text)) {
        if (people.hasher.verify(password, hash) == PasswordHasher.Verification.MATCH) {
          return text;
        }
      }
    }
    return "unknown password";
  }

  private boolean opens(Issued<?> issued) {
    return issued.value() instanceof AccessKey
        ? platform
            .connect(new Issued<>(issued.id(), accessKey(issued), issued.secret()), t1)
            .toOptional()
            .isPresent()
        : platform.authenticate(issued.secret()).toOptional().isPresent();
  }

  private static AccessKey accessKey(Issued<?> issued) {
    return (AccessKey) issued.value();
  }

  private String fields(Object entity, boolean withUses) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : entity.getClass().getRecordComponents()) {
      String name = component.getName();
      boolean random = Set.of("version", "epoch", "digest", "code").contains(name);
      boolean keyText = name.equals("key") && component.getType() == String.class;
      if (!random && !keyText && (withUses || !name.equals("lastUse"))) {
        fields.add(name + "=" + text(field(entity, component), withUses));
      }
    }
    return entity.getClass().getSimpleName() + fields;
  }

  private static Object field(Object entity, RecordComponent component) {
    try {
      return component.getAccessor().invoke(entity);
    } catch (ReflectiveOperationException failure) {
      throw new LinkageError(failure.getMessage(), failure);
    }
  }

  /* All records, as text. */
  List<String> texts() {
    return dump().stream().map(entry -> text(entry, true)).sorted().toList();
  }

  @Override
  public void close() {
    people.close();
  }
}
