package io.thingward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.access.SubjectWorkspace;
import io.thingward.access.Watch;
import io.thingward.authentication.Authentication.Authenticated;
import io.thingward.authentication.Authentication.Refused;
import io.thingward.authentication.DeviceLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.management.AccessKey;
import io.thingward.management.AccessKeys;
import io.thingward.management.ApiKey;
import io.thingward.management.BulkOutcome;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewAccessKey;
import io.thingward.management.NewApiKey;
import io.thingward.management.RoleChanges;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Losant's access model on Thingward. An application is a workspace; its devices come with access
 * keys, which reach all of them or those with certain ids and tags; its members and tokens are
 * users and API keys.
 */
class LosantScenarios {
  private static final DevicePermission READ_STATE =
      DevicePermission.of("device.getState", "Read the state of a device");
  private static final DevicePermission SEND_STATE =
      DevicePermission.of("device.sendState", "Report the state of a device");
  private static final DevicePermission SEND_COMMAND =
      DevicePermission.of("device.sendCommand", "Send a command to a device");
  private static final DevicePermission EDIT_DEVICE =
      DevicePermission.of("device.patch", "Change a device").implying(READ_STATE);
  private static final WorkspacePermission CREATE_DEVICES =
      WorkspacePermission.of("devices.post", "Create devices");

  private Host losant;
  private PrincipalId ann;
  private WorkspaceId application;
  private AccessKeys keys;

  @BeforeEach
  void openApplication() {
    losant =
        new Host(
            builder ->
                builder
                    .permissions(READ_STATE, SEND_STATE, SEND_COMMAND, EDIT_DEVICE, CREATE_DEVICES)
                    .devices(DeviceReach.self(SEND_STATE).peers(READ_STATE, SEND_COMMAND))
                    .tags(Pattern.compile("[0-9a-zA-Z_-]+"), Pattern.compile("[^\\s].*")));
    ann = losant.user("ann@acme.example");
    application = losant.workspace("acme", ann);
    keys = losant.management().accessKeys(application);
  }

  @AfterEach
  void closeApplication() {
    losant.close();
  }

  private Device device(String id, String... tags) {
    return losant.device(application, id, tags);
  }

  private Issued<AccessKey> keyFor(String... terms) {
    return keys.create("key", DeviceScope.anyOf(terms));
  }

  private boolean accepts(Issued<AccessKey> key, Device device) {
    return losant.connect(device, key) instanceof Authenticated<Subject>;
  }

  // Which devices a key admits

  @Test
  @DisplayName("L1 a key without ids and tags admits every device of the application, later ones")
  void keyForAll_admitsEveryDevice() {
    Issued<AccessKey> key = keys.create("key", DeviceScope.all());
    assertThat(accepts(key, device("A"))).isTrue();
    assertThat(accepts(key, device("B", "site=x"))).isTrue();
  }

  @Test
  @DisplayName("L2 a key with a list of ids admits these devices and no other")
  void keyWithIds_admitsOnlyThese() {
    Issued<AccessKey> key = keyFor("A");
    assertThat(accepts(key, device("A"))).isTrue();
    assertThat(accepts(key, device("B"))).isFalse();
    assertThat(accepts(key, device("a"))).as("ids are exact").isFalse();
  }

  @Test
  @DisplayName("L3 ids and tags are alternatives: a device that is not listed comes in by its tag")
  void keyWithIdsAndTags_admitsEither() {
    assertThat(accepts(keyFor("A", "site=x"), device("C", "site=x"))).isTrue();
  }

  @Test
  @DisplayName("L4 several tags are alternatives: one of them is enough")
  void keyWithTags_oneIsEnough() {
    Issued<AccessKey> key = keyFor("site=x", "kind=y");
    assertThat(accepts(key, device("A", "kind=y"))).isTrue();
    assertThat(accepts(key, device("B", "site=y", "kind=x"))).isFalse();
  }

