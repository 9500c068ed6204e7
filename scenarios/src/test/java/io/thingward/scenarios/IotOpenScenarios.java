package io.thingward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.Authentication.Authenticated;
import io.thingward.authentication.Authentication.Refused;
import io.thingward.authentication.Authentication.TryLater;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.credential.CredentialKind;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.hashing.Argon2Hasher;
import io.thingward.management.AccessKey;
import io.thingward.management.ActivationCode;
import io.thingward.management.ApiKey;
import io.thingward.management.ApiKeys;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewUser;
import io.thingward.management.RoleChanges;
import io.thingward.management.Session;
import io.thingward.management.User;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.password.PasswordRejectedException;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.LastUse;
import io.thingward.store.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * IoT Open's access model on Thingward. People log in and get a session of up to a year, or make
 * named API keys that are them. What somebody may do comes from roles, whose permissions reach all
 * installations or the assigned ones. An organization is a workspace; what is in an installation
 * carries its tag.
 */
class IotOpenScenarios {
  private static final String PASSWORD = "lake-otter-copper-7";

  private static final DevicePermission LIST = DevicePermission.of("devicex/list", "See devices");
  private static final DevicePermission UPDATE =
      DevicePermission.of("devicex/update", "Change devices and their meta").implying(LIST);
  private static final DevicePermission READ_PROTECTED =
      DevicePermission.of("devicex/view/protected_meta", "Read protected meta");
  private static final DevicePermission EDIT_PROTECTED =
      DevicePermission.of("devicex/edit/protected_meta", "Write protected meta")
          .implying(READ_PROTECTED);
  private static final DevicePermission SUBSCRIBE =
      DevicePermission.of("mqtt/subscribe", "Receive messages");
  private static final DevicePermission PUBLISH =
      DevicePermission.of("mqtt/publish", "Send messages");
  private static final WorkspacePermission CREATE_INSTALLATIONS =
      WorkspacePermission.of("installation/create", "Create installations");

  private static final List<Permission> PERMISSIONS =
      List.of(
          LIST, UPDATE, READ_PROTECTED, EDIT_PROTECTED, SUBSCRIBE, PUBLISH, CREATE_INSTALLATIONS);

  private final HandScheduler scheduler = new HandScheduler();
  private Host lynx;
  private PrincipalId ann;
  private WorkspaceId organization;

  @BeforeEach
  void openOrganization() {
    lynx =
        new Host(
            builder ->
                builder
                    .permissions(PERMISSIONS)
                    .passwords(Argon2Hasher.recommended2026())
                    .sessions(Duration.ofDays(365), Duration.ofDays(90))
                    .scheduler(scheduler));
    ann = person("ann@acme.example");
    organization = lynx.workspace("acme", ann);
  }

  @AfterEach
  void closeOrganization() {
    lynx.close();
    scheduler.shutdownNow();
  }

  /** A user who has chosen the password. */
  private PrincipalId person(String username) {
    try (NewUser created = lynx.management().users().create(username)) {
      Secret code = created.activation().orElseThrow().code();
      return activate(username, code, PASSWORD).orElseThrow();
    }
  }

  private Authentication<PrincipalId> activate(String username, Secret code, String password) {
    return lynx.thingward()
        .activate(username, code, Password.of(password), RequestContext.of("192.0.2.1"));
  }

  private Authentication<Login> login(String username, String password) {
    return login(username, password, "192.0.2.1");
  }

  private Authentication<Login> login(String username, String password, String source) {
    return lynx.thingward()
        .login(
            PasswordLogin.of(username, Password.of(password)),
            RequestContext.of(source, "browser"));
  }

  private Login loginAnn() {
    return login("ann@acme.example", PASSWORD).orElseThrow();
  }

  private List<Session> sessions(PrincipalId user) {
    return lynx.management().sessions(user).list(PageRequest.first(100)).items();
  }

  // Sessions

  @Test
  @DisplayName("Name and password give a session token, which stands for the user")
  void login_givesSession() {
    Login login = loginAnn();
    Subject subject = lynx.call(login.session().secret()).orElseThrow();
    assertThat(subject.principal()).contains(ann);
    assertThat(subject.credential().kind()).isEqualTo(CredentialKind.SESSION);
    assertThat(subject.isAllowed(CREATE_INSTALLATIONS, organization)).isTrue();
    assertThat(login("ANN@Acme.Example", PASSWORD).toOptional())
        .as("the case of a name does not matter")
        .isPresent();
  }

