package io.thingward.internal.live;

import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.access.Watch;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.NewApiKey;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ChangeFeed;
import io.thingward.store.LastUse;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UnreadableRecordException;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two nodes on the same stores: changes are made on one, and seen on the other. */
class FeedTest {
  private static final Duration QUARTER = Duration.ofMillis(250);

  private final Platform here = new Platform();
  private final ObservedStores theirStores = ObservedStores.withFeed(here.memory);
  private final Thingward there =
      here.time
          .set(Thingward.builder())
          .permissions(Platform.permissions())
          .devices(DeviceReach.self(Platform.RECORD).peers(VIEW))
          .directory(here.fleet)
          .stores(theirStores)
          .build();

  private final PrincipalId ann = here.user("ann");
  private final PrincipalId ben = here.user("ben");
  private final WorkspaceId acme = here.workspace("acme", ann);
  private final Device device = here.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
  private final Issued<ApiKey> key = here.host.apiKeys(ben).create(NewApiKey.of("key"));
  private Subject held;

  @BeforeEach
  void hold() {
    here.member(
        acme, ben, Set.of(RULES.name()), Set.of(), grant(DeviceScope.all(), Platform.RECORD));
    ManualTime.poll(there);
    held = there.authenticate(new BearerToken(key.secret()), RequestContext.none()).orElseThrow();
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    theirStores.takeCalls();
  }

  @AfterEach
  void close() {
    there.close();
    here.close();
  }

  private void silence() {
    theirStores.disturb(
        (call, real) -> {
          if (call.startsWith("feed.")) {
            throw new StoreUnavailableException("no feed");
          }
          return real.run();
        });
  }

  private void pass(Duration time) {
    Duration left = time;
    while (left.compareTo(Duration.ZERO) > 0) {
      here.time.pass(QUARTER);
      ManualTime.poll(there);
      here.time.pass(Duration.ZERO, there);
      left = left.minus(QUARTER);
    }
  }

  @Test
  @DisplayName("F2: what another node changed is seen after one reading of the feed")
  void change_afterOnePoll_isSeen() {
    silence();
    here.host.apiKeys(ben).suspend(key.id());
    assertThat(held.isAllowed(VIEW, device)).isTrue();

    theirStores.calm();
    ManualTime.poll(there);

    assertThat(held.isAllowed(VIEW, device)).isFalse();
    here.host.apiKeys(ben).resume(key.id());
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
  }

  @Test
  @DisplayName("F2: while the feed answers, nothing is read again, however long it lasts")
  void nothingChanged_forHours_readsNothing() {
    pass(Duration.ofMinutes(5));

    assertThat(held.isAllowed(VIEW, device)).isTrue();
    assertThat(
            there.authenticate(new BearerToken(key.secret()), RequestContext.none()).toOptional())
        .isPresent();
    assertThat(theirStores.takeCalls()).isEmpty();
  }

  @Test
  @DisplayName("F4: with the feed silent a change is seen within the bound, at one read per record")
  void feedSilent_changeIsSeenWithinTheBound() {
    silence();
    here.host.members(acme).remove(ben);

    pass(Duration.ofSeconds(1));

    assertThat(held.isAllowed(VIEW, device)).isFalse();
    assertThat(theirStores.takeCalls()).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("F2: a feed that answers again covers nothing that was read while it was silent")
  void feedSilentAndBack_missesNothing() {
    silence();
    pass(Duration.ofSeconds(3));
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    here.host.members(acme).remove(ben);

    theirStores.calm();
    ManualTime.poll(there);

    assertThat(held.isAllowed(VIEW, device)).isFalse();
  }

  private Subject holdBySession(Login login) {
    Subject subject =
        there
            .authenticate(new BearerToken(login.session().secret()), RequestContext.none())
            .orElseThrow();
    assertThat(subject.isAllowed(VIEW, device)).isTrue();
    return subject;
  }

  @Test
  @DisplayName("R9: a held subject ends with its session's idle timeout, though the feed answers")
  void idleSession_endsHeldSubjects() throws Exception {
    Subject idle = holdBySession(here.host.sessions(ben).issue(RequestContext.none()));
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    Watch watch = there.watch(idle, (subject, event) -> told.add(event));
    pass(Duration.ofMinutes(30).minus(QUARTER));
    assertThat(idle.isAllowed(VIEW, device)).isTrue(); // a check is no use

    pass(Duration.ofSeconds(1));

    assertThat(idle.isAllowed(VIEW, device)).isFalse();
    assertThat(idle.isActive()).isFalse();
    assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo(SubjectEvent.ENDED);
    watch.close();
  }

  @Test
  @DisplayName("R16: a subject held through an old secret ends with the overlap of its rotation")
  void overlapOver_endsHeldSubjects() {
    here.host.apiKeys(ben).rotate(key.id(), Duration.ofMinutes(10)).close();
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    pass(Duration.ofMinutes(10).minus(QUARTER));
    assertThat(held.isAllowed(VIEW, device)).isTrue();

    pass(Duration.ofSeconds(1));

    assertThat(held.isAllowed(VIEW, device)).isFalse();
    assertThat(held.isActive()).isFalse();
    theirStores.takeCalls();
    pass(Duration.ofMinutes(1));
    assertThat(held.isActive()).isFalse();
    assertThat(theirStores.takeCalls()).isEmpty();
  }

  @Test
  @DisplayName("F4: a user whose end has come is not read again and again by who is denied for it")
  void endOver_isReadOnce() {
    here.host.users().setEnd(ben, Optional.of(here.time.instant().plus(Duration.ofMinutes(10))));
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isTrue();

    pass(Duration.ofMinutes(11));

    assertThat(held.isAllowed(VIEW, device)).isFalse();
    theirStores.takeCalls();
    for (int i = 0; i < 10; i++) {
      pass(QUARTER);
      assertThat(held.isAllowed(VIEW, device)).isFalse();
    }
    assertThat(theirStores.takeCalls()).isEmpty();
    here.host.users().setEnd(ben, Optional.empty());
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).as("R19: it recovers").isTrue();
  }

