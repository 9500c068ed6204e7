package io.thingward.internal.live;

import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.access.Watch;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.credential.Issued;
import io.thingward.error.UnavailableException;
import io.thingward.management.ApiKey;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.RoleRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A subject is live: what it answers follows every change, at once or within the bound. */
class FreshnessTest {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private Platform platform;
  private PrincipalId ann;
  private PrincipalId ben;
  private WorkspaceId acme;
  private Device device;

  @BeforeEach
  void start() {
    start(new Platform());
  }

  private void start(Platform with) {
    platform = with;
    ann = platform.user("ann");
    ben = platform.user("ben");
    acme = platform.workspace("acme", ann);
    device = platform.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
    platform.member(acme, ben, Set.of(), Set.of(), grant(DeviceScope.anyOf("site=paris"), VIEW));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  /** A second node on the same stores. */
  private Thingward secondNode() {
    return platform
        .time
        .set(Thingward.builder())
        .permissions(Platform.permissions())
        .devices(DeviceReach.nothing())
        .directory(platform.fleet)
        .stores(platform.memory)
        .build();
  }

  @Test
  @DisplayName("F1 on the node of a change every call that begins after it sees it")
  void change_sameNode_isSeenAtOnce() {
    try (Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      Subject held = platform.authenticate(key.secret()).orElseThrow();
      assertThat(held.isAllowed(VIEW, device)).isTrue();

      platform.host.apiKeys(ben).suspend(key.id());
      assertThat(held.isAllowed(VIEW, device)).isFalse();
      platform.host.apiKeys(ben).resume(key.id());
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      platform.host.workspaces().addOwner(acme, ben);
      assertThat(held.isAllowed(EDIT, device)).isTrue();
      platform.host.workspaces().removeOwner(acme, ben);
      assertThat(held.isAllowed(EDIT, device)).isFalse();
      platform.host.apiKeys(ben).delete(key.id());
      assertThat(held.decide(VIEW, device).reason()).isEqualTo(Reason.CREDENTIAL_ENDED);
    }
  }

  @Test
  @DisplayName("F1 a change whose outcome is unknown is read again all the same")
  void change_unknownOutcome_isReadAgain() {
    try (Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      Subject held = platform.authenticate(key.secret()).orElseThrow();
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      platform.stores.disturb(
          (call, real) -> {
            Object answer = real.run();
            if (call.equals("keys.replace")) {
              throw new StoreUnavailableException("the answer was lost");
            }
            return answer;
          });
      // the change is found by its own id, so the call succeeds although its answer was lost
      platform.host.apiKeys(ben).suspend(key.id());
      platform.stores.calm();
      assertThat(held.isAllowed(VIEW, device)).isFalse();
    }
  }

  @Test
  @DisplayName("F2 what another node changed is seen by a held subject once the bound has passed")
  void change_otherNode_isSeenWithinBound() {
    try (Thingward other = secondNode();
        Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      Subject held = platform.authenticate(key.secret()).orElseThrow();
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      other.asHost("test").apiKeys(ben).suspend(key.id());

      platform.time.pass(BOUND, platform.thingward);
      assertThat(held.isAllowed(VIEW, device)).isFalse();
    }
  }

  @Test
  @DisplayName("F2 an authentication judges the age of a record by the clock, to the nanosecond")
  void authentication_otherNode_isExact() {
    try (Thingward other = secondNode();
        Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      assertThat(platform.authenticate(key.secret()).toOptional()).isPresent();
      other.asHost("test").apiKeys(ben).suspend(key.id());
      platform.time.pass(BOUND.plusNanos(1));
      assertThat(platform.authenticate(key.secret()))
          .isEqualTo(new Authentication.Refused<Subject>());
    }
  }

  @Test
  @DisplayName("F2 a tick that comes late clears everything, also what the bound would still cover")
  void lateTick_clearsEverything() {
    try (Thingward other = secondNode();
        Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      Subject held = platform.authenticate(key.secret()).orElseThrow();
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      other.asHost("test").apiKeys(ben).suspend(key.id());

      platform.time.pass(BOUND.multipliedBy(3).dividedBy(4), platform.thingward); // of 4 ticks, 1

      assertThat(held.isAllowed(VIEW, device)).isFalse();
    }
  }

  @Test
  @DisplayName("F2 without a feed each record is read again at most once per bound")
  void warmSubject_readsOncePerBound() {
    Subject held = platform.by(ben);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    platform.stores.takeCalls();
    for (int second = 0; second < 3; second++) {
      platform.time.pass(BOUND, platform.thingward);
      for (int i = 0; i < 100; i++) {
        assertThat(held.isAllowed(VIEW, device)).isTrue();
      }
      assertThat(platform.stores.takeCalls())
          .containsExactlyInAnyOrder("keys.find", "principals.find", "workspaces.view");
    }
  }

  @Test
  @DisplayName("F2 a key that ends by plan ends a held subject at the next tick")
  void expiry_heldSubject_ends() {
    var end = platform.time.instant().plusSeconds(10);
    Subject held = platform.by(ben, NewApiKey.of("brief").endsAt(end));
    platform.time.pass(Duration.ofSeconds(10).minusMillis(1), platform.thingward);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    platform.time.pass(Duration.ofMillis(1), platform.thingward);
    assertThat(held.decide(VIEW, device).reason()).isEqualTo(Reason.CREDENTIAL_ENDED);
    platform.time.setWall(
        end.minusSeconds(5)); // B22: an end is not undone by setting the clock back
    assertThat(held.isAllowed(VIEW, device)).isFalse();
  }

  @Test
  @DisplayName(
      "F5 the result of a load that a change overtook serves only who began before the change")
  void load_overtakenByChange_isNotKept() throws Exception {
    try (Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      CountDownLatch read = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      platform.stores.disturb(
          (call, real) -> {
            Object answer = real.run();
            if (call.equals("keys.find") && read.getCount() > 0) {
              read.countDown();
              assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            }
            return answer;
          });
      ExecutorService executor = Executors.newSingleThreadExecutor();
      try {
        Future<Authentication<Subject>> early =
            executor.submit(() -> platform.authenticate(key.secret()));
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        platform.host.apiKeys(ben).suspend(key.id());
        assertThat(platform.authenticate(key.secret()))
            .isEqualTo(new Authentication.Refused<Subject>());
        go.countDown();
        early.get(10, TimeUnit.SECONDS);
        // B06: the early load must not have put the old key back
        assertThat(platform.authenticate(key.secret()))
            .isEqualTo(new Authentication.Refused<Subject>());
      } finally {
        executor.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName(
      "F6 a watch tells of a suspension, of a grant, and of the end, and says so at once if it came before")
  void watch_tells() throws Exception {
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    try (Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      Subject held = platform.authenticate(key.secret()).orElseThrow();
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      Watch watch = platform.thingward.watch(held, (subject, event) -> told.add(event));
      platform.host.apiKeys(ben).suspend(key.id());
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.CHANGED);
      platform.host.apiKeys(ben).resume(key.id());
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.CHANGED);
      platform.host.workspaces().addOwner(acme, ben); // a grant is told as well
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.CHANGED);
      platform.host.apiKeys(ben).delete(key.id());
      SubjectEvent last = told.poll(10, TimeUnit.SECONDS);
      while (last == SubjectEvent.CHANGED) {
        last = told.poll(10, TimeUnit.SECONDS);
      }
      assertThat(last).isEqualTo(SubjectEvent.ENDED);
      watch.close();
      Watch late = platform.thingward.watch(held, (subject, event) -> told.add(event));
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.ENDED);
      late.close();
    }
  }

