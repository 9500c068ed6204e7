package io.thingward;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.Subject;
import io.thingward.access.Watch;
import io.thingward.credential.Issued;
import io.thingward.management.ApiKey;
import io.thingward.management.NewApiKey;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host can read of how a node is doing. */
class StatisticsTest {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private Platform platform = new Platform();

  @AfterEach
  void stop() {
    platform.close();
  }

  private Statistics read() {
    return platform.thingward.statistics();
  }

  private void silence() {
    platform.stores.disturb(
        (call, real) -> {
          if (call.startsWith("feed.")) {
            throw new StoreUnavailableException("silent");
          }
          return real.run();
        });
  }

  private void follow() {
    platform.close();
    platform = Platform.observing(ObservedStores::withFeed);
    ManualTime.poll(platform.thingward);
  }

  @Test
  @DisplayName("Hits, loads and stale drops are counted where they happen")
  void authentications_areCounted() {
    Issued<ApiKey> key = platform.host.apiKeys(platform.user("ben")).create(NewApiKey.of("key"));
    Statistics before = read();

    Subject held = platform.authenticate(key.secret()).orElseThrow();
    assertThat(read().loads() - before.loads()).isEqualTo(2);
    assertThat(read().cached()).isEqualTo(before.cached() + 2);

    Statistics cold = read();
    assertThat(platform.authenticate(key.secret()).toOptional()).isPresent();
    assertThat(read().hits() - cold.hits()).as("the key and its user, once each").isEqualTo(2);
    assertThat(held.isActive()).isTrue();
    assertThat(read().staleDrops()).isZero();

    long loads = read().loads();
    platform.time.pass(BOUND, platform.thingward);
    assertThat(read().staleDrops()).isPositive();
    assertThat(read().loads()).isEqualTo(loads);
    assertThat(read().callsInFlight()).isZero();
    assertThat(read().callsRefused()).isZero();
  }

  @Test
  @DisplayName("F4: without a feed there is no lag, and nothing is unverified")
  void withoutAFeed_thereIsNoLag() {
    platform.time.pass(Duration.ofHours(1));
    assertThat(read().feedLag()).isEmpty();
    assertThat(read().unverified()).isZero();
  }

  @Test
  @DisplayName("F4: the lag of a silent feed grows, and what exceeds the bound is unverified time")
  void silentFeed_isUnverified() {
    follow();
    assertThat(read().feedLag()).contains(Duration.ZERO);
    silence();

    platform.time.pass(BOUND);
    assertThat(read().feedLag()).contains(BOUND);
    assertThat(read().unverified()).isZero();
    platform.time.pass(Duration.ofSeconds(4));
    assertThat(read().feedLag()).contains(Duration.ofSeconds(5));
    assertThat(read().unverified()).isEqualTo(Duration.ofSeconds(4));

    platform.stores.calm();
    ManualTime.poll(platform.thingward);
    assertThat(read().feedLag()).contains(Duration.ZERO);
    assertThat(read().unverified()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  @DisplayName(
      "F6: the watch bound is that of freshness while the feed answers, else the rotation's")
  void watchBound_dependsOnTheFeed() {
    follow();
    Subject subject = platform.by(platform.user("ben"));
    List<Watch> watches =
        IntStream.range(0, 2_500)
            .mapToObj(i -> platform.thingward.watch(subject, (s, event) -> {}))
            .toList();
    assertThat(read().watchBound()).isEqualTo(BOUND);

    silence();
    platform.time.pass(BOUND.plusNanos(1));
    assertThat(read().watchBound()).isEqualTo(BOUND.plusSeconds(3));
    watches.forEach(Watch::close);
  }

  @Test
  @DisplayName("The ticker's lateness is what a tick came later than planned")
  void lateTick_isCounted() {
    assertThat(read().tickerLateness()).isZero();
    platform.time.pass(Duration.ofSeconds(10), platform.thingward);
    assertThat(read().tickerLateness()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("docs/freshness.md explains every number")
  void numbers_areExplained() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "freshness.md"));
    assertThat(Statistics.class.getRecordComponents())
        .allSatisfy(component -> assertThat(page).contains("`" + component.getName() + "`"));
  }
}
