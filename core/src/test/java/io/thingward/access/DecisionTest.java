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
import io.thingward.credential.Issued;
import io.thingward.error.UnavailableException;
import io.thingward.management.AccessKeys;
import io.thingward.management.ApiKey;
import io.thingward.management.NewAccessKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an answer says about itself, and what may be asked. */
class DecisionTest {
  private Platform platform;
  private PrincipalId ann;
  private PrincipalId ben;
  private WorkspaceId acme;
  private Device inParis;
  private Device inOslo;

  @BeforeEach
  void start() {
    start(new Platform());
  }

  private void start(Platform with) {
    platform = with;
    ann = platform.user("ann");
    ben = platform.user("ben");
    acme = platform.workspace("acme", ann);
    inParis = platform.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
    inOslo = platform.fleet.put(Device.of(acme, "t2").tagged("site", "oslo"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  @DisplayName(
      "R24 decide names the grant or role that allowed, or what was missing, by a stable code")
  void decide_explains() {
    RoleId technician = RoleId.of("technician");
    assertThat(
            platform
                .memory
                .workspaces()
                .insertRole(
                    RoleRecord.builder(technician, platform.version(), platform.time.instant())
                        .workspace(Optional.of(acme))
                        .name("Technician")
                        .permissions(Set.of(BILLING.name()))
                        .onAssignedDevices(Set.of(EDIT.name()))
                        .build()))
        .isTrue();
    DeviceScope paris = DeviceScope.anyOf("site=paris");
    DeviceScope oslo = DeviceScope.anyOf("site=oslo");
    platform.member(
        acme, ben, Set.of(), Set.of(new RoleAssignment(technician, oslo)), grant(paris, RECORD));
    Subject held = platform.by(ben);

    assertThat(held.decide(VIEW, inParis))
        .hasToString("allow device.view: GRANT on site=paris")
        .isEqualTo(Decision.allow(VIEW, Reason.GRANT).scope(paris));
    assertThat(held.decide(EDIT, inOslo))
        .hasToString("allow device.edit: ROLE technician on site=oslo")
        .isEqualTo(Decision.allow(EDIT, Reason.ROLE).role(technician).scope(oslo));
    assertThat(held.decide(RULES, acme))
        .isEqualTo(Decision.allow(RULES, Reason.ROLE).role(technician));
    assertThat(held.decide(EDIT, inParis)).hasToString("deny device.edit: NOT_GRANTED");
    assertThat(held.decide(ManagementPermissions.MEMBERS_READ, acme).reason().code())
        .isEqualTo("NOT_GRANTED");
    assertThat(platform.by(ann).decide(EDIT, inParis)).hasToString("allow device.edit: OWNER on *");
  }

  @Test
  @DisplayName("R5 a permission that is not in the catalog cannot be asked for")
  void decide_undeclared_isRefused() {
    Subject held = platform.by(ann);
    WorkspacePermission unknown = WorkspacePermission.of("workspace.unknown", "");
    DevicePermission none = DevicePermission.of("device.unknown", "");
    assertThatThrownBy(() -> held.isAllowed(unknown, acme))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> held.decide(none, inParis))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("S8 purging asks a store for a whole millisecond, and keeps the retention")
  void purge_retentionFinerThanAMillisecond_isKept() {
    Instant end = platform.time.instant().plusSeconds(60);
    platform.host.apiKeys(ben).create(NewApiKey.of("brief").endsAt(end)).close();
    platform.time.pass(Duration.ofDays(31));
    Duration sinceEnd = Duration.between(end, platform.time.instant());

    assertThat(platform.host.purge(sinceEnd.minusNanos(1))).isZero();
    assertThat(platform.host.purge(sinceEnd.minusMillis(1))).isEqualTo(1);
  }

  @Test
  @DisplayName("R28 purging takes what ended by plan after its retention, and changes no answer")
  void purge_changesNoAnswer() {
    Instant end = platform.time.instant().plusSeconds(60);
    Issued<ApiKey> brief = platform.host.apiKeys(ben).create(NewApiKey.of("brief").endsAt(end));
    Issued<ApiKey> lasting = platform.host.apiKeys(ben).create(NewApiKey.of("lasting"));
    platform
        .host
        .accessKeys(acme)
        .create(NewAccessKey.of("brief", DeviceScope.all()).endsAt(end))
        .close();
    platform.time.pass(Duration.ofDays(31));
    assertThat(platform.authenticate(brief.secret()))
        .isEqualTo(new Authentication.Refused<Subject>());

    assertThat(platform.host.purge(Duration.ofDays(40))).isZero();
    assertThat(platform.host.purge(Duration.ofDays(30))).isEqualTo(2);
    assertThat(platform.host.purge(Duration.ofDays(30))).isZero();

    assertThat(platform.authenticate(brief.secret()))
        .isEqualTo(new Authentication.Refused<Subject>());
    assertThat(platform.authenticate(lasting.secret()).toOptional()).isPresent();
    assertThat(platform.host.apiKeys(ben).list(PageRequest.first(10)).items())
        .extracting(ApiKey::name)
        .containsExactly("lasting");
  }

  @Test
  @DisplayName("A host may narrow what tag keys and values are")
  void tags_narrowed() {
    platform.close();
    start(
        new Platform(
            builder ->
                builder.tags(Pattern.compile("[0-9a-zA-Z_-]{1,255}"), Pattern.compile(".*"))));
    AccessKeys keys = platform.host.accessKeys(acme);
    assertThatThrownBy(() -> keys.create("key", DeviceScope.anyOf("my site=paris")))
        .isInstanceOf(IllegalArgumentException.class);
    keys.create("key", DeviceScope.anyOf("my_site=new york")).close();
  }

  @Test
  @DisplayName("A34 a store that hangs holds up who needs its answer, and nobody else")
  void hangingStore_holdsUpNobodyElse() throws Exception {
    try (Issued<ApiKey> one = platform.host.apiKeys(ben).create(NewApiKey.of("one"));
        Issued<ApiKey> two = platform.host.apiKeys(ann).create(NewApiKey.of("two"))) {
      Subject held = platform.authenticate(two.secret()).orElseThrow();
      assertThat(held.isAllowed(VIEW, inParis)).isTrue();
      CountDownLatch hangs = new CountDownLatch(1);
      CountDownLatch deadline = new CountDownLatch(1);
      platform.stores.disturb(
          (call, real) -> {
            if (call.equals("keys.find") && hangs.getCount() > 0) {
              hangs.countDown();
              assertThat(deadline.await(10, TimeUnit.SECONDS)).isTrue();
              throw new StoreUnavailableException("deadline");
            }
            return real.run();
          });
      ExecutorService executor = Executors.newSingleThreadExecutor();
      try {
        Future<Authentication<Subject>> waiting =
            executor.submit(() -> platform.authenticate(one.secret()));
        assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(held.isAllowed(VIEW, inParis)).isTrue();
        assertThat(platform.authenticate(two.secret()).toOptional()).isPresent();
        platform.host.apiKeys(ann).suspend(two.id());
        assertThat(held.isAllowed(VIEW, inParis)).isFalse();
        deadline.countDown();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(UnavailableException.class);
        assertThat(platform.authenticate(one.secret()).toOptional()).isPresent();
      } finally {
        executor.shutdownNow();
      }
    }
  }
}