  @Test
  @DisplayName("F4 a node has so many calls of a store in flight, and says so to whoever is next")
  void storeCalls_areBounded() throws Exception {
    platform.close();
    start(new Platform(builder -> builder.storeCalls(2)));
    List<Issued<ApiKey>> keys =
        IntStream.range(0, 3)
            .mapToObj(i -> platform.host.apiKeys(ben).create(NewApiKey.of("key " + i)))
            .toList();
    CountDownLatch entered = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("keys.find") && entered.getCount() > 0) {
            entered.countDown();
            assertThat(release.await(1, TimeUnit.MINUTES)).isTrue();
          }
          return real.run();
        });
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try {
      List<Future<Authentication<Subject>>> stuck = new ArrayList<>();
      for (Issued<ApiKey> key : keys.subList(0, 2)) {
        stuck.add(callers.submit(() -> platform.authenticate(key.secret())));
      }
      assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(platform.thingward.statistics().callsInFlight()).isEqualTo(2);

      Thread.currentThread().interrupt(); // so that it does not wait for room
      assertThatThrownBy(() -> platform.authenticate(keys.get(2).secret()))
          .isInstanceOf(UnavailableException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(platform.thingward.statistics().callsRefused()).isEqualTo(1);

      release.countDown();
      for (Future<Authentication<Subject>> caller : stuck) {
        assertThat(caller.get().toOptional()).isPresent();
      }
      assertThat(platform.authenticate(keys.get(2).secret()).toOptional()).isPresent();
      assertThat(platform.thingward.statistics().callsInFlight()).isZero();
    } finally {
      release.countDown();
      callers.shutdownNow();
    }
  }

  @Test
  @DisplayName("F6 a watch tells when a subject cannot be read, once, and when it can again")
  void watch_unreadable_isTold() throws Exception {
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    Subject held = platform.by(ben);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    Watch watch = platform.thingward.watch(held, (subject, event) -> told.add(event));
    platform.stores.disturb(
        (call, real) -> {
          throw new StoreUnavailableException("down");
        });
    platform.time.pass(BOUND, platform.thingward);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.UNVERIFIED);
    assertThatThrownBy(() -> held.isAllowed(VIEW, device)).isInstanceOf(UnavailableException.class);
    platform.stores.calm();
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SubjectEvent.CHANGED);
    watch.close();
  }

  @Test
  @DisplayName(
      "F7 a cold authentication and check read exactly credential, holder and membership view")
  void coldAuthentication_statements() {
    try (Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      platform.stores.takeCalls();
      Subject held = platform.authenticate(key.secret()).orElseThrow();
      assertThat(platform.stores.takeCalls()).containsExactly("keys.find", "principals.find");
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      assertThat(platform.stores.takeCalls()).containsExactly("workspaces.view");
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      assertThat(platform.authenticate(key.secret()).toOptional()).isPresent();
      assertThat(platform.stores.takeCalls()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "F7 a cold device authentication reads key and workspace, and asks the directory once")
  void coldDevice_statements() {
    var key = platform.host.accessKeys(acme).create("Paris", DeviceScope.all());
    platform.stores.takeCalls();
    int asked = platform.fleet.asked();
    Subject held = platform.connect(key, device).orElseThrow();
    assertThat(platform.stores.takeCalls())
        .isSubsetOf("keys.find", "workspaces.find")
        .doesNotHaveDuplicates();
    assertThat(platform.fleet.asked()).isEqualTo(asked + 1);
    assertThat(held.isAllowed(VIEW, device)).isTrue();
    assertThat(platform.stores.takeCalls()).isEmpty();
    assertThat(platform.fleet.asked()).isEqualTo(asked + 1);
  }

  @Test
  @DisplayName("F7 n simultaneous misses of one credential are one read")
  void simultaneousMisses_areOneRead() throws Exception {
    try (Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("Grafana"))) {
      int callers = 8;
      CountDownLatch waiting = new CountDownLatch(callers);
      CountDownLatch go = new CountDownLatch(1);
      platform.stores.disturb(
          (call, real) -> {
            if (call.equals("keys.find")) {
              assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            }
            return real.run();
          });
      platform.stores.takeCalls();
      ExecutorService executor = Executors.newFixedThreadPool(callers);
      try {
        List<Future<Authentication<Subject>>> results = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
          results.add(
              executor.submit(
                  () -> {
                    waiting.countDown();
                    return platform.authenticate(key.secret());
                  }));
        }
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        for (var result : results) {
          assertThat(result.get(10, TimeUnit.SECONDS).toOptional()).isPresent();
        }
        assertThat(platform.stores.takeCalls()).containsOnlyOnce("keys.find");
      } finally {
        executor.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName("F7 a changed role is read once, not once per member")
  void changedRole_isReadOnce() {
    RoleId operator = RoleId.of("operator");
    RoleRecord role =
        RoleRecord.builder(operator, platform.version(), platform.time.instant())
            .workspace(Optional.of(acme))
            .name("Operator")
            .permissions(Set.of(RULES.name()))
            .build();
    assertThat(platform.memory.workspaces().insertRole(role)).isTrue();
    List<Subject> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      PrincipalId member = platform.user("member" + i);
      platform.member(
          acme, member, Set.of(), Set.of(new RoleAssignment(operator, DeviceScope.none())));
      held.add(platform.by(member));
    }
    assertThat(held).allMatch(subject -> subject.isAllowed(RULES, acme));
    platform.stores.takeCalls();

    // as the library's own write would: replace, then mark
    RoleRecord empty =
        role.toBuilder().permissions(Set.of()).version(new Version(2, new UUID(7, 7))).build();
    assertThat(platform.memory.workspaces().replaceRole(empty, role.version())).isTrue();
    assertThat(held).allMatch(subject -> subject.isAllowed(RULES, acme)); // still cached
    markRole(operator);

    assertThat(held).noneMatch(subject -> subject.isAllowed(RULES, acme));
    assertThat(platform.stores.takeCalls()).containsExactly("workspaces.findRole");
  }

  private void markRole(RoleId role) {
    ((LiveSubject) platform.by(ann)).grounds.records().roles().mark(role);
    platform.stores.takeCalls();
  }

  @Test
  @DisplayName("Held subjects far beyond the cache's size stay correct")
  void heldSubjects_beyondCache_stayCorrect() {
    platform.close();
    start(new Platform(builder -> builder.cacheSize(3)));
    List<Subject> held = new ArrayList<>();
    Management host = platform.host;
    List<Issued<ApiKey>> keys = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      PrincipalId member = platform.user("member" + i);
      platform.member(acme, member, Set.of(), Set.of(), grant(DeviceScope.anyOf("t1"), VIEW));
      Issued<ApiKey> key = host.apiKeys(member).create(NewApiKey.of("key"));
      keys.add(key);
      held.add(platform.authenticate(key.secret()).orElseThrow());
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < held.size(); i++) {
        assertThat(held.get(i).isAllowed(VIEW, device)).isTrue();
      }
    }
    for (int i = 0; i < held.size(); i += 2) {
      host.apiKeys(held.get(i).principal().orElseThrow()).suspend(keys.get(i).id());
    }
    for (int i = 0; i < held.size(); i++) {
      assertThat(held.get(i).isAllowed(VIEW, device)).isEqualTo(i % 2 == 1);
    }
  }

  @Test
  @DisplayName("R20 a subject of another library is no subject here")
  void foreignSubject_isRefused() {
    try (Thingward other = secondNode();
        Issued<ApiKey> key = platform.host.apiKeys(ann).create(NewApiKey.of("key"))) {
      Subject there =
          other.authenticate(new BearerToken(key.secret()), RequestContext.none()).orElseThrow();
      assertThatThrownBy(() -> platform.thingward.as(there))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
