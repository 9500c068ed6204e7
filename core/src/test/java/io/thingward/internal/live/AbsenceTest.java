package io.thingward.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.ManualTime;
import io.thingward.access.Subject;
import io.thingward.credential.Issued;
import io.thingward.management.ApiKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.PrincipalId;
import io.thingward.store.KeyRecord;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node remembers for a while that a credential is not there. */
class AbsenceTest {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private Platform platform = new Platform();

  @AfterEach
  void stop() {
    platform.close();
  }

  private Issued<ApiKey> key() {
    return platform.host.apiKeys(platform.user("ben")).create(NewApiKey.of("key"));
  }

  /* As another node would. */
  @CanIgnoreReturnValue
  private KeyRecord deleteElsewhere(Issued<ApiKey> key) {
    KeyRecord record = platform.memory.keys().find(key.id()).orElseThrow();
    assertThat(platform.memory.keys().delete(record.id(), record.version())).isTrue();
    return record;
  }

  private boolean isLetIn(Issued<ApiKey> key) {
    return platform.authenticate(key.secret()).toOptional().isPresent();
  }

  @Test
  @DisplayName("F4: a credential that is not there is looked for once per bound")
  void absentKey_isLookedForOncePerBound() {
    Issued<ApiKey> key = key();
    deleteElsewhere(key);
    platform.stores.takeCalls();
    for (int bound = 0; bound < 3; bound++) {
      for (int i = 0; i < 10; i++) {
        assertThat(isLetIn(key)).isFalse();
      }
      assertThat(platform.stores.takeCalls()).containsExactly("keys.find");
      platform.time.pass(BOUND.plusNanos(1));
    }
  }

  @Test
  @DisplayName("F2: a credential that another node made is not hidden longer than the bound")
  void newKey_isSeenWithinTheBound() {
    Issued<ApiKey> key = key();
    KeyRecord record = deleteElsewhere(key);
    assertThat(isLetIn(key)).isFalse();
    assertThat(platform.memory.keys().insert(record)).isTrue();

    platform.time.pass(BOUND.plusNanos(1));

    assertThat(isLetIn(key)).isTrue();
  }

  @Test
  @DisplayName("F2: nor does a feed, which is not told of it, vouch for its absence")
  void newKey_withAFeed_isSeenWithinTheBound() {
    platform.close();
    platform = Platform.observing(ObservedStores::withFeed);
    Issued<ApiKey> key = key();
    KeyRecord record = deleteElsewhere(key);
    assertThat(isLetIn(key)).isFalse();
    assertThat(platform.memory.keys().insert(record)).isTrue();

    platform.time.pass(BOUND.plusNanos(1));
    ManualTime.poll(platform.thingward);

    assertThat(isLetIn(key)).isTrue();
  }

  @Test
  @DisplayName(
      "F1: a credential that this node imports counts at once, though it was absent before")
  void importedKey_isSeenAtOnce() {
    Issued<ApiKey> key = key();
    KeyRecord record = deleteElsewhere(key);
    assertThat(isLetIn(key)).isFalse();

    assertThat(platform.host.resumeImport(List.of(record).iterator()).inserted()).isEqualTo(1);

    assertThat(isLetIn(key)).isTrue();
  }

  @Test
  @DisplayName("Whoever asks for many credentials that are not there drives out none that is")
  void manyAbsences_driveOutNothing() {
    platform.close();
    platform = new Platform(builder -> builder.cacheSize(20));
    PrincipalId ben = platform.user("ben");
    Issued<ApiKey> known = platform.host.apiKeys(ben).create(NewApiKey.of("known"));
    List<Issued<ApiKey>> unknown =
        IntStream.range(0, 99)
            .mapToObj(i -> platform.host.apiKeys(ben).create(NewApiKey.of("unknown " + i)))
            .toList();
    unknown.forEach(this::deleteElsewhere);
    Subject held = platform.authenticate(known.secret()).orElseThrow();

    assertThat(unknown).noneMatch(this::isLetIn);

    platform.stores.takeCalls();
    assertThat(isLetIn(known)).isTrue();
    assertThat(held.isActive()).isTrue();
    assertThat(platform.stores.takeCalls()).isEmpty();
    assertThat(platform.thingward.statistics().cached()).isLessThan(10);
  }
}
