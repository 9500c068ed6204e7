package io.thingward.access;

import static io.thingward.testing.Platform.BILLING;
import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.authentication.Authentication;
import io.thingward.authentication.DeviceLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.store.PageRequest;
import io.thingward.testing.Platform;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** API keys of users: what the IoT Open and the Datacake model ask for. */
class ApiKeyRulesTest {
  private final Platform platform = new Platform();
  private PrincipalId ann;
  private PrincipalId ben;
  private WorkspaceId acme;
  private WorkspaceId beta;
  private Device inAcme;
  private Device inBeta;

  @BeforeEach
  void start() {
    ann = platform.user("ann");
    ben = platform.user("ben");
    acme = platform.workspace("acme", ann);
    beta = platform.workspace("beta", ann);
    inAcme = Device.of(acme, "t1").tagged("site", "paris");
    inBeta = Device.of(beta, "t1").tagged("site", "paris");
    platform.member(acme, ben, Set.of(RULES.name()), Set.of(), grant(DeviceScope.all(), VIEW));
    platform.member(beta, ben, Set.of(), Set.of(), grant(DeviceScope.anyOf("t1"), RECORD));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  @DisplayName("R10 a key is its principal: in every workspace of it, gaining and losing with it")
  void key_isItsPrincipal() {
    Subject key = platform.by(ben);
    assertThat(key.isAllowed(VIEW, inAcme)).isTrue();
    assertThat(key.isAllowed(RECORD, inBeta)).isTrue();
    assertThat(key.isAllowed(EDIT, inAcme)).isFalse();
    assertThat(key.workspaces(PageRequest.first(10)).items())
        .extracting(SubjectWorkspace::id)
        .containsExactlyInAnyOrder(acme, beta);
    platform.host.workspaces().addOwner(acme, ben);
    assertThat(key.isAllowed(EDIT, inAcme)).isTrue();
    platform.host.workspaces().removeOwner(acme, ben);
    assertThat(key.isAllowed(EDIT, inAcme)).isFalse();
    assertThat(key.isAllowed(VIEW, inAcme)).isTrue();
  }

  @Test
  @DisplayName("R10 removing one key touches no other")
  void delete_touchesNoOther() {
    Issued<ApiKey> grafana = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"));
    Issued<ApiKey> nodeRed = platform.host.apiKeys(ben).create(NewApiKey.of("Node-RED"));
    platform.host.apiKeys(ben).delete(grafana.id());
    assertThat(platform.authenticate(grafana.secret()).toOptional()).isEmpty();
    assertThat(platform.authenticate(nodeRed.secret()).toOptional()).isPresent();
    assertThat(platform.host.apiKeys(ben).list(PageRequest.first(10)).items())
        .extracting(ApiKey::name)
        .containsExactly("Node-RED");
  }

  @Test
  @DisplayName("R10 a restriction narrows, for owners too, and names nothing for other workspaces")
  void restriction_narrows() {
    Subject narrowed =
        platform.by(
            ann,
            NewApiKey.of("narrow").restrictedTo(acme, DeviceScope.anyOf("site=paris"), RECORD));
    assertThat(narrowed.decide(RECORD, inAcme).reason()).isEqualTo(Reason.OWNER);
    assertThat(narrowed.isAllowed(VIEW, inAcme)).isTrue(); // implied when the key was made
    assertThat(narrowed.decide(EDIT, inAcme).reason()).isEqualTo(Reason.RESTRICTED);
    assertThat(narrowed.decide(RULES, acme).reason()).isEqualTo(Reason.RESTRICTED);
    assertThat(narrowed.isAllowed(VIEW, Device.of(acme, "elsewhere"))).isFalse();
    assertThat(narrowed.isAllowed(VIEW, inBeta)).isFalse();
    assertThat(narrowed.workspaces(PageRequest.first(10)).items())
        .extracting(SubjectWorkspace::id)
        .containsExactly(acme);
    assertThat(narrowed.devices(VIEW, acme).set().selectors()).hasSize(1);
  }

  @Test
  @DisplayName("B13 a restriction without rows leaves nothing; none at all leaves everything")
  void restriction_empty_isNotUnrestricted() {
    NewApiKey nothing =
        new NewApiKey(
            "nothing", java.util.Optional.empty(), java.util.Optional.of(java.util.List.of()));
    Subject none = platform.by(ann, nothing);
    assertThat(none.permissions(acme)).isEmpty();
    assertThat(none.permissions(inAcme)).isEmpty();
    assertThat(platform.by(ann).permissions(acme)).contains(BILLING);
  }

  @Test
  @DisplayName(
      "R7 a restriction keeps what implications held when it was made; a later catalog widens nothing")
  void restriction_isClosedWhenMade() {
    try (Issued<ApiKey> key =
        platform
            .host
            .apiKeys(ann)
            .create(NewApiKey.of("view").restrictedTo(acme, DeviceScope.all(), VIEW))) {
      DevicePermission wider =
          DevicePermission.of("device.view", "See it")
              .implying(DevicePermission.of("device.move", ""));
      try (Platform later = Platforms.sharing(platform, wider)) {
        Subject subject = later.authenticate(key.secret()).orElseThrow();
        DevicePermission move =
            later.thingward.catalog().devicePermission("device.move").orElseThrow();
        assertThat(subject.isAllowed(wider, inAcme)).isTrue();
        assertThat(subject.isAllowed(move, inAcme)).isFalse();
        assertThat(later.by(ann).isAllowed(move, inAcme)).isTrue();
      }
    }
  }

  @Test
  @DisplayName("R22 a key does not manage the account it belongs to")
  void key_doesNotManageItsAccount() {
    Subject key = platform.by(ben);
    var own = platform.thingward.as(key).apiKeys(ben);
    assertThatThrownBy(() -> own.create(NewApiKey.of("successor")))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> own.delete(key.credential().id()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> platform.thingward.as(key).apiKeys(ann).list(PageRequest.first(1)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName(
      "R1 the workspace of others, its devices and its keys answer like what does not exist")
  void foreignWorkspace_isLikeNone() {
    PrincipalId eve = platform.user("eve");
    WorkspaceId hers = platform.workspace("hers", eve);
    Issued<AccessKey> acmeKey = platform.host.accessKeys(acme).create("key", DeviceScope.all());
    Subject by = platform.by(eve);
    WorkspaceId missing = WorkspaceId.of("missing");
    assertThat(by.decide(RULES, acme)).isEqualTo(by.decide(RULES, missing));
    assertThat(by.decide(VIEW, inAcme)).isEqualTo(by.decide(VIEW, Device.of(missing, "t1")));
    var management = platform.thingward.as(by);
    CredentialId none = new CredentialId(1, 1);
    assertThatThrownBy(() -> management.accessKeys(acme).get(acmeKey.id()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no workspace acme");
    assertThatThrownBy(() -> management.accessKeys(missing).get(none))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no workspace missing");
    assertThatThrownBy(() -> management.accessKeys(hers).get(acmeKey.id()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no access key " + acmeKey.id());
    assertThatThrownBy(() -> management.accessKeys(hers).get(none))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no access key " + none);
  }

  @Test
  @DisplayName("A23 a credential of one kind is none of another")
  void kinds_areNotInterchangeable() {
    Issued<ApiKey> api = platform.host.apiKeys(ann).create(NewApiKey.of("key"));
    Issued<AccessKey> access = platform.host.accessKeys(acme).create("key", DeviceScope.all());
    platform.fleet.put(inAcme);
    String apiToken = new String(api.secret().reveal());
    String secretPart = apiToken.substring(5 + 22, 5 + 22 + 43);
    for (String text :
        new String[] {
          apiToken.replace("tw_k_", "tw_s_"),
          new String(access.secret().reveal()),
          access.value().key(),
          "tw_k_" + access.id() + secretPart
        }) {
      assertThat(platform.authenticate(Secret.of(text)))
          .isEqualTo(new Authentication.Refused<Subject>());
    }
    assertThat(
            platform.thingward.authenticate(
                DeviceLogin.of(api.id(), access.secret(), inAcme.id()), RequestContext.none()))
        .isEqualTo(new Authentication.Refused<Subject>());
    assertThat(
            platform.thingward.authenticate(
                DeviceLogin.of(access.id(), api.secret(), inAcme.id()), RequestContext.none()))
        .isEqualTo(new Authentication.Refused<Subject>());
  }

  @Test
  @DisplayName("R29 a principal has at most 100 API keys")
  void keys_areLimited() {
    for (int i = 0; i < Limits.API_KEYS_PER_PRINCIPAL; i++) {
      platform.host.apiKeys(ben).create(NewApiKey.of("key " + i)).close();
    }
    assertThatThrownBy(() -> platform.host.apiKeys(ben).create(NewApiKey.of("one more")))
        .isInstanceOf(LimitException.class);
  }

  @Test
  @DisplayName(
      "R18 a use is recorded coarsely, with its source, off the caller's thread, and never fails a login")
  void lastUse_isRecorded() {
    Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("key"));
    platform.stores.disturb(
        (call, real) -> {
          if (call.startsWith("keyUses")) {
            throw new IllegalStateException("down");
          }
          return real.run();
        });
    assertThat(platform.authenticate(key.secret()).toOptional()).isPresent();
    platform.stores.calm();
    Issued<ApiKey> other = platform.host.apiKeys(ben).create(NewApiKey.of("other"));
    assertThat(platform.authenticate(other.secret()).toOptional()).isPresent();
    platform.close(); // writes what waits
    assertThat(platform.memory.keyUses().find(Set.of(other.id())).get(other.id()).source())
        .contains("192.0.2.1");
  }
}
