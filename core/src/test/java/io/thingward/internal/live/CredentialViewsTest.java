package io.thingward.internal.live;

import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.access.Device;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.error.UnavailableException;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.KeyView;
import io.thingward.store.PageRequest;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On stores that hold credentials and holders together, both come in one read. */
class CredentialViewsTest {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final Platform platform = Platform.observing(ObservedStores::withViews);
  private final PrincipalId ann = platform.user("ann");
  private final PrincipalId ben = platform.user("ben");
  private final WorkspaceId acme = platform.workspace("acme", ann);
  private final Device device = platform.fleet.put(Device.of(acme, "t1"));

  @AfterEach
  void stop() {
    platform.close();
  }

  private Issued<ApiKey> key() {
    platform.member(acme, ben, Set.of(), Set.of(), grant(DeviceScope.all(), VIEW));
    Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("key"));
    platform.stores.takeCalls();
    return key;
  }

  @Test
  @DisplayName("F7: a cold API key is one read, its first check another, and nothing after that")
  void coldApiKey_isOneRead() {
    Issued<ApiKey> key = key();

    Subject held = platform.authenticate(key.secret()).orElseThrow();
    assertThat(platform.stores.takeCalls()).containsExactly("keyViews.view");
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    assertThat(platform.stores.takeCalls()).containsExactly("workspaces.view");
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    assertThat(platform.authenticate(key.secret()).toOptional()).isPresent();
    assertThat(platform.stores.takeCalls()).isEmpty();
  }

  @Test
  @DisplayName("F7: a cold device login is one read")
  void coldDevice_isOneRead() {
    Issued<AccessKey> key = platform.host.accessKeys(acme).create("Paris", DeviceScope.all());
    platform.time.pass(BOUND.plusNanos(1));
    platform.stores.takeCalls();

    Subject held = platform.connect(key, device).orElseThrow();
    assertThat(held.isAllowed(VIEW, device)).isTrue();

    assertThat(platform.stores.takeCalls()).containsExactly("keyViews.view");
  }

  @Test
  @DisplayName("F7: a session that is not known here is one read")
  void coldSession_isOneRead() {
    Login login = platform.host.sessions(ben).issue(RequestContext.none());
    platform.time.pass(BOUND.plusNanos(1));
    platform.stores.takeCalls();

    Subject held =
        platform
            .thingward
            .authenticate(new BearerToken(login.session().secret()), RequestContext.none())
            .orElseThrow();

    assertThat(held.isActive()).isTrue();
    assertThat(platform.stores.takeCalls()).containsExactly("sessionViews.view");
  }

  @Test
  @DisplayName("R20: management by a key reads key and holder in one call, never from memory")
  void managementByKey_readsOnce() {
    Issued<ApiKey> key = platform.host.apiKeys(ann).create(NewApiKey.of("key"));
    Subject owner = platform.authenticate(key.secret()).orElseThrow();
    platform.stores.takeCalls();

    assertThat(platform.thingward.as(owner).accessKeys(acme).list(PageRequest.first(1)).items())
        .isEmpty();

    assertThat(platform.stores.takeCalls())
        .containsExactly("keyViews.view", "workspaces.view", "keys.listAccessKeys");
  }

  @Test
  @DisplayName("F5: the holder in a view that a change overtook is not kept")
  void holderChanged_whileViewed_isReadAgain() {
    Issued<ApiKey> key = key();
    platform.stores.disturb(
        (call, real) -> {
          Object view = real.run();
          if (call.equals("keyViews.view")) {
            platform.host.users().suspend(ben);
          }
          return view;
        });

    assertThat(platform.authenticate(key.secret()).toOptional()).isEmpty();
    assertThat(platform.authenticate(key.secret()).toOptional()).isEmpty();
    platform.stores.calm();
    platform.host.users().resume(ben);
    assertThat(platform.authenticate(key.secret()).toOptional()).isPresent();
  }

  @Test
  @DisplayName("A view with another holder than the key names is no answer")
  void wrongHolder_isUnavailable() {
    Issued<ApiKey> key = key();
    platform.stores.disturb(
        (call, real) ->
            real.run() instanceof KeyView view
                ? new KeyView(view.key(), platform.memory.principals().find(ann), view.workspace())
                : real.run());

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> platform.authenticate(key.secret()));
  }
}
