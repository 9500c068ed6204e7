package io.thingward.management;

import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Device;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.access.Watch;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.error.UnavailableException;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ways in which a promise was once broken, each found by somebody who tried. */
class CounterexamplesTest {
  private Platform platform;
  private PrincipalId ann;
  private PrincipalId ben;
  private PrincipalId eve;
  private WorkspaceId acme;

  @BeforeEach
  void start() {
    start(new Platform());
  }

  private void start(Platform with) {
    platform = with;
    ann = platform.user("ann");
    ben = platform.user("ben");
    eve = platform.user("eve");
    acme = platform.workspace("acme", ann);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Subject holder(PrincipalId user, String... permissions) {
    platform.member(acme, user, Set.of(permissions), Set.of());
    return platform.by(user);
  }

  @Test
  @DisplayName("R21 who becomes an owner while being removed is unmade by no one but an owner")
  void remove_ofWhoBecomesOwner_isRefused() {
    Subject editor = holder(eve, ManagementPermissions.MEMBERS_EDIT.name());
    platform.member(acme, ben, Set.of(), Set.of());
    AtomicInteger views = new AtomicInteger();
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("workspaces.view") && views.incrementAndGet() == 3) {
            platform.host.workspaces().addOwner(acme, ben);
          }
          return real.run();
        });
    assertThatThrownBy(() -> platform.thingward.as(editor).members(acme).remove(ben))
        .isInstanceOf(NotPermittedException.class);
    platform.stores.calm();
    assertThat(platform.host.workspaces().get(acme).owners()).contains(ann, ben);
  }

  @Test
  @DisplayName("F6 a change between the start of a watch and its first look is told")
  void watch_changeBeforeFirstLook_isTold() throws Exception {
    platform.close();
    ScheduledThreadPoolExecutor busy = new ScheduledThreadPoolExecutor(1);
    try {
      start(new Platform(builder -> builder.scheduler(busy)));
      Subject held = holder(eve, RULES.name());
      assertThat(held.isAllowed(RULES, acme)).isTrue();
      CountDownLatch free = new CountDownLatch(1);
      busy.execute(
          () -> {
            try {
              assertThat(free.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          });
      BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
      Watch watch = platform.thingward.watch(held, (subject, event) -> told.add(event));
      platform.host.members(acme).change(eve, ChangeSet.builder().withdraw(RULES).build());
      free.countDown();
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.CHANGED);
      watch.close();
    } finally {
      busy.shutdownNow();
    }
  }

  @Test
  @DisplayName("F6 a listener that does not return holds up no other watch")
  void watch_blockedListener_holdsUpNoOther() throws Exception {
    platform.member(acme, ben, Set.of(), Set.of());
    platform.member(acme, eve, Set.of(), Set.of());
    Subject first = platform.by(ben);
    Subject second = platform.by(eve);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Watch one =
        platform.thingward.watch(
            first,
            (subject, event) -> {
              blocked.countDown();
              try {
                assertThat(free.await(10, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    Watch other = platform.thingward.watch(second, (subject, event) -> told.add(event));
    platform.host.apiKeys(ben).delete(first.credential().id());
    assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
    platform.host.apiKeys(eve).delete(second.credential().id());
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.ENDED);
    free.countDown();
    one.close();
    other.close();
  }

  @Test
  @DisplayName(
      "B33 a directory that asks the library what the library asks it is refused, not hung")
  void directory_callingBack_isRefused() {
    Device device = platform.fleet.put(Device.of(acme, "t1"));
    var key = platform.host.accessKeys(acme).create("key", DeviceScope.all());
    Subject held = platform.connect(key, device).orElseThrow();
    platform.fleet.answer(
        (workspace, id) -> {
          boolean answer = held.isAllowed(VIEW, device);
          return answer ? Optional.of(device) : Optional.empty();
        });
    platform.thingward.deviceChanged(acme, device.id());
    assertThatThrownBy(() -> held.isAllowed(VIEW, device)).isInstanceOf(UnavailableException.class);
  }

  @Test
  @DisplayName("R10 a key that its restriction keeps out of a workspace does not read it either")
  void restrictedKey_elsewhere_findsNothing() {
    WorkspaceId other = platform.workspace("other", ann);
    Subject narrow =
        platform.by(ann, NewApiKey.of("narrow").restrictedTo(other, DeviceScope.all(), VIEW));
    assertThatThrownBy(() -> platform.thingward.as(narrow).workspaces().get(acme))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no workspace acme");
    assertThat(platform.thingward.as(narrow).workspaces().get(other).id()).isEqualTo(other);
  }

  @Test
  @DisplayName("R9 moving the end of a user who had come to it does not bring its sessions back")
  void setEnd_ofEndedUser_leavesSessionsEnded() {
    platform.host.users().setEnd(ben, Optional.of(platform.time.instant().plusSeconds(60)));
    try (Login login = platform.host.sessions(ben).issue(RequestContext.none())) {
      platform.time.pass(Duration.ofSeconds(61));
      assertThat(platform.authenticate(login.session().secret()).toOptional()).isEmpty();
      platform.host.users().setEnd(ben, Optional.empty());
      assertThat(platform.authenticate(login.session().secret()).toOptional()).isEmpty();
    }
  }

  @Test
  @DisplayName("R23 a user whose first key is refused is not created")
  void createUser_withPastKey_createsNothing() {
    PrincipalId id = PrincipalId.of("zoe");
    NewApiKey past = NewApiKey.of("past").endsAt(platform.time.instant().minusSeconds(1));
    assertThatThrownBy(() -> platform.host.users().create(id, "zoe", past))
        .isInstanceOf(IllegalArgumentException.class);
    platform.host.users().create(id, "zoe").close();
    assertThatThrownBy(() -> platform.host.users().setEnd(id, Optional.of(Instant.MIN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("R27 an access key that was refused leaves an event")
  void refusedAccessKey_isAudited() {
    Subject editor = holder(eve, ManagementPermissions.ACCESS_KEYS_EDIT.name());
    AccessKeys keys = platform.thingward.as(editor).accessKeys(acme);
    platform.audit.take();
    assertThatThrownBy(() -> keys.create("all", DeviceScope.all()))
        .isInstanceOf(NotPermittedException.class);
    assertThat(platform.audit.take())
        .extracting(AuditEvent::kind)
        .containsExactly(AuditKind.NOT_CHANGED);
    var outcomes = keys.createAll(List.of(NewAccessKey.of("all", DeviceScope.all())));
    assertThat(outcomes.get(0).failure()).isPresent();
    assertThat(platform.audit.take())
        .extracting(AuditEvent::kind)
        .containsExactly(AuditKind.NOT_CHANGED);
  }

  @Test
  @DisplayName("R8 a rotation gives its secret though the store of last uses does not answer")
  void rotate_withoutLastUses_givesSecret() {
    Device device = platform.fleet.put(Device.of(acme, "t1"));
    var key = platform.host.accessKeys(acme).create("key", DeviceScope.all());
    platform.stores.disturb(
        (call, real) -> {
          if (call.startsWith("keyUses.")) {
            throw new StoreUnavailableException("down");
          }
          return real.run();
        });
    Issued<AccessKey> fresh = platform.host.accessKeys(acme).rotate(key.id(), Duration.ZERO);
    assertThat(platform.host.accessKeys(acme).list(PageRequest.first(10)).items()).hasSize(1);
    platform.stores.calm();
    assertThat(platform.connect(fresh, device).toOptional()).isPresent();
  }

  @Test
  @DisplayName(
      "R25 a restriction has no more terms than one filter, so that the filter always exists")
  void restriction_terms_areLimited() {
    NewApiKey key =
        NewApiKey.of("wide")
            .restrictedTo(acme, ids("a", Limits.TERMS_PER_RESTRICTION / 2), VIEW)
            .restrictedTo(acme, ids("b", Limits.TERMS_PER_RESTRICTION / 2), VIEW);
    Subject subject = platform.by(ann, key);
    assertThat(subject.devices(VIEW, acme).set().selectors().get(0).size())
        .isEqualTo(Limits.TERMS_PER_RESTRICTION);
    NewApiKey wider = key.restrictedTo(acme, DeviceScope.anyOf("c"), VIEW);
    assertThatThrownBy(() -> platform.host.apiKeys(ann).create(wider))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DeviceScope ids(String prefix, int count) {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    for (int i = 0; i < count; i++) {
      selector.id(DeviceId.of(prefix + i));
    }
    return DeviceScope.of(selector.build());
  }

  @Test
  @DisplayName(
      "R1 a store that lists another workspace's keys is not believed, and nothing is deleted")
  void listing_ofAnother_isUnavailable() {
    WorkspaceId other = platform.workspace("other", ben);
    var foreign = platform.host.accessKeys(other).create("theirs", DeviceScope.all());
    platform.stores.disturb(
        (call, real) ->
            call.equals("keys.listAccessKeys")
                ? platform.memory.keys().listAccessKeys(other, PageRequest.first(10))
                : real.run());
    assertThatThrownBy(() -> platform.host.accessKeys(acme).list(PageRequest.first(10)))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> platform.host.workspaces().delete(acme))
        .isInstanceOf(UnavailableException.class);
    platform.stores.calm();
    assertThat(platform.host.accessKeys(other).get(foreign.id()).name()).isEqualTo("theirs");
  }

  @Test
  @DisplayName("A page text that no page said is the caller's mistake, not an outage")
  void listing_badPage_isIllegalArgument() {
    assertThatThrownBy(
            () -> platform.host.accessKeys(acme).list(PageRequest.after("no such page", 10)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName(
      "R27 a read that fails changed nothing, and says so; a write that is not found again may have")
  void unavailable_knownAndUnknown() {
    var key = platform.host.accessKeys(acme).create("key", DeviceScope.all());
    platform.audit.take();
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("keys.find")) {
            throw new StoreUnavailableException("down");
          }
          return real.run();
        });
    assertThatThrownBy(() -> platform.host.accessKeys(acme).suspend(key.id()))
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.isOutcomeUnknown()).isFalse());
    AtomicInteger reads = new AtomicInteger();
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("keys.replace")
              || (call.equals("keys.find") && reads.incrementAndGet() > 1)) {
            throw new StoreUnavailableException("down");
          }
          return real.run();
        });
    assertThatThrownBy(() -> platform.host.accessKeys(acme).suspend(key.id()))
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue());
    assertThat(platform.audit.take())
        .extracting(AuditEvent::kind)
        .containsExactly(AuditKind.NOT_CHANGED, AuditKind.UNKNOWN);
  }

  @Test
  @DisplayName("R23, R27 a call that is cut short after its first write says so, and what it wrote")
  void unavailable_afterWrite_isUnknown() {
    platform.audit.take();
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("workspaces.replace")) {
            Object replaced = real.run();
            platform.stores.disturb(
                (later, work) -> {
                  throw new StoreUnavailableException("down");
                });
            return replaced;
          }
          return real.run();
        });
    assertThatThrownBy(() -> platform.host.workspaces().addOwner(acme, ben))
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue());
    platform.stores.calm();
    assertThat(platform.host.workspaces().get(acme).owners()).contains(ben);
    assertThat(platform.audit.take())
        .singleElement()
        .isInstanceOfSatisfying(
            AuditEvent.Change.class,
            event -> {
              assertThat(event.kind()).isEqualTo(AuditKind.UNKNOWN);
              assertThat(event.targets()).contains("member u-ben", "workspace acme version 2");
            });
  }

  @Test
  @DisplayName("R3 the creation of a workspace that is cut short leaves no owner who is no member")
  void createWorkspace_cutShort_leavesNoOwner() {
    WorkspaceId bolt = WorkspaceId.of("bolt");
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("workspaces.insertMembership")
              || call.equals("workspaces.findMembership")) {
            throw new StoreUnavailableException("down");
          }
          return real.run();
        });
    assertThatThrownBy(() -> platform.host.workspaces().create(bolt, "Bolt", ben))
        .isInstanceOf(UnavailableException.class);
    platform.stores.calm();
    assertThat(platform.host.workspaces().create(bolt, "Bolt", ben).owners()).containsExactly(ben);
  }
}
