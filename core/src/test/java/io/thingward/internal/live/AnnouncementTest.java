package io.thingward.internal.live;

import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.credential.Issued;
import io.thingward.management.ApiKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ChangeFeed;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed announced is not undone by a read that began before. */
class AnnouncementTest {
  private final Platform here = new Platform();
  private final ObservedStores theirs = ObservedStores.withFeed(here.memory);
  private final Thingward there =
      here.time
          .set(Thingward.builder())
          .permissions(Platform.permissions())
          .devices(DeviceReach.nothing())
          .directory(here.fleet)
          .stores(theirs)
          .build();
  private final WorkspaceId acme = here.workspace("acme", here.user("ann"));
  private final Device device = here.fleet.put(Device.of(acme, "t1"));

  @AfterEach
  void stop() {
    there.close();
    here.close();
  }

  private Subject member(String name) {
    PrincipalId user = here.user(name);
    here.member(acme, user, Set.of(), Set.of(), grant(DeviceScope.all(), VIEW));
    Issued<ApiKey> key = here.host.apiKeys(user).create(NewApiKey.of("key"));
    return there.authenticate(new BearerToken(key.secret()), RequestContext.none()).orElseThrow();
  }

  @ParameterizedTest(name = "dropped meanwhile: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("F5: a read that began before a change does not bring back what was announced gone")
  void slowRead_afterAnAnnouncement_isNotKept(boolean dropped) throws Exception {
    ManualTime.poll(there);
    Subject ben = member("ben");
    Subject cid = member("cid");
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger views = new AtomicInteger();
    theirs.disturb(
        (call, real) -> {
          Object answer = real.run();
          if (call.equals("workspaces.view") && views.getAndIncrement() == 0) {
            read.countDown();
            assertThat(release.await(1, TimeUnit.MINUTES)).isTrue();
          }
          return answer;
        });
    AtomicBoolean answered = new AtomicBoolean();
    Thread slow = new Thread(() -> answered.set(ben.isAllowed(VIEW, device)));
    slow.start();
    assertThat(read.await(1, TimeUnit.MINUTES)).isTrue();
    here.time.pass(dropped ? Duration.ofMillis(1) : Duration.ZERO);
    here.host.workspaces().suspend(acme);
    assertThat(cid.isAllowed(VIEW, device)).isFalse(); // reads it as it is now
    ManualTime.poll(there);
    if (dropped) {
      here.time.pass(Duration.ofMillis(700), there); // a tick so late that it drops everything
    }
    release.countDown();
    slow.join(TimeUnit.MINUTES.toMillis(1));

    for (int i = 0; i < 8; i++) {
      here.time.pass(Duration.ofMillis(250));
      ManualTime.poll(there);
      here.time.pass(Duration.ZERO, there);
    }

    assertThat(ben.isAllowed(VIEW, device)).isFalse();
    assertThat(cid.isAllowed(VIEW, device)).isFalse();
  }

  @Test
  @DisplayName("F2: a clock that throws once does not end the ticker")
  void ticker_outlivesItsClock() throws Exception {
    CountDownLatch ticks = new CountDownLatch(2);
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().equals("thingward-ticker")) {
            ticks.countDown();
            if (ticks.getCount() == 1) {
              throw new IllegalStateException("no time");
            }
          }
          return here.time.instant();
        };
    try (Thingward node =
        Thingward.builder()
            .clock(clock)
            .freshness(Duration.ofMillis(100))
            .permissions(Platform.permissions())
            .stores(here.memory)
            .build()) {
      assertThat(ticks.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(node.statistics().callsInFlight()).isZero();
    }
  }

  @Test
  @DisplayName("F3: a feed that stays lost is not asked again at once, and can be closed")
  void feedThatStaysLost_isAskedOncePerPoll() {
    AtomicInteger polls = new AtomicInteger();
    theirs.disturb(
        (call, real) -> {
          if (!call.equals("feed.poll")) {
            return real.run();
          }
          polls.incrementAndGet();
          return new ChangeFeed.Poll.Lost();
        });
    ManualTime.poll(there);
    assertThat(polls.get()).isBetween(1, 10);
  }
}