  @Test
  @DisplayName("L5 an entry with a key alone matches whatever the value is")
  void keyOnlyEntry_matchesAnyValue() {
    Issued<AccessKey> key = keyFor("site=*");
    assertThat(accepts(key, device("A", "site=anything"))).isTrue();
    assertThat(accepts(key, device("B", "Site=anything"))).isFalse();
    assertThat(accepts(key, device("C"))).isFalse();
  }

  @Test
  @DisplayName("L6 an entry with a value alone matches whatever the key is")
  void valueOnlyEntry_matchesAnyKey() {
    Issued<AccessKey> key = keyFor("*=x");
    assertThat(accepts(key, device("A", "whatever=x"))).isTrue();
    assertThat(accepts(key, device("B", "x=whatever"))).isFalse();
  }

  @Test
  @DisplayName("L5 L6 one tag has to satisfy both halves of an entry, and a key may come twice")
  void entry_oneTagSatisfiesBothHalves() {
    Issued<AccessKey> key = keyFor("site=x");
    assertThat(accepts(key, device("A", "site=y", "kind=x"))).isFalse();
    assertThat(accepts(key, device("B", "site=y", "site=x"))).isTrue();
  }

  @Test
  @DisplayName("L9 a device that loses its tag is refused, and accepted when it has it again")
  void tagRemoved_isRefusedUntilItReturns() {
    Issued<AccessKey> key = keyFor("site=paris");
    assertThat(accepts(key, device("A", "site=paris"))).isTrue();
    assertThat(accepts(key, device("A"))).isFalse();
    assertThat(losant.lastReason()).isEqualTo("OUT_OF_SCOPE");
    assertThat(accepts(key, device("A", "site=paris"))).isTrue();
  }

  @Test
  @DisplayName("L9 a connected device loses and regains its rights with its tag")
  void tagRemoved_connectedDeviceLosesItsRights() {
    Device a = device("A", "site=paris");
    Device b = device("B", "site=paris");
    Subject connected = losant.connect(a, keyFor("site=paris")).orElseThrow();
    assertThat(connected.isAllowed(READ_STATE, b)).isTrue();
    device("A", "site=oslo");
    assertThat(connected.decide(READ_STATE, b).reason()).isEqualTo(Reason.DEVICE_LEFT_SCOPE);
    device("A", "site=paris");
    assertThat(connected.isAllowed(READ_STATE, b)).isTrue();
  }

  @Test
  @DisplayName("A key of one application admits no device of another, even with the same id")
  void key_isOfOneApplication() {
    WorkspaceId other = losant.workspace("other", ann);
    Issued<AccessKey> key = keys.create("key", DeviceScope.all());
    Device elsewhere = losant.device(other, "A");
    assertThat(accepts(key, elsewhere)).isFalse();
    Subject here = losant.connect(device("A"), key).orElseThrow();
    assertThat(here.workspace()).contains(application);
    assertThat(here.isAllowed(READ_STATE, elsewhere)).isFalse();
  }

  // What a connected device may do

  @Test
  @DisplayName("L17 a device sees the state and commands of the devices in its key's scope only")
  void device_seesItsScopeOnly() {
    Device a = device("A");
    Device b = device("B");
    Device c = device("C");
    Subject connected = losant.connect(a, keyFor("A", "B")).orElseThrow();
    assertThat(connected.isAllowed(READ_STATE, b)).isTrue();
    assertThat(connected.isAllowed(SEND_COMMAND, b)).isTrue();
    assertThat(connected.decide(READ_STATE, c).reason()).isEqualTo(Reason.OUT_OF_SCOPE);
    assertThat(connected.isAllowed(SEND_COMMAND, c)).isFalse();
    assertThat(losant.fleet().all().stream().filter(connected.devices(READ_STATE, application)))
        .containsExactlyInAnyOrder(a, b);
  }