  @Test
  @DisplayName("A wrong password, an unknown name and what can be no name are refused alike")
  void login_failuresLookAlike() {
    assertThat(login("ann@acme.example", "lake-otter-copper-8")).isEqualTo(new Refused<>());
    assertThat(login("nobody@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(login("", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(login("\u0430nn@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(login("ann@acme.example", PASSWORD + " ")).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("I67 a session is refused after its year, an API key without an end is accepted")
  void session_endsAfterItsLife() {
    Issued<ApiKey> key = lynx.management().apiKeys(ann).create(NewApiKey.of("Grafana"));
    Login login = loginAnn();
    for (int day = 0; day < 364; day += 52) { // in use, so that it is never idle for long
      lynx.clock().pass(Duration.ofDays(52));
      assertThat(lynx.call(login.session().secret()).toOptional()).as("day " + day).isPresent();
      scheduler.turn();
    }
    lynx.clock().pass(Duration.ofDays(1));
    assertThat(lynx.call(login.session().secret())).isEqualTo(new Refused<>());
    assertThat(lynx.call(key.secret()).toOptional()).isPresent();
  }

  @Test
  @DisplayName("A session that nobody uses ends before its time")
  void session_endsWhenIdle() {
    Login login = loginAnn();
    lynx.clock().pass(Duration.ofDays(90));
    assertThat(lynx.call(login.session().secret())).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("Logging out ends one session, or all of them, and no key")
  void logout_endsSessions() {
    Issued<ApiKey> key = lynx.management().apiKeys(ann).create(NewApiKey.of("Node-RED"));
    Login first = loginAnn();
    Login second = loginAnn();
    Login third = loginAnn();
    lynx.thingward().as(first.subject()).sessions(ann).end(second.session().id());
    assertThat(lynx.call(second.session().secret())).isEqualTo(new Refused<>());
    assertThat(lynx.call(third.session().secret()).toOptional()).isPresent();
    lynx.thingward().as(first.subject()).sessions(ann).endAll();
    assertThat(lynx.call(first.session().secret())).isEqualTo(new Refused<>());
    assertThat(third.subject().isActive()).isFalse();
    assertThat(lynx.call(key.secret()).toOptional()).isPresent();
  }

  @Test
  @DisplayName("A user sees its sessions, and which one it is using")
  void sessions_showTheCurrentOne() {
    Login first = loginAnn();
    Login second = loginAnn();
    List<Session> seen =
        lynx.thingward().as(second.subject()).sessions(ann).list(PageRequest.first(10)).items();
    assertThat(seen).extracting(Session::id).contains(first.session().id());
    assertThat(seen)
        .filteredOn(Session::current)
        .extracting(Session::id)
        .containsExactly(second.session().id());
  }

  @Test
  @DisplayName("A user has at most 20 sessions: a login ends the oldest beyond them")
  void sessions_areLimited() {
    Login first = lynx.management().sessions(ann).issue(RequestContext.none());
    IntStream.range(0, 20)
        .forEach(
            i -> {
              lynx.clock().pass(Duration.ofSeconds(1));
              lynx.management().sessions(ann).issue(RequestContext.none()).close();
            });
    assertThat(sessions(ann)).hasSize(20);
    assertThat(lynx.call(first.session().secret())).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("Whom the host has authenticated itself gets a session without a password")
  void hostIssuedSession_standsForTheUser() {
    Login login = lynx.management().sessions(ann).issue(RequestContext.of("192.0.2.1"));
    assertThat(lynx.call(login.session().secret()).orElseThrow().principal()).contains(ann);
    Management byAnn = lynx.thingward().as(login.subject());
    assertThatThrownBy(() -> byAnn.sessions(ann).issue(RequestContext.none()))
        .isInstanceOf(NotPermittedException.class);
  }

  // API keys

  @Test
  @DisplayName("I64 a key resolves to its user, wherever and however often it is presented")
  void key_isItsUser() {
    Issued<ApiKey> key = lynx.management().apiKeys(ann).create(NewApiKey.of("Grafana"));
    for (String agent : List.of("X-API-Key", "Basic whoever", "mqtt")) {
      Subject subject =
          lynx.thingward()
              .authenticate(
                  new io.thingward.authentication.BearerToken(key.secret()),
                  RequestContext.of("192.0.2.1", agent))
              .orElseThrow();
      assertThat(subject.principal()).contains(ann);
      assertThat(subject.isAllowed(CREATE_INSTALLATIONS, organization)).isTrue();
    }
  }

  @Test
  @DisplayName("I65 of two keys one is deleted and the other still works")
  void keys_areIndependent() {
    Management byAnn = lynx.thingward().as(loginAnn().subject());
    Issued<ApiKey> grafana = byAnn.apiKeys(ann).create(NewApiKey.of("Grafana"));
    Issued<ApiKey> nodeRed = byAnn.apiKeys(ann).create(NewApiKey.of("Node-RED"));
    byAnn.apiKeys(ann).delete(grafana.id());
    assertThat(lynx.call(grafana.secret())).isEqualTo(new Refused<>());
    assertThat(lynx.call(nodeRed.secret()).toOptional()).isPresent();
    assertThat(byAnn.apiKeys(ann).list(PageRequest.first(10)).items())
        .extracting(ApiKey::name)
        .containsExactly("Node-RED");
  }

  @Test
  @DisplayName("A key can be narrowed to a list of permissions; it never exceeds its user")
  void key_narrowed() {
    Device device = lynx.device(organization, "d1", "installation=7");
    Subject narrow =
        lynx.by(ann, NewApiKey.of("dashboard").restrictedTo(organization, DeviceScope.all(), LIST));
    assertThat(narrow.isAllowed(LIST, device)).isTrue();
    assertThat(narrow.decide(UPDATE, device).reason()).isEqualTo(Reason.RESTRICTED);
    PrincipalId bob = person("bob@acme.example");
    lynx.management().members(organization).add(bob, ChangeSet.none());
    Subject wide =
        lynx.by(bob, NewApiKey.of("wide").restrictedTo(organization, DeviceScope.all(), UPDATE));
    assertThat(wide.isAllowed(UPDATE, device)).isFalse();
  }

  @Test
  @DisplayName("A key makes no key: only a session does, and only soon after its login")
  void key_mintsNoSuccessor() {
    Issued<ApiKey> key = lynx.management().apiKeys(ann).create(NewApiKey.of("stolen"));
    Subject thief = lynx.call(key.secret()).orElseThrow();
    ApiKeys byKey = lynx.thingward().as(thief).apiKeys(ann);
    assertThatThrownBy(() -> byKey.create(NewApiKey.of("successor")))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> byKey.rotate(key.id(), Duration.ZERO))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> lynx.thingward().as(thief).users().rename(ann, "thief@acme.example"))
        .isInstanceOf(NotPermittedException.class);

    Login login = loginAnn();
    ApiKeys bySession = lynx.thingward().as(login.subject()).apiKeys(ann);
    bySession.create(NewApiKey.of("soon")).close();
    lynx.clock().pass(Duration.ofMinutes(15));
    assertThatThrownBy(() -> bySession.create(NewApiKey.of("late")))
        .isInstanceOf(NotPermittedException.class);
    bySession.delete(key.id());
    assertThat(lynx.call(key.secret())).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("Another user's keys are as if they were not there")
  void keysOfOthers_areInvisible() {
    PrincipalId bob = person("bob@acme.example");
    Issued<ApiKey> key = lynx.management().apiKeys(bob).create(NewApiKey.of("bob's"));
    Management byAnn = lynx.thingward().as(loginAnn().subject());
    assertThatThrownBy(() -> byAnn.apiKeys(bob).list(PageRequest.first(10)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> byAnn.apiKeys(ann).delete(key.id()))
        .isInstanceOf(NotFoundException.class);
    assertThat(lynx.call(key.secret()).toOptional()).isPresent();
  }

  @Test
  @DisplayName("I80 a call advances the last use of its key, and only one key is the current one")
  void lastUse_advances() {
    Issued<ApiKey> used = lynx.management().apiKeys(ann).create(NewApiKey.of("used"));
    Issued<ApiKey> unused = lynx.management().apiKeys(ann).create(NewApiKey.of("unused"));
    Subject subject = lynx.call(used.secret()).orElseThrow();
    scheduler.turn();
    ApiKeys keys = lynx.management().apiKeys(ann);
    LastUse first = keys.get(used.id()).lastUse().orElseThrow();
    assertThat(first.at()).isEqualTo(lynx.clock().instant());
    assertThat(first.source()).contains("192.0.2.10");
    assertThat(first.agent()).contains("node-red");
    assertThat(keys.get(unused.id()).lastUse()).isEmpty();
    assertThat(subject.credential().id()).isEqualTo(used.id()).isNotEqualTo(unused.id());

    lynx.clock().pass(Duration.ofHours(1));
    assertThat(lynx.call(used.secret()).toOptional()).isPresent();
    scheduler.turn();
    assertThat(keys.get(used.id()).lastUse().orElseThrow().at()).isAfter(first.at());
  }

  // Passwords

  @Test
  @DisplayName("A new user chooses its password with a code that counts once and for a day")
  void activation_countsOnce() {
    NewUser bob = lynx.management().users().create("bob@acme.example");
    Secret code = bob.activation().orElseThrow().code();
    assertThat(login("bob@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(activate("bob@acme.example", code, PASSWORD))
        .isEqualTo(new Authenticated<>(bob.id()));
    assertThat(activate("bob@acme.example", code, "another-lake-otter")).isEqualTo(new Refused<>());
    assertThat(login("bob@acme.example", PASSWORD).toOptional()).isPresent();

    ActivationCode late = lynx.management().users().issueActivation(bob.id());
    lynx.clock().pass(Duration.ofDays(1));
    assertThat(activate("bob@acme.example", late.code(), "another-lake-otter"))
        .isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("A short password and one that everybody uses are refused, and say why")
  void weakPassword_isRefused() {
    NewUser bob = lynx.management().users().create("bob@acme.example");
    Secret code = bob.activation().orElseThrow().code();
    for (String weak : List.of("fourteen-chars", "bob@acme.example", "123456789012345")) {
      assertThatThrownBy(() -> activate("bob@acme.example", code, weak))
          .as(weak)
          .isInstanceOf(PasswordRejectedException.class)
          .hasMessageNotContaining(weak);
    }
    assertThat(activate("bob@acme.example", code, PASSWORD).toOptional()).isPresent();
  }

  @Test
  @DisplayName("Whoever changes its password logs in anew everywhere; its keys live on")
  void passwordChange_endsSessions() {
    Issued<ApiKey> key = lynx.management().apiKeys(ann).create(NewApiKey.of("Grafana"));
    Login here = loginAnn();
    Login elsewhere = loginAnn();
    Authentication<User> changed =
        lynx.thingward()
            .as(here.subject())
            .users()
            .changePassword(
                Password.of(PASSWORD),
                Password.of("another-lake-otter"),
                RequestContext.of("192.0.2.1"));
    assertThat(changed.toOptional()).isPresent();
    assertThat(lynx.call(elsewhere.session().secret())).isEqualTo(new Refused<>());
    assertThat(elsewhere.subject().isActive()).isFalse();
    assertThat(login("ann@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(login("ann@acme.example", "another-lake-otter").toOptional()).isPresent();
    assertThat(lynx.call(key.secret()).toOptional()).isPresent();
  }

  @Test
  @DisplayName("A forced change removes the password: only the code in the owner's hands helps")
  void forcedPasswordChange() {
    Login login = loginAnn();
    ActivationCode code = lynx.management().users().forcePasswordChange(ann);
    assertThat(login.subject().isActive()).isFalse();
    assertThat(login("ann@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(activate("ann@acme.example", code.code(), "another-lake-otter").toOptional())
        .isPresent();
    assertThat(login("ann@acme.example", "another-lake-otter").toOptional()).isPresent();
  }

  @Test
  @DisplayName("Guessing is slowed down for names that exist and names that do not alike")
  void guessing_isSlowedDown() {
    for (String name : List.of("ann@acme.example", "nobody@acme.example")) {
      List<Authentication<Login>> answers =
          IntStream.range(0, 6)
              .mapToObj(i -> login(name, "lake-otter-copper-" + i + "x", "203.0.113.9"))
              .toList();
      assertThat(answers.subList(0, 5)).as(name).containsOnly(new Refused<>());
      assertThat(answers.get(5)).as(name).isInstanceOf(TryLater.class);
    }
  }

  // Users

  @Test
  @DisplayName(
      "A suspended user gets in by nothing; resumed, its keys work and its sessions do not")
  void suspendedUser_recoversItsKeys() {
    Issued<ApiKey> key = lynx.management().apiKeys(ann).create(NewApiKey.of("Grafana"));
    Login login = loginAnn();
    assertThat(lynx.management().users().suspend(ann).withoutOwner()).containsExactly(organization);
    assertThat(lynx.call(key.secret())).isEqualTo(new Refused<>());
    assertThat(lynx.call(login.session().secret())).isEqualTo(new Refused<>());
    assertThat(login("ann@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    lynx.management().users().resume(ann);
    assertThat(lynx.call(key.secret()).toOptional()).isPresent();
    assertThat(lynx.call(login.session().secret())).isEqualTo(new Refused<>());
    assertThat(login("ann@acme.example", PASSWORD).toOptional()).isPresent();
  }

  @Test
  @DisplayName("A user with an end is as if suspended from then on")
  void user_expires() {
    PrincipalId guest = person("guest@acme.example");
    Issued<ApiKey> key = lynx.management().apiKeys(guest).create(NewApiKey.of("key"));
    lynx.management()
        .users()
        .setEnd(guest, Optional.of(lynx.clock().instant().plus(Duration.ofDays(7))));
    lynx.clock().pass(Duration.ofDays(7).minusMillis(1));
    assertThat(lynx.call(key.secret()).toOptional()).isPresent();
    lynx.clock().pass(Duration.ofMillis(1));
    assertThat(lynx.call(key.secret())).isEqualTo(new Refused<>());
    assertThat(login("guest@acme.example", PASSWORD)).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("Whoever takes the name of a deleted user inherits nothing")
  void deletedUser_leavesNothingToItsNamesake() {
    PrincipalId bob = person("bob@acme.example");
    lynx.management()
        .members(organization)
        .add(bob, ChangeSet.builder().allow(CREATE_INSTALLATIONS).build());
    Issued<ApiKey> key = lynx.management().apiKeys(bob).create(NewApiKey.of("key"));
    lynx.management().users().delete(bob);
    assertThat(lynx.call(key.secret())).isEqualTo(new Refused<>());
    PrincipalId namesake = person("bob@acme.example");
    assertThat(namesake).isNotEqualTo(bob);
    Subject subject = login("bob@acme.example", PASSWORD).orElseThrow().subject();
    assertThat(subject.workspaces(PageRequest.first(10)).items()).isEmpty();
    assertThatThrownBy(() -> lynx.management().users().delete(ann))
        .as("the last owner of a workspace")
        .isInstanceOf(ConflictException.class);
  }

  @Test
  @DisplayName("Who changes its name keeps its rights, and the old name is free")
  void rename_keepsRights() {
    Login login = loginAnn();
    lynx.thingward().as(login.subject()).users().rename(ann, "ann.smith@acme.example");
    assertThat(login("ann@acme.example", PASSWORD)).isEqualTo(new Refused<>());
    assertThat(login("ann.smith@acme.example", PASSWORD).orElseThrow().subject().principal())
        .contains(ann);
    assertThat(login.subject().isAllowed(CREATE_INSTALLATIONS, organization)).isTrue();
    assertThat(person("ann@acme.example")).isNotEqualTo(ann);
  }

  // Roles

  private Subject technician(RoleChanges permissions, DeviceScope assigned) {
    RoleId role = RoleId.of("technician");
    lynx.management().sharedRoles().create(role, "Technician", permissions);
    PrincipalId bob = person("bob@acme.example");
    lynx.management()
        .members(organization)
        .add(bob, ChangeSet.builder().assign(role, assigned).build());
    return lynx.by(bob, NewApiKey.of("bob"));
  }

  @Test
  @DisplayName("I69 the assigned permissions of a role reach the assigned installation only")
  void assigned_reachesTheAssignedInstallation() {
    Device here = lynx.device(organization, "d1", "installation=7");
    Device there = lynx.device(organization, "d2", "installation=8");
    Subject subject =
        technician(
            RoleChanges.builder().allowOnAssignedDevices(LIST).build(),
            DeviceScope.anyOf("installation=7"));
    assertThat(subject.decide(LIST, here).reason()).isEqualTo(Reason.ROLE);
    assertThat(subject.isAllowed(LIST, there)).isFalse();
    assertThat(lynx.fleet().all().stream().filter(subject.devices(LIST, organization)))
        .containsExactly(here);
  }

  @Test
  @DisplayName("I69 the other permissions of the same role reach every installation")
  void all_reachesEveryInstallation() {
    Device there = lynx.device(organization, "d2", "installation=8");
    Subject subject =
        technician(
            RoleChanges.builder().allowOnAllDevices(LIST).allowOnAssignedDevices(UPDATE).build(),
            DeviceScope.anyOf("installation=7"));
    assertThat(subject.permissions(there)).containsExactly(LIST);
  }

  @Test
  @DisplayName("I71 a permission that a role does not name is denied")
  void missingPermission_isDenied() {
    Device device = lynx.device(organization, "d1", "installation=7");
    Subject subject = technician(RoleChanges.none(), DeviceScope.anyOf("installation=7"));
    for (Permission permission : PERMISSIONS) {
      boolean allowed =
          permission instanceof DevicePermission onDevice
              ? subject.isAllowed(onDevice, device)
              : subject.isAllowed((WorkspacePermission) permission, organization);
      assertThat(allowed).as(permission.name()).isFalse();
    }
  }

  @Test
  @DisplayName("I73 who may change a device neither reads nor writes its protected meta")
  void protectedMeta_isApart() {
    Device device = lynx.device(organization, "d1", "installation=7");
    Subject subject =
        technician(
            RoleChanges.builder().allowOnAssignedDevices(UPDATE).build(),
            DeviceScope.anyOf("installation=7"));
    assertThat(subject.isAllowed(UPDATE, device)).isTrue();
    assertThat(subject.isAllowed(READ_PROTECTED, device)).isFalse();
    assertThat(subject.isAllowed(EDIT_PROTECTED, device)).isFalse();
  }

  @Test
  @DisplayName("I77 who may subscribe does not thereby publish")
  void subscribe_isNotPublish() {
    Device device = lynx.device(organization, "d1", "installation=7");
    Subject subject =
        technician(RoleChanges.builder().allowOnAllDevices(SUBSCRIBE).build(), DeviceScope.none());
    assertThat(subject.permissions(device)).containsExactly(SUBSCRIBE);
    assertThat(subject.decide(PUBLISH, device).reason()).isEqualTo(Reason.NOT_GRANTED);
  }

  @Test
  @DisplayName("A role that changes, changes everybody who has it, at once")
  void roleChange_reachesEverybody() {
    Device device = lynx.device(organization, "d1", "installation=7");
    Subject subject =
        technician(RoleChanges.builder().allowOnAllDevices(UPDATE).build(), DeviceScope.none());
    assertThat(subject.isAllowed(UPDATE, device)).isTrue();
    lynx.management()
        .sharedRoles()
        .change(
            RoleId.of("technician"), RoleChanges.builder().withdrawOnAllDevices(UPDATE).build());
    assertThat(subject.isAllowed(UPDATE, device)).isFalse();
    lynx.management().sharedRoles().delete(RoleId.of("technician"));
    assertThat(subject.permissions(device)).isEmpty();
  }

  @Test
  @DisplayName("Shared roles are the host's alone")
  void sharedRoles_areTheHosts() {
    Management byAnn = lynx.thingward().as(loginAnn().subject());
    assertThatThrownBy(() -> byAnn.sharedRoles().create("mine", RoleChanges.none()))
        .isInstanceOf(NotPermittedException.class);
    byAnn.roles(organization).create("mine", RoleChanges.none());
  }

  // Gateways

  @Test
  @DisplayName("I75 new credentials for a gateway replace the previous ones at once")
  void gatewayCredentials_areReplaced() {
    Device gateway = lynx.device(organization, "edge-7", "installation=7");
    Issued<AccessKey> old =
        lynx.management()
            .accessKeys(organization)
            .create("edge-7", DeviceScope.anyOf("installation=7"));
    Issued<AccessKey> fresh =
        lynx.management().accessKeys(organization).rotate(old.id(), Duration.ZERO);
    assertThat(lynx.connect(gateway, old)).isEqualTo(new Refused<>());
    assertThat(lynx.connect(gateway, fresh).toOptional()).isPresent();
  }
}
