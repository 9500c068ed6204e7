package io.thingward.internal.live;

import static io.thingward.testing.Platform.BILLING;
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
import io.thingward.credential.Issued;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.NewApiKey;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Stores;
import io.thingward.testing.HandScheduler;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F6 across nodes: changes are made on one node, and told by watches on the other. */
class WatchTest {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final Platform here = new Platform();
  private final PrincipalId ann = here.user("ann");
  private final PrincipalId ben = here.user("ben");
  private final WorkspaceId acme = here.workspace("acme", ann);
  private final Device device = here.fleet.put(Device.of(acme, "t1"));
  private final HandScheduler scheduler = new HandScheduler();
  private final Queue<SubjectEvent> told = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
    here.close();
  }

  private Thingward node(Stores stores) {
    return here.time
        .set(Thingward.builder())
        .permissions(Platform.permissions())
        .devices(DeviceReach.nothing())
        .directory(here.fleet)
        .scheduler(scheduler)
        .stores(stores)
        .build();
  }

  private static Subject hold(Thingward node, Issued<ApiKey> key) {
    return node.authenticate(new BearerToken(key.secret()), RequestContext.none()).orElseThrow();
  }

  /* What watches tell of a change elsewhere, when nothing but the feed wakes them. */
  private void assertTold(Thingward there, SubjectEvent expected, Runnable change)
      throws Exception {
    scheduler.settle();
    told.clear();
    change.run();
    ManualTime.poll(there);
    scheduler.settle();
    assertThat(told).contains(expected);
  }

  @Test
  @DisplayName("F6: what another node changes is told as soon as the feed tells of it")
  void changes_elsewhere_areTold() throws Exception {
    RoleId role =
        here.host.roles(acme).create("Guard", RoleChanges.builder().allow(RULES).build()).id();
    here.member(acme, ben, Set.of(), Set.of(), grant(DeviceScope.all(), VIEW));
    Issued<ApiKey> key = here.host.apiKeys(ben).create(NewApiKey.of("Grafana"));
    try (Thingward there = node(ObservedStores.withFeed(here.memory))) {
      ManualTime.poll(there);
      Subject held = hold(there, key);
      assertThat(held.isAllowed(VIEW, device)).isTrue();
      Watch watch = there.watch(held, (subject, event) -> told.add(event));

      assertTold(there, SubjectEvent.CHANGED, () -> here.host.apiKeys(ben).suspend(key.id()));
      assertTold(there, SubjectEvent.CHANGED, () -> here.host.apiKeys(ben).resume(key.id()));
      assertTold(there, SubjectEvent.CHANGED, () -> change(ChangeSet.builder().allow(BILLING)));
      assertTold(there, SubjectEvent.CHANGED, () -> change(ChangeSet.builder().withdraw(BILLING)));
      assertTold(
          there,
          SubjectEvent.CHANGED,
          () -> change(ChangeSet.builder().assign(role, DeviceScope.all())));
      assertThat(held.isAllowed(RULES, acme)).isTrue();
      assertTold(
          there,
          SubjectEvent.CHANGED,
          () -> here.host.roles(acme).change(role, RoleChanges.builder().withdraw(RULES).build()));
      assertTold(there, SubjectEvent.CHANGED, () -> here.host.workspaces().addOwner(acme, ben));
      assertTold(there, SubjectEvent.CHANGED, () -> here.host.users().suspend(ben));
      assertTold(there, SubjectEvent.CHANGED, () -> here.host.users().resume(ben));
      assertTold(there, SubjectEvent.CHANGED, () -> here.host.workspaces().suspend(acme));
      assertTold(there, SubjectEvent.ENDED, () -> here.host.apiKeys(ben).delete(key.id()));
      watch.close();
    }
  }

  private void change(ChangeSet.Builder changes) {
    here.host.members(acme).change(ben, changes.build());
  }

  @Test
  @DisplayName("F6: without a feed, so many watches a second are looked at in turn, and no more")
  void rotation_isBounded() throws Exception {
    ObservedStores stores = new ObservedStores(here.memory);
    int watched = 2 * Watches.PER_SECOND + 500;
    List<Issued<ApiKey>> keys =
        IntStream.range(0, watched)
            .mapToObj(i -> here.host.apiKeys(here.user("u" + i)).create(NewApiKey.of("key")))
            .toList();
    try (Thingward there = node(stores)) {
      List<Watch> watches =
          keys.stream()
              .map(key -> there.watch(hold(there, key), (subject, event) -> told.add(event)))
              .toList();
      scheduler.settle();
      assertThat(told).isEmpty();
      for (Issued<ApiKey> key : keys) {
        assertThat(here.memory.keys().delete(key.id(), versionOf(key))).isTrue();
      }

      List<Integer> looks = new ArrayList<>();
      for (int second = 0; second < 3; second++) {
        here.time.pass(BOUND, there);
        stores.takeCalls();
        scheduler.turn();
        looks.add((int) stores.takeCalls().stream().filter("keys.find"::equals).count());
      }

      assertThat(looks).containsExactly(Watches.PER_SECOND, Watches.PER_SECOND, 500);
      assertThat(told).hasSize(watched).containsOnly(SubjectEvent.ENDED);
      watches.forEach(Watch::close);
    }
  }

  private Version versionOf(Issued<ApiKey> key) {
    return here.memory.keys().find(key.id()).orElseThrow().version();
  }
}