  @Test
  @DisplayName("R9: a session that is used elsewhere goes on here, and is looked up rarely")
  void sessionUsedElsewhere_goesOn() {
    Login login = here.host.sessions(ben).issue(RequestContext.none());
    Subject subject = holdBySession(login);
    pass(Duration.ofMinutes(20));
    LastUse use = new LastUse(here.time.instant(), Optional.empty(), Optional.empty());
    here.memory.sessionUses().record(Map.of(login.session().id(), use)); // by another node
    theirStores.takeCalls();

    for (int i = 0; i < 15 * 60; i++) {
      pass(Duration.ofSeconds(1));
      assertThat(subject.isAllowed(VIEW, device)).isTrue();
    }

    assertThat(theirStores.takeCalls()).hasSizeLessThanOrEqualTo(2);
    pass(Duration.ofMinutes(15).plusSeconds(1));
    assertThat(subject.isAllowed(VIEW, device)).isFalse();
  }

  @Test
  @DisplayName("F3: a feed that lost the place clears everything and tells every watch")
  void feedLost_everythingIsReadAgain() throws Exception {
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    Watch watch = there.watch(held, (subject, event) -> told.add(event));
    AtomicBoolean lost = new AtomicBoolean();
    theirStores.disturb(
        (call, real) ->
            call.equals("feed.poll") && lost.compareAndSet(false, true)
                ? new ChangeFeed.Poll.Lost()
                : real.run());

    ManualTime.poll(there);

    assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo(SubjectEvent.CHANGED);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    assertThat(theirStores.takeCalls()).contains("keys.find", "principals.find", "workspaces.view");
    watch.close();
  }

  @Test
  @DisplayName("F3: what changed while the place was lost is not missed")
  void changedWhileLost_isSeen() {
    AtomicBoolean lost = new AtomicBoolean();
    theirStores.disturb(
        (call, real) -> {
          if (call.equals("feed.poll") && lost.compareAndSet(false, true)) {
            here.host.members(acme).remove(ben);
            return new ChangeFeed.Poll.Lost();
          }
          return real.run();
        });

    ManualTime.poll(there);

    assertThat(held.isAllowed(VIEW, device)).isFalse();
  }

  @Test
  @DisplayName("F3: a change that only newer nodes can read is as if the place were lost")
  void unreadableChange_losesThePlace() {
    AtomicInteger unreadable = new AtomicInteger();
    theirStores.disturb(
        (call, real) -> {
          if (call.equals("feed.poll") && unreadable.getAndIncrement() == 0) {
            throw new UnreadableRecordException("a change of a newer kind");
          }
          return real.run();
        });
    here.host.members(acme).remove(ben);

    ManualTime.poll(there);

    assertThat(held.isAllowed(VIEW, device)).isFalse();
    assertThat(unreadable).hasValue(2);
    pass(Duration.ofSeconds(3));
    assertThat(there.statistics().unverified()).isZero();
  }

