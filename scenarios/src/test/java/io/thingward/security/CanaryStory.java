package io.thingward.security;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceDirectory;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.Slf4jAuditListener;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.credential.Issued;
import io.thingward.credential.Pepper;
import io.thingward.credential.Secret;
import io.thingward.hashing.Argon2Hasher;
import io.thingward.management.AccessKey;
import io.thingward.management.ActivationCode;
import io.thingward.management.ApiKey;
import io.thingward.management.BulkOutcome;
import io.thingward.management.ChangeSet;
import io.thingward.management.CreatedApiUser;
import io.thingward.management.Management;
import io.thingward.management.NewAccessKey;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.NewUser;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import io.thingward.permission.DevicePermission;
import io.thingward.scenarios.WallClock;
import io.thingward.store.PageRequest;
import io.thingward.store.memory.MemoryStores;
import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A story in which every kind of secret is made, used well, used badly, and closed. */
final class CanaryStory implements AutoCloseable {
  /** The name of the one secret that is never closed. */
  static final String CONTROL = "control";

  private static final DevicePermission VIEW = DevicePermission.of("view", "See the device");
  private static final RequestContext HERE = RequestContext.of("192.0.2.1", "browser");

  private final Needles needles = new Needles();
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Object> results = new ArrayList<>();
  private final MemoryStores stores = new MemoryStores();
  private final WallClock clock = new WallClock();
  private final SecureRandom random = new SecureRandom();
  private final Hasher hasher = new Hasher();
  private final Directory fleet = new Directory();
  private final Thingward thingward;
  private final Management host;
  private final Secret control;

  /* A hasher that can be made to fail. */
  private static final class Hasher implements PasswordHasher {
    private final PasswordHasher real = Argon2Hasher.recommended2026();
    private boolean broken;

    @Override
    public PasswordHash hash(Password password) {
      check();
      return real.hash(password);
    }

    @Override
    public Verification verify(Password password, PasswordHash stored) {
      check();
      return real.verify(password, stored);
    }

    private void check() {
      if (broken) {
        throw new IllegalStateException("the hasher is broken");
      }
    }
  }

  /* A directory in which every device is, unless it fails. */
  private static final class Directory implements DeviceDirectory {
    private boolean broken;

    @Override
    public Optional<Device> find(WorkspaceId workspace, DeviceId id) {
      if (broken) {
        throw new IllegalStateException("the directory is broken");
      }
      return Optional.of(Device.of(workspace, id.value()));
    }
  }

