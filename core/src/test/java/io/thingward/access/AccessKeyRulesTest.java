package io.thingward.access;

import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.authentication.Authentication;
import io.thingward.authentication.DeviceLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.NotFoundException;
import io.thingward.error.UnavailableException;
import io.thingward.management.AccessKey;
import io.thingward.management.NewAccessKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.WorkspaceId;
import io.thingward.store.PageRequest;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Access keys and the devices that come with them: what the Losant model asks for. */
class AccessKeyRulesTest {
  private Platform platform;
  private WorkspaceId acme;
  private Device thermostat;
  private Device neighbour;
  private Device stranger;
  private Issued<AccessKey> paris;

  @BeforeEach
  void start() {
    platform = new Platform();
    acme = platform.workspace("acme", platform.user("ann"));
    thermostat = platform.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
    neighbour = platform.fleet.put(Device.of(acme, "t2").tagged("site", "paris"));
    stranger = platform.fleet.put(Device.of(acme, "t3").tagged("site", "oslo"));
    paris = platform.host.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private boolean admits(Issued<AccessKey> key, Device device) {
    return platform.connect(key, device) instanceof Authentication.Authenticated<Subject>;
  }

  @Test
  @DisplayName("R12 an access key admits the devices of its scope and no other")
  void accessKey_scope_admits() {
    assertThat(admits(paris, thermostat)).isTrue();
    assertThat(admits(paris, stranger)).isFalse();
    assertThat(platform.audit.lastReason()).isEqualTo("OUT_OF_SCOPE");
  }

  @Test
  @DisplayName("R12 for all devices means all, also those that appear later")
  void accessKey_allDevices_admitsLaterOnes() {
    Issued<AccessKey> all = platform.host.accessKeys(acme).create("All", DeviceScope.all());
    Device late = platform.fleet.put(Device.of(acme, "late"));
    assertThat(admits(all, late)).isTrue();
  }

  @Test
  @DisplayName("R12 an access key holds no workspace permission")
  void deviceSubject_workspacePermission_isNone() {
    Subject device = platform.connect(paris, thermostat).orElseThrow();
    assertThat(device.permissions(acme)).isEmpty();
    assertThat(device.decide(RULES, acme).reason()).isEqualTo(Reason.NOT_GRANTED);
  }

  @Test
  @DisplayName("R12 name, description and status change, the scope never does")
  void accessKey_edit_keepsScope() {
    var keys = platform.host.accessKeys(acme);
    keys.rename(paris.id(), "Paris, rue de Rivoli");
    keys.describe(paris.id(), "First floor");
    AccessKey edited = keys.suspend(paris.id());
    assertThat(edited.name()).isEqualTo("Paris, rue de Rivoli");
    assertThat(edited.description()).isEqualTo("First floor");
    assertThat(edited.suspended()).isTrue();
    assertThat(edited.scope()).isEqualTo(DeviceScope.anyOf("site=paris"));
  }

  @Test
  @DisplayName("R13 the directory is asked only after the secret was verified")
  void deviceLogin_wrongSecret_doesNotAskDirectory() {
    Issued<AccessKey> other = platform.host.accessKeys(acme).create("Other", DeviceScope.all());
    int before = platform.fleet.asked();
    var result =
        platform.thingward.authenticate(
            DeviceLogin.of(paris.id(), other.secret(), thermostat.id()), RequestContext.none());
    assertThat(result).isEqualTo(new Authentication.Refused<Subject>());
    assertThat(platform.audit.lastReason()).isEqualTo("WRONG_SECRET");
    assertThat(platform.fleet.asked()).isEqualTo(before);
  }

  @Test
  @DisplayName("R13 an absent device is the ordinary refusal, a failing directory is unavailable")
  void deviceLogin_absentDevice_isRefused() {
    assertThat(platform.connect(paris, Device.of(acme, "nobody")))
        .isEqualTo(platform.connect(paris, stranger));
    platform.fleet.fail(new IllegalStateException("down"));
    assertThatThrownBy(() -> platform.connect(paris, neighbour))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  @DisplayName("R14 a device that leaves its key's scope is denied, and recovers when it returns")
  void heldDevice_tagMoves_isDeniedAndRecovers() {
    Subject held = platform.connect(paris, thermostat).orElseThrow();
    assertThat(held.isAllowed(VIEW, neighbour)).isTrue();

    platform.fleet.put(Device.of(acme, "t1").tagged("site", "oslo"));
    platform.thingward.deviceChanged(acme, thermostat.id());
    assertThat(held.isAllowed(VIEW, neighbour)).isFalse();
    assertThat(held.decide(VIEW, neighbour).reason()).isEqualTo(Reason.DEVICE_LEFT_SCOPE);
    assertThat(held.devices(VIEW, acme).set().isNothing()).isTrue();

    platform.fleet.put(thermostat);
    platform.thingward.deviceChanged(acme, thermostat.id());
    assertThat(held.isAllowed(VIEW, neighbour)).isTrue();
  }

  @Test
  @DisplayName(
      "R15 a device does peer permissions in its scope, self permissions on itself in addition")
  void deviceSubject_selfAndPeers() {
    Subject device = platform.connect(paris, thermostat).orElseThrow();
    assertThat(device.decide(RECORD, thermostat).reason()).isEqualTo(Reason.DEVICE_SELF);
    assertThat(device.decide(VIEW, thermostat).reason()).isEqualTo(Reason.DEVICE_PEER);
    assertThat(device.decide(VIEW, neighbour).reason()).isEqualTo(Reason.DEVICE_PEER);
    assertThat(device.decide(RECORD, neighbour).reason()).isEqualTo(Reason.SELF_ONLY);
    assertThat(device.decide(EDIT, thermostat).reason()).isEqualTo(Reason.NOT_GRANTED);
    assertThat(device.decide(VIEW, stranger).reason()).isEqualTo(Reason.OUT_OF_SCOPE);
  }

  @Test
  @DisplayName(
      "R16 rotation with an overlap keeps both secrets until it is over, and drops the oldest first")
  void rotate_overlap() {
    var keys = platform.host.accessKeys(acme);
    Issued<AccessKey> second = keys.rotate(paris.id(), Duration.ofHours(1));
    assertThat(second.id()).isEqualTo(paris.id());
    assertThat(second.value().secrets()).isEqualTo(2);
    assertThat(admits(paris, thermostat)).isTrue();
    assertThat(admits(second, thermostat)).isTrue();

    Issued<AccessKey> third = keys.rotate(paris.id(), Duration.ofHours(1));
    assertThat(admits(paris, thermostat)).isFalse();
    assertThat(admits(second, thermostat)).isTrue();
    assertThat(admits(third, thermostat)).isTrue();

    platform.time.pass(Duration.ofHours(1).minusMillis(1));
    assertThat(admits(second, thermostat)).isTrue();
    platform.time.pass(Duration.ofMillis(1));
    assertThat(admits(second, thermostat)).isFalse();
    assertThat(admits(third, thermostat)).isTrue();
    assertThat(keys.get(paris.id()).secrets()).isEqualTo(1);
  }

  @Test
  @DisplayName("R16 with no overlap the old secret is dead at once, and so is who came with it")
  void rotate_noOverlap() {
    Subject held = platform.connect(paris, thermostat).orElseThrow();
    Issued<AccessKey> fresh = platform.host.accessKeys(acme).rotate(paris.id(), Duration.ZERO);
    assertThat(admits(paris, thermostat)).isFalse();
    assertThat(admits(fresh, thermostat)).isTrue();
    assertThat(held.decide(VIEW, neighbour).reason()).isEqualTo(Reason.CREDENTIAL_ENDED);
  }

  @Test
  @DisplayName("R17 the public id finds and revokes a key and authenticates nobody")
  void publicId_isUseless() {
    String id = paris.value().key();
    assertThat(
            platform.thingward.authenticate(DeviceLogin.parse(id, id, "t1"), RequestContext.none()))
        .isEqualTo(new Authentication.Refused<Subject>());
    platform.host.accessKeys(acme).delete(paris.id());
    assertThat(admits(paris, thermostat)).isFalse();
    assertThatThrownBy(() -> platform.host.accessKeys(acme).delete(paris.id()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R19 a suspended key admits nobody; resumed, held subjects recover")
  void suspend_resume() {
    Subject held = platform.connect(paris, thermostat).orElseThrow();
    platform.host.accessKeys(acme).suspend(paris.id());
    assertThat(held.decide(VIEW, neighbour).reason()).isEqualTo(Reason.CREDENTIAL_SUSPENDED);
    assertThat(admits(paris, thermostat)).isFalse();
    platform.host.accessKeys(acme).resume(paris.id());
    assertThat(held.isAllowed(VIEW, neighbour)).isTrue();
    assertThat(admits(paris, thermostat)).isTrue();
  }

  @Test
  @DisplayName("R19 a suspended workspace admits nobody; what it held recovers with it")
  void suspend_workspace() {
    Subject held = platform.connect(paris, thermostat).orElseThrow();
    platform.host.workspaces().suspend(acme);
    assertThat(held.decide(VIEW, neighbour).reason()).isEqualTo(Reason.WORKSPACE_SUSPENDED);
    assertThat(admits(paris, thermostat)).isFalse();
    platform.host.workspaces().resume(acme);
    assertThat(held.isAllowed(VIEW, neighbour)).isTrue();
  }

  @Test
  @DisplayName("R8 a secret is shown once: no listing, event or text has it")
  void secret_isShownOnce() {
    String secret = new String(paris.secret().reveal());
    var listed = platform.host.accessKeys(acme).list(PageRequest.first(10));
    assertThat(listed.items()).hasSize(1);
    assertThat(listed.toString() + paris + paris.secret() + platform.audit.take() + platform.memory)
        .doesNotContain(secret);
    paris.close();
    assertThatThrownBy(() -> paris.secret().reveal()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("An access key with an end admits until that instant and not at it")
  void end_isExact() {
    var end = platform.time.instant().plusSeconds(60);
    Issued<AccessKey> brief =
        platform
            .host
            .accessKeys(acme)
            .create(NewAccessKey.of("Brief", DeviceScope.all()).endsAt(end));
    platform.time.pass(Duration.ofSeconds(60).minusMillis(1));
    assertThat(admits(brief, thermostat)).isTrue();
    platform.time.pass(Duration.ofMillis(1));
    assertThat(admits(brief, thermostat)).isFalse();
  }

  @Test
  @DisplayName("R23 a bulk creation has an outcome per item, in order, and one audit event")
  void createAll_outcomes() {
    platform.audit.take();
    var outcomes =
        platform
            .host
            .accessKeys(acme)
            .createAll(
                List.of(
                    NewAccessKey.of("one", DeviceScope.all()),
                    NewAccessKey.of("two", DeviceScope.none()),
                    NewAccessKey.of("three", DeviceScope.anyOf("t1"))));
    assertThat(outcomes).hasSize(3);
    assertThat(outcomes.get(0).orElseThrow().value().name()).isEqualTo("one");
    assertThat(outcomes.get(1).failure()).containsInstanceOf(IllegalArgumentException.class);
    assertThat(outcomes.get(2).orElseThrow().value().name()).isEqualTo("three");
    assertThat(platform.audit.take()).hasSize(1);
  }

  @Test
  @DisplayName("A revealed secret is a copy: wiping it leaves the issued one")
  void secret_reveal_copies() {
    char[] copy = paris.secret().reveal();
    java.util.Arrays.fill(copy, 'x');
    assertThat(admits(paris, thermostat)).isTrue();
    assertThat(Secret.of("x").toString()).doesNotContain("x]");
  }
}