  @Test
  @DisplayName("L29 a device reports its own state, and reads and commands its neighbours'")
  void device_reportsItselfOnly() {
    Device a = device("A");
    Device b = device("B");
    Subject connected = losant.connect(a, keyFor("A", "B")).orElseThrow();
    assertThat(connected.isAllowed(SEND_STATE, a)).isTrue();
    assertThat(connected.isAllowed(READ_STATE, b)).isTrue();
    assertThat(connected.isAllowed(SEND_COMMAND, b)).isTrue();
    assertThat(connected.decide(SEND_STATE, b).reason()).isEqualTo(Reason.SELF_ONLY);
  }

  @Test
  @DisplayName("A device manages nothing: no keys, no devices, no member")
  void device_managesNothing() {
    Subject connected =
        losant.connect(device("A"), keys.create("key", DeviceScope.all())).orElseThrow();
    assertThat(connected.permissions(application)).isEmpty();
    Management byDevice = losant.thingward().as(connected);
    assertThatThrownBy(() -> byDevice.accessKeys(application).list(PageRequest.first(10)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> byDevice.workspaces().get(application))
        .isInstanceOf(NotFoundException.class);
  }

  // The life of a key

  @Test
  @DisplayName("L10 ids and tags of a key never change: no call takes a scope, and none moves it")
  void scope_neverChanges() {
    assertThat(Arrays.stream(AccessKeys.class.getMethods()))
        .filteredOn(method -> !method.getName().startsWith("create"))
        .allSatisfy(
            method ->
                assertThat(method.getParameterTypes())
                    .doesNotContain(DeviceScope.class, NewAccessKey.class));
    Issued<AccessKey> key = keyFor("A", "site=x");
    keys.rename(key.id(), "renamed");
    keys.rotate(key.id(), Duration.ZERO).close();
    assertThat(keys.get(key.id()).scope()).isEqualTo(DeviceScope.anyOf("A", "site=x"));
  }

  @Test
  @DisplayName("L11 name, description and status of a key can change")
  void nameDescriptionStatus_change() {
    Issued<AccessKey> key = keyFor("A");
    keys.rename(key.id(), "Line 2");
    keys.describe(key.id(), "The packing hall");
    AccessKey changed = keys.suspend(key.id());
    assertThat(changed.name()).isEqualTo("Line 2");
    assertThat(changed.description()).isEqualTo("The packing hall");
    assertThat(changed.suspended()).isTrue();
  }

  @Test
  @DisplayName("L12 an inactive key refuses the right secret, and accepts it when active again")
  void inactiveKey_refuses() {
    Device a = device("A");
    Issued<AccessKey> key = keyFor("A");
    keys.suspend(key.id());
    assertThat(losant.connect(a, key)).isEqualTo(new Refused<>());
    assertThat(losant.lastReason()).isEqualTo("CREDENTIAL_SUSPENDED");
    keys.resume(key.id());
    assertThat(accepts(key, a)).isTrue();
  }

  @Test
  @DisplayName("L12 a device that is connected while its key goes inactive is denied, and told")
  void inactiveKey_connectedDeviceIsDenied() throws InterruptedException {
    Device a = device("A");
    Issued<AccessKey> key = keyFor("A");
    Subject connected = losant.connect(a, key).orElseThrow();
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    Watch watch = losant.thingward().watch(connected, (subject, event) -> told.add(event));
    assertThat(connected.isAllowed(SEND_STATE, a)).isTrue();

    keys.suspend(key.id());
    assertThat(connected.decide(SEND_STATE, a).reason()).isEqualTo(Reason.CREDENTIAL_SUSPENDED);
    assertThat(next(told)).isEqualTo(SubjectEvent.CHANGED);
    keys.resume(key.id());
    assertThat(connected.isAllowed(SEND_STATE, a)).isTrue();

    keys.delete(key.id());
    assertThat(connected.decide(SEND_STATE, a).reason()).isEqualTo(Reason.CREDENTIAL_ENDED);
    SubjectEvent last = next(told);
    while (last != SubjectEvent.ENDED) { // the resumption may be told apart, or not
      last = next(told);
    }
    watch.close();
  }

  private static SubjectEvent next(BlockingQueue<SubjectEvent> told) throws InterruptedException {
    SubjectEvent event = told.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("an event within 20 s").isNotNull();
    return event;
  }

  @Test
  @DisplayName("L13 the secret of a key is in the reply to its creation and in no later read")
  void secret_isShownOnce() {
    Issued<AccessKey> key = keyFor("A");
    String secret = new String(key.secret().reveal());
    assertThat(secret).startsWith("tw_x_");
    assertThat(keys.get(key.id()).toString() + keys.list(PageRequest.first(10)))
        .contains(key.id().toString())
        .doesNotContain(secret, secret.substring(5, 25));
    assertThat(AccessKey.class.getRecordComponents())
        .noneMatch(component -> component.getType() == Secret.class);
    key.close();
    assertThatThrownBy(() -> key.secret().reveal()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("L14 a key names at most 1000 ids and 100 tags, and what cannot be a tag is refused")
  void key_limits() {
    String[] ids = IntStream.range(0, 1_001).mapToObj(i -> "d" + i).toArray(String[]::new);
    String[] tags = IntStream.range(0, 101).mapToObj(i -> "k" + i + "=*").toArray(String[]::new);
    assertThatThrownBy(() -> keyFor(ids)).hasMessageContaining("1001");
    assertThatThrownBy(() -> keyFor(tags)).hasMessageContaining("101");
    assertThatThrownBy(() -> keyFor("a key=v")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keyFor("k\n=v")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keyFor("=v")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keyFor("*=*")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keyFor("k".repeat(256) + "=v"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(keys.list(PageRequest.first(10)).items()).isEmpty();

    String[] most =
        Stream.concat(Arrays.stream(ids).limit(1_000), Arrays.stream(tags).limit(100))
            .toArray(String[]::new);
    assertThat(accepts(keyFor(most), device("d999"))).isTrue();
    assertThat(accepts(keyFor(most), device("other", "k99=v"))).isTrue();
  }

  @Test
  @DisplayName("L14 an empty list of ids and tags is no key for all devices")
  void emptyScope_isRefused() {
    assertThatThrownBy(() -> keyFor()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.create("key", DeviceScope.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("L15 a key starts active: its creation takes no status")
  void key_startsActive() {
    assertThat(Arrays.stream(NewAccessKey.class.getRecordComponents()).map(c -> c.getName()))
        .containsExactly("name", "scope", "description", "endsAt");
    assertThat(keyFor("A").value().suspended()).isFalse();
  }

  @Test
  @DisplayName("A lost secret is replaced by rotation: same key, new secret, nothing else changes")
  void rotation_replacesTheSecret() {
    Device a = device("A");
    Issued<AccessKey> old = keyFor("A");
    Issued<AccessKey> fresh = keys.rotate(old.id(), Duration.ofHours(1));
    assertThat(fresh.id()).isEqualTo(old.id());
    assertThat(fresh.value().scope()).isEqualTo(old.value().scope());
    assertThat(List.of(accepts(old, a), accepts(fresh, a))).containsExactly(true, true);
    losant.clock().pass(Duration.ofHours(1));
    assertThat(List.of(accepts(old, a), accepts(fresh, a))).containsExactly(false, true);
  }

  @Test
  @DisplayName("A deleted key is gone for good: no login, no read, no second deletion")
  void deletedKey_isGone() {
    Device a = device("A");
    Issued<AccessKey> key = keyFor("A");
    keys.delete(key.id());
    assertThat(losant.connect(a, key)).isEqualTo(new Refused<>());
    assertThatThrownBy(() -> keys.get(key.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> keys.resume(key.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> keys.delete(key.id())).isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("Key, secret and device id are all required, and every failure looks the same")
  void login_everyFailureLooksTheSame() {
    device("A");
    Issued<AccessKey> key = keyFor("A");
    Issued<AccessKey> other = keyFor("A");
    String id = key.value().key();
    String secret = new String(key.secret().reveal());
    String wrong = new String(other.secret().reveal());
    List<DeviceLogin> attempts =
        List.of(
            DeviceLogin.parse("", secret, "A"),
            DeviceLogin.parse(id, "", "A"),
            DeviceLogin.parse(id, secret, ""),
            DeviceLogin.parse(id, wrong, "A"),
            DeviceLogin.parse(id, secret + " ", "A"),
            DeviceLogin.parse(id, secret, "nobody"),
            DeviceLogin.parse(secret, id, "A"));
    assertThat(attempts)
        .allSatisfy(
            attempt ->
                assertThat(losant.thingward().authenticate(attempt, RequestContext.none()))
                    .isEqualTo(new Refused<>()));
    assertThat(
            losant
                .thingward()
                .authenticate(DeviceLogin.parse(id, secret, "A"), RequestContext.none())
                .toOptional())
        .isPresent();
  }

  @Test
  @DisplayName("A thousand keys are made in one call, one audit event, an outcome each")
  void manyKeys_oneCall() {
    List<NewAccessKey> wanted = new ArrayList<>();
    IntStream.range(0, 1_000)
        .forEach(i -> wanted.add(NewAccessKey.of("press " + i, DeviceScope.anyOf("press-" + i))));
    wanted.set(7, NewAccessKey.of("nothing", DeviceScope.none()));
    losant.trail().clear();
    List<BulkOutcome<Issued<AccessKey>>> made = keys.createAll(wanted);
    assertThat(made).hasSize(1_000);
    assertThat(made.get(7).failure()).isPresent();
    assertThat(made.stream().filter(outcome -> outcome.result().isPresent())).hasSize(999);
    assertThat(losant.trail()).hasSize(1);
    Issued<AccessKey> last = made.get(999).orElseThrow();
    assertThat(accepts(last, device("press-999"))).isTrue();
    assertThat(accepts(last, device("press-998"))).isFalse();
  }

  @Test
  @DisplayName("Keys are listed page by page, each once, without their secrets")
  void keys_arePaged() {
    IntStream.range(0, 25).forEach(i -> keys.create("key " + i, DeviceScope.all()).close());
    List<CredentialId> seen = new ArrayList<>();
    Page<AccessKey> page = keys.list(PageRequest.first(10));
    page.items().forEach(key -> seen.add(key.id()));
    while (page.next().isPresent()) {
      page = keys.list(PageRequest.after(page.next().get(), 10));
      page.items().forEach(key -> seen.add(key.id()));
    }
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  // Application tokens and user tokens: API keys that are narrower than their user

  private NewApiKey token(String name) {
    return NewApiKey.of(name);
  }

  @Test
  @DisplayName("L36 a token without credential rights makes access keys, but mints no token")
  void boundedToken_makesAccessKeysButNoTokens() {
    Subject bounded =
        losant.by(
            ann,
            token("bounded")
                .restrictedTo(
                    application,
                    DeviceScope.all(),
                    READ_STATE,
                    SEND_STATE,
                    SEND_COMMAND,
                    ManagementPermissions.ACCESS_KEYS_EDIT));
    Management byToken = losant.thingward().as(bounded);
    byToken.accessKeys(application).create("Line 3", DeviceScope.all()).close();
    assertThatThrownBy(() -> byToken.apiKeys(ann).create(token("wider")))
        .isInstanceOf(NotPermittedException.class);
    assertThat(losant.management().apiKeys(ann).list(PageRequest.first(10)).items()).hasSize(1);
  }

  @Test
  @DisplayName("L36 a token makes no access key that reaches further than the token itself")
  void boundedToken_givesNoMoreThanItHas() {
    Subject paris =
        losant.by(
            ann,
            token("paris")
                .restrictedTo(
                    application,
                    DeviceScope.anyOf("site=paris"),
                    READ_STATE,
                    SEND_STATE,
                    SEND_COMMAND,
                    ManagementPermissions.ACCESS_KEYS_EDIT));
    AccessKeys byToken = losant.thingward().as(paris).accessKeys(application);
    byToken.create("Paris", DeviceScope.anyOf("site=paris")).close();
    assertThatThrownBy(() -> byToken.create("Everything", DeviceScope.all()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> byToken.create("Oslo", DeviceScope.anyOf("site=oslo")))
        .isInstanceOf(NotPermittedException.class);
    assertThat(keys.list(PageRequest.first(10)).items()).hasSize(1);
  }

  @Test
  @DisplayName("L37 a token for what can be done to a device changes devices and creates none")
  void deviceToken_changesDevicesButCreatesNone() {
    Subject token =
        losant.by(
            ann,
            token("devices")
                .restrictedTo(
                    application,
                    DeviceScope.all(),
                    READ_STATE,
                    SEND_STATE,
                    SEND_COMMAND,
                    EDIT_DEVICE));
    assertThat(token.isAllowed(EDIT_DEVICE, device("A"))).isTrue();
    assertThat(token.decide(CREATE_DEVICES, application).reason()).isEqualTo(Reason.RESTRICTED);
  }

  @Test
  @DisplayName("L38 an expired or inactive token is refused; its end and its scope never change")
  void token_expiryAndStatus() {
    Instant end = losant.clock().instant().plus(Duration.ofDays(30));
    NewApiKey month =
        token("month").endsAt(end).restrictedTo(application, DeviceScope.all(), READ_STATE);
    Issued<ApiKey> key = losant.management().apiKeys(ann).create(month);
    Subject held = losant.call(key.secret()).orElseThrow();

    losant.management().apiKeys(ann).suspend(key.id());
    assertThat(losant.call(key.secret())).isEqualTo(new Refused<>());
    assertThat(held.isActive()).isFalse();
    losant.management().apiKeys(ann).resume(key.id());
    ApiKey renamed = losant.management().apiKeys(ann).rename(key.id(), "June");
    assertThat(renamed.endsAt()).contains(end);
    assertThat(renamed.restriction()).isEqualTo(key.value().restriction());

    losant.clock().pass(Duration.ofDays(30).minusMillis(1));
    assertThat(losant.call(key.secret()).toOptional()).isPresent();
    losant.clock().pass(Duration.ofMillis(1));
    assertThat(losant.call(key.secret())).isEqualTo(new Refused<>());
    assertThat(losant.lastReason()).isEqualTo("CREDENTIAL_ENDED");
  }

  @Test
  @DisplayName("L41 an administrator's token that only views changes no device")
  void viewingToken_ofAnAdministrator_changesNothing() {
    Device a = device("A");
    Subject viewer =
        losant.by(ann, token("view").restrictedTo(application, DeviceScope.all(), READ_STATE));
    assertThat(viewer.isAllowed(READ_STATE, a)).isTrue();
    assertThat(viewer.decide(EDIT_DEVICE, a).reason()).isEqualTo(Reason.RESTRICTED);
    assertThat(losant.by(ann, token("whole")).isAllowed(EDIT_DEVICE, a)).isTrue();
  }

  @Test
  @DisplayName("L42 the only administrator of an application cannot stop being one")
  void lastOwner_stays() {
    assertThatThrownBy(() -> losant.management().workspaces().removeOwner(application, ann))
        .isInstanceOf(ConflictException.class);
    PrincipalId bob = losant.user("bob@acme.example");
    losant.management().workspaces().addOwner(application, bob);
    losant.management().workspaces().removeOwner(application, ann);
    assertThat(losant.management().workspaces().get(application).owners()).containsExactly(bob);
  }

  // Members: a role may differ from application to application

  private static final RoleId VIEWER = RoleId.of("view");
  private static final RoleId COLLABORATOR = RoleId.of("collaborate");

  private void defineRoles() {
    losant
        .management()
        .sharedRoles()
        .create(VIEWER, "View", RoleChanges.builder().allowOnAllDevices(READ_STATE).build());
    losant
        .management()
        .sharedRoles()
        .create(
            COLLABORATOR,
            "Collaborate",
            RoleChanges.builder()
                .allow(CREATE_DEVICES)
                .allowOnAllDevices(EDIT_DEVICE, SEND_COMMAND)
                .build());
  }

  private void join(PrincipalId user, WorkspaceId place, RoleId... roles) {
    ChangeSet.Builder rights = ChangeSet.builder();
    Arrays.stream(roles).forEach(role -> rights.assign(role, DeviceScope.none()));
    losant.management().members(place).add(user, rights.build());
  }

  @Test
  @DisplayName("L39 who views everywhere may collaborate in one application")
  void role_perApplication() {
    defineRoles();
    WorkspaceId plant = losant.workspace("plant", ann);
    Device here = device("A");
    Device there = losant.device(plant, "A");
    PrincipalId bob = losant.user("bob@acme.example");
    join(bob, application, VIEWER);
    join(bob, plant, VIEWER, COLLABORATOR);
    Subject subject = losant.by(bob, token("bob"));
    assertThat(subject.isAllowed(EDIT_DEVICE, there)).isTrue();
    assertThat(subject.isAllowed(CREATE_DEVICES, plant)).isTrue();
    assertThat(subject.decide(READ_STATE, here).role()).contains(VIEWER);
    assertThat(subject.isAllowed(EDIT_DEVICE, here)).isFalse();
    assertThat(subject.isAllowed(CREATE_DEVICES, application)).isFalse();
  }

  @Test
  @DisplayName("L40 an application where somebody has no part is as if it were not there")
  void application_withoutPart_isInvisible() {
    defineRoles();
    WorkspaceId secret = losant.workspace("secret", ann);
    PrincipalId bob = losant.user("bob@acme.example");
    join(bob, application, VIEWER, COLLABORATOR);
    Subject subject = losant.by(bob, token("bob"));
    assertThat(subject.workspaces(PageRequest.first(10)).items())
        .extracting(SubjectWorkspace::id)
        .containsExactly(application);
    assertThat(subject.decide(READ_STATE, losant.device(secret, "A")).reason())
        .isEqualTo(Reason.NOT_GRANTED);
    assertThatThrownBy(() -> losant.thingward().as(subject).workspaces().get(secret))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("L42 an administrator leaves only where another one remains")
  void lastAdministrator_doesNotLeave() {
    Management byAnn = losant.thingward().as(losant.by(ann, token("ann")));
    assertThatThrownBy(() -> byAnn.members(application).leave())
        .isInstanceOf(ConflictException.class);
    PrincipalId bob = losant.user("bob@acme.example");
    byAnn.workspaces().addOwner(application, bob);
    byAnn.members(application).leave();
    assertThat(losant.management().workspaces().get(application).owners()).containsExactly(bob);
  }

  @Test
  @DisplayName("Nobody changes their own role")
  void ownRole_isNotChanged() {
    defineRoles();
    PrincipalId bob = losant.user("bob@acme.example");
    losant
        .management()
        .members(application)
        .add(bob, ChangeSet.builder().allow(ManagementPermissions.MEMBERS_EDIT).build());
    Management byBob = losant.thingward().as(losant.by(bob, token("bob")));
    assertThatThrownBy(
            () ->
                byBob
                    .members(application)
                    .change(bob, ChangeSet.builder().assign(VIEWER, DeviceScope.none()).build()))
        .isInstanceOf(NotPermittedException.class);
  }
}