  @Test
  @DisplayName("A feed that cannot be trimmed is not silent for that")
  void failingTrim_isNoSilence() {
    AtomicInteger trims = new AtomicInteger();
    theirStores.disturb(
        (call, real) -> {
          if (call.equals("feed.trim")) {
            trims.incrementAndGet();
            throw new StoreUnavailableException("busy");
          }
          return real.run();
        });

    pass(Duration.ofMinutes(11));

    assertThat(trims).hasPositiveValue();
    assertThat(there.statistics().unverified()).isZero();
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    assertThat(theirStores.takeCalls()).isEmpty();
  }

  @Test
  @DisplayName("F3: changes of workspaces, principals, memberships and keys arrive")
  void everyKind_arrives() {
    here.host.workspaces().suspend(acme);
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isFalse();
    here.host.workspaces().resume(acme);
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isTrue();

    here.host.users().suspend(ben);
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isFalse();
    here.host.users().resume(ben);
    ManualTime.poll(there);
    assertThat(held.isAllowed(VIEW, device)).isTrue();

    here.host.members(acme).change(ben, ChangeSet.builder().withdraw(RULES).build());
    ManualTime.poll(there);
    assertThat(held.isAllowed(RULES, acme)).isFalse();

    here.host.apiKeys(ben).delete(key.id());
    ManualTime.poll(there);
    assertThat(held.isActive()).isFalse();
  }

  @Test
  @DisplayName("F7: an edited role costs one read on another node, not one for each member")
  void editedRole_isReadAlone() {
    RoleId operator =
        here.host.roles(acme).create("Operator", RoleChanges.builder().allow(RULES).build()).id();
    here.host
        .members(acme)
        .change(
            ben, ChangeSet.builder().withdraw(RULES).assign(operator, DeviceScope.none()).build());
    ManualTime.poll(there);
    assertThat(held.isAllowed(RULES, acme)).isTrue();
    theirStores.takeCalls();

    here.host.roles(acme).change(operator, RoleChanges.builder().withdraw(RULES).build());
    ManualTime.poll(there);

    assertThat(held.isAllowed(RULES, acme)).isFalse();
    assertThat(theirStores.takeCalls()).containsExactly("workspaces.findRole");
  }

  @Test
  @DisplayName("F7, R14: a device that changed is announced to all nodes")
  void deviceChanged_isAnnounced() {
    Issued<AccessKey> paris =
        here.host.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"));
    Subject thermostat =
        there
            .authenticate(
                DeviceLogin.of(paris.id(), paris.secret(), device.id()), RequestContext.none())
            .orElseThrow();
    here.fleet.put(Device.of(acme, "t1").tagged("site", "rome"));
    assertThat(thermostat.isActive()).isTrue();

    there.deviceChanged(acme, device.id());
    assertThat(thermostat.isActive()).isFalse();

    here.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
    Thingward third =
        here.time
            .set(Thingward.builder())
            .permissions(Platform.permissions())
            .directory(here.fleet)
            .stores(here.memory)
            .build();
    third.deviceChanged(acme, device.id());
    third.close();
    ManualTime.poll(there);
    assertThat(thermostat.isActive()).isTrue();
  }

  @Test
  @DisplayName("F1: what a node changed itself is not read again when the feed repeats it")
  void ownChange_isReadOnce() {
    there
        .asHost("test")
        .members(acme)
        .change(ben, ChangeSet.builder().allow(Platform.BILLING).build());
    assertThat(held.isAllowed(Platform.BILLING, acme)).isTrue();
    theirStores.takeCalls();

    ManualTime.poll(there);

    assertThat(held.isAllowed(Platform.BILLING, acme)).isTrue();
    assertThat(theirStores.takeCalls()).isEmpty();
  }

  @Test
  @DisplayName("A library that was closed reads its feed no more, so that its stores can be closed")
  void close_whileAPollIsInFlight_waitsForIt() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger whenClosed = new AtomicInteger(-1);
    theirStores.disturb(
        (call, real) -> {
          if (!call.equals("feed.poll")) {
            return real.run();
          }
          inFlight.incrementAndGet();
          entered.countDown();
          assertThat(release.await(1, TimeUnit.MINUTES)).isTrue();
          inFlight.decrementAndGet();
          return real.run();
        });
    Thread poller = new Thread(() -> ManualTime.poll(there));
    poller.start();
    assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
    Thread closer =
        new Thread(
            () -> {
              there.close();
              whenClosed.set(inFlight.get());
            });
    closer.start();
    while (closer.getState() != Thread.State.BLOCKED
        && closer.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }

    release.countDown();
    closer.join(TimeUnit.MINUTES.toMillis(1));
    poller.join(TimeUnit.MINUTES.toMillis(1));

    assertThat(whenClosed).hasValue(0);
  }
}
