package io.thingward.examples;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.access.Watch;
import io.thingward.audit.Slf4jAuditListener;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.NotPermittedException;
import io.thingward.hashing.Argon2Hasher;
import io.thingward.management.AccessKey;
import io.thingward.management.AccessKeys;
import io.thingward.management.ActivationCode;
import io.thingward.management.AllowedPrincipal;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.CreatedApiUser;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.NewUser;
import io.thingward.management.Role;
import io.thingward.management.RoleChanges;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.PageRequest;
import io.thingward.store.memory.MemoryStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The snippets of {@code docs/getting-started.md}, which a test compares with the page. */
final class GettingStarted implements AutoCloseable {
  static final DevicePermission VIEW =
      DevicePermission.of("device.view", "See the device and its measurements");
  static final DevicePermission RECORD =
      DevicePermission.of("device.record", "Record measurements").implying(VIEW);
  static final WorkspacePermission RULES = WorkspacePermission.of("workspace.rules", "Edit rules");

  private final Fleet fleet = new Fleet();
  private final WorkspaceId acme = WorkspaceId.of("acme");
  private final PrincipalId ann = PrincipalId.of("u-1");
  private final PrincipalId bob = PrincipalId.of("u-2");

  private final Thingward thingward =
      Thingward.builder()
          .permissions(VIEW, RECORD, RULES)
          .devices(DeviceReach.self(RECORD).peers(VIEW))
          .directory(fleet)
          .passwords(Argon2Hasher.recommended2026())
          .stores(new MemoryStores())
          .audit(new Slf4jAuditListener("audit"))
          .build();

  /** The first user, and the workspace that it owns. */
  void firstStart(Consumer<ActivationCode> mail) {
    Management host = thingward.asHost("first start");
    try (NewUser user = host.users().create(ann, "ann@acme.example")) {
      mail.accept(user.activation().orElseThrow());
    }
    host.workspaces().create(acme, "Acme", ann);
    host.users().create(bob, "bob@acme.example").close();
  }

  /** A user sets a password with a code. */
  Authentication<PrincipalId> setPassword(String username, Secret code, char[] typed) {
    try (Password password = Password.copyOf(typed)) {
      return thingward.activate(username, code, password, RequestContext.of("192.0.2.10"));
    }
  }

  /** A user logs in. */
  Authentication<Login> logIn(String username, char[] typed) {
    try (Password password = Password.copyOf(typed)) {
      return thingward.login(
          PasswordLogin.of(username, password), RequestContext.of("192.0.2.10", "browser"));
    }
  }

  /** The status of the answer to a request that came with a token. */
  int status(String token, Device device) {
    Authentication<Subject> who =
        thingward.authenticate(BearerToken.of(token), RequestContext.of("192.0.2.10", "browser"));
    if (who instanceof Authentication.TryLater) {
      return 429;
    }
    return who.toOptional().map(subject -> subject.isAllowed(VIEW, device) ? 200 : 403).orElse(401);
  }

  /** The devices that a subject may see, of those that the host has. */
  List<Device> list(Subject subject, List<Device> devices) {
    DeviceFilter filter = subject.devices(VIEW, acme);
    return devices.stream().filter(filter).toList();
  }

  /** A device connects with key, secret and its id. */
  Authentication<Subject> connect(String username, String password, String clientId) {
    return thingward.authenticate(
        DeviceLogin.parse(username, password, clientId), RequestContext.of("192.0.2.7", "mqtt"));
  }

  /** What an owner does. */
  void manage(Subject subject) {
    Management management = thingward.as(subject);

    Role technician =
        management
            .roles(acme)
            .create("Technician", RoleChanges.builder().allowOnAssignedDevices(RECORD).build());
    management
        .members(acme)
        .add(
            bob,
            ChangeSet.builder()
                .assign(technician.id(), DeviceScope.anyOf("site=paris"))
                .allow(DeviceScope.anyOf("t7", "t8"), VIEW)
                .build());

    try (Issued<ApiKey> grafana =
        management
            .apiKeys(ann)
            .create(NewApiKey.of("Grafana").restrictedTo(acme, DeviceScope.all(), VIEW))) {
      show(grafana.secret().reveal());
    }
    try (Issued<AccessKey> paris =
        management.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"))) {
      show(paris.value().key().toCharArray());
      show(paris.secret().reveal());
    }
  }

  /** Management on behalf of a subject. */
  Management by(Subject subject) {
    return thingward.as(subject);
  }

  /** A machine with rights and a key of its own. */
  void addMachine(Management management) {
    NewApiUser collector =
        NewApiUser.of(
            "Collector",
            ChangeSet.builder()
                .allow(ManagementPermissions.ACCESS_KEYS_READ)
                .allow(DeviceScope.all(), VIEW)
                .build());
    try (CreatedApiUser created =
        management.apiUsers(acme).create(collector, NewApiKey.of("first"))) {
      show(created.key().secret().reveal());
    }
  }

  /** A key from its suspension to its end. */
  void retire(Management management, CredentialId key) {
    AccessKeys keys = management.accessKeys(acme);
    keys.suspend(key); // it admits nobody
    keys.resume(key); // held subjects recover
    try (Issued<AccessKey> rotated = keys.rotate(key, Duration.ofHours(1))) {
      show(rotated.secret().reveal()); // the old one works for an hour more
    }
    keys.delete(key); // revoked, for good
  }

  /** Who may see a device, and why. */
  List<AllowedPrincipal> whoSees(Management management, Device device) {
    return management.whoCan(VIEW, device).principals(PageRequest.first(100)).items();
  }

  /** A session of a user whom single sign-on has vouched for. */
  Login vouchFor(PrincipalId user) {
    return thingward.asHost("single sign-on").sessions(user).issue(RequestContext.of("192.0.2.10"));
  }

  /** A library by a clock that a test moves. */
  static Thingward under(InstantSource clock) {
    return Thingward.builder().permissions(VIEW).stores(new MemoryStores()).clock(clock).build();
  }

  /** What the own credential does not hold cannot be given. */
  boolean isRefused(Subject subject, ChangeSet rights) {
    try {
      thingward.as(subject).members(acme).change(bob, rights);
      return false;
    } catch (NotPermittedException refused) {
      return true;
    }
  }

  /** The connection of a subject closes when the subject ends. */
  Watch watch(Subject subject, CountDownLatch connection) {
    return thingward.watch(
        subject,
        (who, event) -> {
          if (event == SubjectEvent.ENDED || (event == SubjectEvent.CHANGED && !who.isActive())) {
            connection.countDown();
          }
        });
  }

  /** A user logs out. */
  void logOut(Login login) {
    Subject subject = login.subject();
    thingward
        .as(subject)
        .sessions(subject.principal().orElseThrow())
        .end(subject.credential().id());
  }

  /** A device gets other tags. */
  void retag(Device changed) {
    fleet.put(changed);
    thingward.deviceChanged(changed.workspace(), changed.id());
  }

  private static void show(char[] secret) {
    Arrays.fill(secret, ' '); // once somebody has seen it
  }

  @Override
  public void close() {
    thingward.close();
  }
}
