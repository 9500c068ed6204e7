package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.store.ChangeFeed;
import io.thingward.store.Stores;
import io.thingward.store.testkit.ChangeFeedContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract, and that this feed tells no more than it has to. */
class MemoryFeedTest extends ChangeFeedContract<Stores> {
  @Override
  protected Stores create() {
    return new MemoryStores();
  }

  @Test
  @DisplayName("F3: the creation of a credential and purging are not told")
  void creationAndPurge_areNotTold() {
    Stores stores = create();
    ChangeFeed feed = stores.keys().changes().orElseThrow();
    String place = feed.end();

    assertThat(
            stores
                .keys()
                .insert(Samples.accessKey(1, ACME).toBuilder().endsAt(Optional.of(T0)).build()))
        .isTrue();
    assertThat(stores.sessions().insert(Samples.session(1, ANN, T0))).isTrue();
    assertThat(stores.keys().purge(T0.plusMillis(1), 10)).containsExactly(credential(1));
    assertThat(stores.sessions().purge(T0.plusMillis(1), 10)).containsExactly(credential(1));

    assertThat(feed.poll(place, 10)).isEqualTo(new ChangeFeed.Poll.Changes(List.of(), place, true));
  }
}