  private CanaryStory() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (' ' + random.nextInt(95)); // printable, so that it can be a needle
    }
    needles.add("pepper", chars(key));
    Pepper pepper = Pepper.copyOf("p1", key);
    Arrays.fill(key, (byte) 0);
    thingward =
        Thingward.builder()
            .permissions(VIEW)
            .devices(DeviceReach.nothing().peers(VIEW))
            .directory(fleet)
            .stores(stores)
            .clock(clock)
            .passwords(hasher)
            .peppers(pepper)
            .audit(
                events::add,
                new Slf4jAuditListener("io.thingward.audit"),
                event -> {
                  throw new IllegalStateException("a listener that does not listen");
                })
            .build();
    pepper.close();
    host = thingward.asHost("canary");
    control = Secret.copyOf(text(CONTROL, 49));
  }

  private static char[] chars(byte[] ascii) {
    char[] chars = new char[ascii.length];
    for (int i = 0; i < ascii.length; i++) {
      chars[i] = (char) ascii[i];
    }
    return chars;
  }

  /** Tells the story, closes every secret in it but one, and then the library. */
  static CanaryStory tell() {
    CanaryStory story = new CanaryStory();
    story.people();
    story.machines();
    story.devices();
    story.mistakes();
    story.listings();
    story.thingward.close();
    story.attempt(() -> story.host.workspaces().list(PageRequest.first(1)));
    return story;
  }

  Needles needles() {
    return needles;
  }

  List<AuditEvent> events() {
    return events;
  }

  List<Throwable> failures() {
    return failures;
  }

  List<Object> results() {
    return results;
  }

  MemoryStores stores() {
    return stores;
  }

  Secret control() {
    return control;
  }

  @Override
  public void close() {
    thingward.close();
    control.close();
  }

  // How secrets are handled: as characters that are wiped

  /* A random text that no username can be, noted as a needle. */
  private char[] text(String name, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) ('A' + random.nextInt(26));
    }
    text[length / 2] = '!';
    needles.add(name, text);
    return text;
  }

  private char[] password(String name) {
    return text("password " + name, 20);
  }

  private <T> T kept(T result) {
    results.add(result);
    return result;
  }

  private void attempt(Callable<?> call) {
    try {
      results.add(call.call());
    } catch (Exception failure) {
      failures.add(failure);
    }
  }

  private Authentication<Subject> present(PresentedCredential credential) {
    return kept(thingward.authenticate(credential, HERE));
  }

  private Authentication<Subject> present(Secret token) {
    return present(new BearerToken(token));
  }

  private Authentication<Login> login(String username, char[] password) {
    try (Password typed = Password.copyOf(password)) {
      return kept(thingward.login(PasswordLogin.of(username, typed), HERE));
    }
  }

  private void activate(String username, Secret code, char[] password) {
    try (Password fresh = Password.copyOf(password)) {
      attempt(() -> thingward.activate(username, code, fresh, HERE));
    }
  }

  /* Ends the use of a session: its token is noted, tried and closed. */
  private Subject use(String name, Login login) {
    needles.add("session " + name, login.session().secret());
    Subject subject = present(login.session().secret()).orElseThrow();
    login.close();
    return subject;
  }

  // The story

  private void people() {
    char[] first = password("first");
    char[] second = password("second");
    char[] third = password("third");
    char[] wrong = password("wrong");
    NewUser ann = kept(host.users().create("ann@acme.example"));
    ActivationCode code = ann.activation().orElseThrow();
    needles.add("code", code.code());
    char[] weak = {'s', 'h', 'o', 'r', 't'};
    activate("ann@acme.example", code.code(), weak);
    activate("bob@acme.example", code.code(), first);
    activate("ann@acme.example", code.code(), first);
    activate("ann@acme.example", code.code(), second);
    present(code.code());
    ann.close();
    WorkspaceId acme = host.workspaces().create(WorkspaceId.of("acme"), "Acme", ann.id()).id();
    kept(host.workspaces().get(acme));

    Subject subject = use("of a login", login("ann@acme.example", first).orElseThrow());
    login("ann@acme.example", wrong);
    login("nobody@acme.example", wrong);
    login(new String(text("password in the wrong field", 20)), wrong);
    use("of the host", kept(host.sessions(ann.id()).issue(HERE)));

    Management own = thingward.as(subject);
    change(own, wrong, second);
    change(own, first, weak);
    change(own, first, second);
    ActivationCode forced = kept(host.users().forcePasswordChange(ann.id()));
    needles.add("code of a forced change", forced.code());
    login("ann@acme.example", second);
    activate("ann@acme.example", forced.code(), third);
    forced.close();
    ActivationCode unused = kept(host.users().issueActivation(ann.id()));
    needles.add("code that nobody used", unused.code());
    unused.close();
    own = thingward.as(use("after the change", login("ann@acme.example", third).orElseThrow()));
    ownKeys(own, ann.id());

    hasher.broken = true;
    attempt(() -> login("ann@acme.example", third));
    hasher.broken = false;
    for (int i = 0; i < 7; i++) {
      login("guessed@acme.example", wrong);
    }
    for (char[] used : List.of(first, second, third, wrong)) {
      Arrays.fill(used, '\0');
    }
  }

  private void change(Management own, char[] current, char[] fresh) {
    try (Password now = Password.copyOf(current);
        Password next = Password.copyOf(fresh)) {
      attempt(() -> own.users().changePassword(now, next, HERE));
    }
  }

  private void ownKeys(Management own, PrincipalId ann) {
    Issued<ApiKey> key = kept(own.apiKeys(ann).create(NewApiKey.of("Grafana")));
    needles.add("API key", key.secret());
    Subject byKey = present(key.secret()).orElseThrow();
    attempt(() -> thingward.as(byKey).apiKeys(ann).create(NewApiKey.of("successor")));
    Issued<ApiKey> rotated = kept(own.apiKeys(ann).rotate(key.id(), Duration.ofHours(1)));
    needles.add("rotated API key", rotated.secret());
    present(key.secret());
    kept(own.apiKeys(ann).suspend(key.id()));
    present(rotated.secret());
    own.apiKeys(ann).delete(key.id());
    present(rotated.secret());
    key.close();
    rotated.close();
    attempt(() -> new BearerToken(key.secret()).token().reveal());
  }

  private void machines() {
    WorkspaceId acme = WorkspaceId.of("acme");
    CreatedApiUser robot =
        kept(
            host.apiUsers(acme)
                .create(NewApiUser.of("robot", ChangeSet.none()), NewApiKey.of("first")));
    needles.add("key of an API user", robot.key().secret());
    present(robot.key().secret());
    kept(host.apiUsers(acme).suspend(robot.apiUser().id()));
    present(robot.key().secret());
    Issued<ApiKey> brief =
        kept(
            host.apiKeys(acme, robot.apiUser().id())
                .create(NewApiKey.of("brief").endsAt(clock.instant().plusSeconds(1))));
    needles.add("brief key", brief.secret());
    clock.pass(Duration.ofSeconds(1));
    present(brief.secret());
    brief.close();
    host.apiUsers(acme).delete(robot.apiUser().id());
    present(robot.key().secret());
    robot.close();
    try (NewUser created =
        kept(
            host.users()
                .create(PrincipalId.of("eve"), "eve@acme.example", NewApiKey.of("handed over")))) {
      needles.add("first key of a user", created.key().orElseThrow().secret());
      needles.add("code of a user with a key", created.activation().orElseThrow().code());
    }
  }

  private void devices() {
    WorkspaceId acme = WorkspaceId.of("acme");
    Issued<AccessKey> key = kept(host.accessKeys(acme).create("all", DeviceScope.all()));
    needles.add("access key", key.secret());
    Issued<AccessKey> one = kept(host.accessKeys(acme).create("one", DeviceScope.anyOf("d1")));
    needles.add("access key of one", one.secret());
    DeviceId d2 = DeviceId.of("d2");
    Subject device = present(DeviceLogin.of(key.id(), key.secret(), d2)).orElseThrow();
    kept(device.decide(VIEW, Device.of(acme, "d1")));
    wire(key, "d2");
    present(DeviceLogin.of(one.id(), one.secret(), d2));
    present(DeviceLogin.of(one.id(), key.secret(), d2));
    present(key.secret());
    attempt(() -> thingward.as(device).accessKeys(acme).create("by a device", DeviceScope.all()));
    fleet.broken = true;
    attempt(() -> present(DeviceLogin.of(key.id(), key.secret(), DeviceId.of("d3"))));
    fleet.broken = false;
    Issued<AccessKey> rotated = kept(host.accessKeys(acme).rotate(key.id(), Duration.ofMinutes(1)));
    needles.add("rotated access key", rotated.secret());
    present(DeviceLogin.of(key.id(), rotated.secret(), d2));
    kept(host.accessKeys(acme).suspend(key.id()));
    present(DeviceLogin.of(key.id(), rotated.secret(), d2));
    List<BulkOutcome<Issued<AccessKey>>> many =
        kept(
            host.accessKeys(acme)
                .createAll(
                    List.of(
                        NewAccessKey.of("m1", DeviceScope.all()),
                        NewAccessKey.of("nothing", DeviceScope.none()),
                        NewAccessKey.of("m2", DeviceScope.all()))));
    many.stream().flatMap(made -> made.result().stream()).forEach(this::note);
    many.stream().flatMap(made -> made.failure().stream()).forEach(failures::add);
    for (Issued<AccessKey> issued : List.of(key, one, rotated)) {
      issued.close();
    }
  }

  private void note(Issued<AccessKey> made) {
    needles.add("access key of many: " + made.value().name(), made.secret());
    made.close();
  }

  /* The secret comes as text, as it does over a wire. */
  private void wire(Issued<AccessKey> key, String device) {
    char[] text = key.secret().reveal();
    try (Secret presented =
        secretOf(DeviceLogin.parse(key.value().key(), CharBuffer.wrap(text), device))) {
      char[] copy = presented.reveal();
      Arrays.fill(copy, '\0');
    }
    Arrays.fill(text, '\0');
  }

  private Secret secretOf(DeviceLogin login) {
    present(login);
    return login.secret();
  }

  /* Secrets where they do not belong. */
  private void mistakes() {
    WorkspaceId acme = WorkspaceId.of("acme");
    List<Supplier<String>> places =
        List.of(
            () -> new String(text("secret as a device id", 49)),
            () -> "tw_k_" + new String(text("secret as a token", 49)),
            () -> "tw_x_" + new String(text("secret as a secret", 49)));
    for (Supplier<String> place : places) {
      String secret = place.get();
      present(BearerToken.of(secret));
      present(DeviceLogin.parse(secret, "secret", "device"));
      present(DeviceLogin.parse("tw_a_0", secret, "device"));
    }
    attempt(() -> host.accessKeys(acme).create("", DeviceScope.all()));
    attempt(() -> host.workspaces().get(WorkspaceId.of("nowhere")));
    attempt(() -> host.users().create("ann@acme.example"));
    attempt(
        () -> {
          host.users().delete(host.users().findByUsername("ann@acme.example").get().id());
          return "deleted";
        });
    attempt(() -> Password.copyOf(new byte[2_000]));
  }

  private void listings() {
    WorkspaceId acme = WorkspaceId.of("acme");
    PageRequest page = PageRequest.first(100);
    PrincipalId ann = host.users().findByUsername("ann@acme.example").orElseThrow().id();
    kept(host.users().list(page));
    kept(host.sessions(ann).list(page));
    kept(host.apiKeys(ann).list(page));
    kept(host.accessKeys(acme).list(page));
    kept(host.apiUsers(acme).list(page));
    kept(host.members(acme).list(page));
    kept(host.workspaces().list(page));
    kept(thingward.leakPattern());
  }
}
