package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.accessKey;
import static io.thingward.store.memory.Samples.apiKey;
import static io.thingward.store.memory.Samples.credential;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.PageRequest;
import io.thingward.store.testkit.KeyStoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what this store promises beyond it. */
class MemoryKeyStoreTest extends KeyStoreContract {
  private final KeyStore keys = create();

  @Override
  protected KeyStore create() {
    return new MemoryStores().keys();
  }

  @Test
  @DisplayName("an id is free again when its key was deleted")
  void insert_afterDelete_keepsTheNewKey() {
    assertThat(keys.insert(accessKey(1, ACME))).isTrue();
    assertThat(keys.delete(credential(1), version(1))).isTrue();

    assertThat(keys.insert(accessKey(1, ACME))).isTrue();
  }

  @Test
  @DisplayName("listings are in the order of ids, which are unsigned")
  void listings_anyOrderOfInserts_areInTheOrderOfIds() {
    List<AccessKeyRecord> acme = new ArrayList<>();
    List<ApiKeyRecord> ann = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // ids below and above 2^127, interleaved
      long number = (i % 2 == 0 ? 0 : Long.MIN_VALUE) + 10 * i;
      acme.add(accessKey(number + 1, ACME));
      ann.add(apiKey(number + 2, ANN));
    }
    assertThat(keys.insertAll(acme)).doesNotContain(false);
    assertThat(keys.insertAll(ann)).doesNotContain(false);
    acme.sort((a, b) -> a.id().compareTo(b.id()));
    ann.sort((a, b) -> a.id().compareTo(b.id()));

    assertThat(pages(page -> keys.listAccessKeys(ACME, page), 3)).isEqualTo(acme);
    assertThat(pages(page -> keys.listApiKeys(ANN, page), 3)).isEqualTo(ann);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "access-keys:", "access-keys:1", "api-keys:0000000000000000000000"})
  void listAccessKeys_garbageCursor_isRefused(String cursor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.listAccessKeys(ACME, PageRequest.after(cursor, 10)));
  }

  @Test
  @DisplayName("a purge takes any instant")
  void purge_lastOfAllInstants_takesWhatHasAnEnd() {
    assertThat(keys.insert(ending(1, T0))).isTrue();

    assertThat(keys.purge(Instant.MIN, 10)).isEmpty();
    assertThat(keys.purge(Instant.MAX, 10)).containsExactly(credential(1));
  }

  @Test
  @DisplayName("a purge goes by the end that a key has now, though core never changes it")
  void purge_endChangedMeanwhile_goesByTheNewOne() {
    AccessKeyRecord later = ending(1, T0.plusMillis(2)).at(version(2));
    assertThat(keys.insert(ending(1, T0))).isTrue();
    assertThat(keys.replace(later, version(1))).isTrue();

    assertThat(keys.purge(T0.plusMillis(1), 10)).isEmpty();
    assertThat(keys.purge(T0.plusMillis(3), 10)).containsExactly(credential(1));
  }

  private static AccessKeyRecord ending(long number, Instant end) {
    return accessKey(number, ACME).toBuilder().endsAt(Optional.of(end)).build();
  }
}
