package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.EXTREME_TIMES;
import static io.thingward.store.memory.Samples.HARD_TEXT;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.accessKey;
import static io.thingward.store.memory.Samples.apiKey;
import static io.thingward.store.memory.Samples.credential;
import static io.thingward.store.memory.Samples.otherVersion;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.rotatedSecrets;
import static io.thingward.store.memory.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.TagEntry;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryKeyStoreTest {
  private final KeyStore keys = new MemoryStores().keys();

  static Stream<KeyRecord> records() {
    Stream<KeyRecord> times =
        EXTREME_TIMES.stream()
            .flatMap(
                time ->
                    Stream.of(
                        accessKeyOf(time, DeviceScope.all()),
                        apiKeyOf(time, Restriction.to(List.of()))));
    Stream<KeyRecord> scopes =
        Stream.of(
                DeviceScope.anyOf("t1"),
                DeviceScope.anyOf("site=paris", "floor=*", "*=cold", "a,b", "\"*\"", "\"-\""),
                DeviceScope.of(
                    DeviceSelector.builder()
                        .id(DeviceId.of(HARD_TEXT))
                        .tag(TagEntry.of(HARD_TEXT, "a=b,c"))
                        .tag(TagEntry.anyKey("*"))
                        .build()))
            .map(scope -> accessKeyOf(T0, scope));
    Stream<KeyRecord> plain =
        Stream.of(
            apiKey(1, PrincipalId.of(HARD_TEXT)),
            accessKey(1, WorkspaceId.of(HARD_TEXT)),
            accessKey(1, ACME).toBuilder().description(HARD_TEXT).build(),
            accessKey(1, ACME).toBuilder().name(HARD_TEXT).build(),
            accessKey(1, ACME).toBuilder().suspended(true).build(),
            accessKey(1, ACME).toBuilder().endsAt(Optional.of(T0)).build(),
            accessKey(1, ACME).toBuilder().secrets(rotatedSecrets(T0)).build(),
            accessKey(1, ACME).toBuilder()
                .secrets(List.of(peppered()))
                .version(version(Long.MAX_VALUE))
                .build());
    return Stream.of(times, scopes, plain).flatMap(records -> records);
  }

  private static KeyRecord accessKeyOf(Instant time, DeviceScope scope) {
    return AccessKeyRecord.builder(
            new CredentialId(Long.MIN_VALUE, Long.MAX_VALUE),
            otherVersion(3),
            time,
            ACME,
            scope,
            HARD_TEXT,
            rotatedSecrets(time))
        .description(HARD_TEXT)
        .suspended(true)
        .endsAt(Optional.of(time))
        .build();
  }

  private static KeyRecord apiKeyOf(Instant time, Restriction restriction) {
    return ApiKeyRecord.builder(
            credential(1), version(1), time, ANN, HARD_TEXT, rotatedSecrets(time), restriction)
        .suspended(true)
        .endsAt(Optional.of(time))
        .build();
  }

  private static StoredSecret peppered() {
    return new StoredSecret(
        new SecretDigest(0, -1, Long.MIN_VALUE, 7, Optional.of(HARD_TEXT)), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("records")
  @DisplayName("S4: a key comes back equal to what was stored, found or listed")
  void find_anyRecord_isEqualToWhatWasStored(KeyRecord record) {
    assertThat(keys.insert(record)).isTrue();

    assertThat(keys.find(record.id())).contains(record);
    assertThat(
            record instanceof ApiKeyRecord apiKey
                ? keys.listApiKeys(apiKey.principal(), PageRequest.first(1)).items()
                : keys.listAccessKeys(((AccessKeyRecord) record).workspace(), PageRequest.first(1))
                    .items())
        .isEqualTo(List.of(record));
  }

  @Test
  @DisplayName("B13: unrestricted, no rows and a row come back as what they were")
  void find_apiKey_keepsItsRestriction() {
    Restriction.Row row =
        new Restriction.Row(ACME, Set.of("view"), DeviceScope.anyOf("site=paris"));
    for (Restriction restriction :
        List.of(
            Restriction.unrestricted(), Restriction.to(List.of()), Restriction.to(List.of(row)))) {
      KeyStore store = new MemoryStores().keys();
      assertThat(store.insert(apiKeyOf(T0, restriction))).isTrue();

      assertThat(store.find(credential(1)))
          .hasValueSatisfying(
              key ->
                  assertThat(((ApiKeyRecord) key).restriction())
                      .isEqualTo(restriction)
                      .extracting(Restriction::isUnrestricted)
                      .isEqualTo(restriction.isUnrestricted()));
    }
  }

  @Test
  @DisplayName("API keys and access keys share one space of ids")
  void insert_accessKeyWithTheIdOfAnApiKey_changesNothing() {
    assertThat(keys.insert(apiKey(1, ANN))).isTrue();

    assertThat(keys.insert(accessKey(1, ACME))).isFalse();
    assertThat(keys.find(credential(1))).contains(apiKey(1, ANN));
    assertThat(keys.listAccessKeys(ACME, PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  @DisplayName("S2: insertAll has an outcome per key, in order, also for duplicates within it")
  void insertAll_someDuplicates_keepsTheFirstOfEach() {
    AccessKeyRecord renamed = accessKey(1, ACME).toBuilder().name("Other").build();
    assertThat(keys.insert(accessKey(2, ACME))).isTrue();

    List<Boolean> outcomes =
        keys.insertAll(
            List.of(accessKey(1, ACME), renamed, apiKey(2, ANN), apiKey(3, ANN), apiKey(3, ANN)));

    assertThat(outcomes).containsExactly(true, false, false, true, false);
    assertThat(keys.find(credential(1))).contains(accessKey(1, ACME));
    assertThat(keys.find(credential(2))).contains(accessKey(2, ACME));
    assertThat(keys.find(credential(3))).contains(apiKey(3, ANN));
  }

  @Test
  void insertAll_none_hasNoOutcome() {
    assertThat(keys.insertAll(List.of())).isEmpty();
  }

  @Test
  @DisplayName("S1: a read after a deletion does not see it")
  void delete_expectedVersion_isGoneEverywhere() {
    assertThat(keys.insert(accessKey(1, ACME))).isTrue();
    assertThat(keys.insert(apiKey(2, ANN))).isTrue();

    assertThat(keys.delete(credential(1), version(1))).isTrue();
    assertThat(keys.delete(credential(2), version(1))).isTrue();
    assertThat(keys.find(credential(1))).isEmpty();
    assertThat(keys.find(credential(2))).isEmpty();
    assertThat(keys.listAccessKeys(ACME, PageRequest.first(1)).items()).isEmpty();
    assertThat(keys.listApiKeys(ANN, PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  @DisplayName("S2: a stale deletion changes nothing")
  void delete_staleVersion_changesNothing() {
    assertThat(keys.insert(accessKey(1, ACME))).isTrue();

    assertThat(keys.delete(credential(1), version(2))).isFalse();
    assertThat(keys.delete(credential(1), otherVersion(1))).isFalse();
    assertThat(keys.delete(credential(2), version(1))).isFalse();
    assertThat(keys.find(credential(1))).contains(accessKey(1, ACME));
  }

  @Test
  void delete_twice_isDoneOnce() {
    assertThat(keys.insert(accessKey(1, ACME))).isTrue();

    assertThat(keys.delete(credential(1), version(1))).isTrue();
    assertThat(keys.delete(credential(1), version(1))).isFalse();
    assertThat(keys.insert(accessKey(1, ACME))).isTrue();
  }

  @Test
  @DisplayName("S2: of racing deletions exactly one wins")
  void delete_race_hasOneWinner() throws Exception {
    for (int round = 0; round < 50; round++) {
      assertThat(keys.insert(accessKey(1, ACME))).isTrue();

      List<Boolean> won = Race.of(4, i -> () -> keys.delete(credential(1), version(1)));

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(keys.listAccessKeys(ACME, PageRequest.first(1)).items()).isEmpty();
    }
  }

  @Test
  @DisplayName("S7: keys are listed by owner, each once, in the order of their ids")
  void listings_anyPageSize_listEachOnce() {
    List<AccessKeyRecord> acme = new ArrayList<>();
    List<ApiKeyRecord> ann = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // ids below and above 2^127, interleaved with those of other owners
      long number = (i % 2 == 0 ? 0 : Long.MIN_VALUE) + 10 * i;
      acme.add(accessKey(number + 1, ACME));
      ann.add(apiKey(number + 2, ANN));
      assertThat(keys.insert(accessKey(number + 3, WorkspaceId.of("acme2")))).isTrue();
      assertThat(keys.insert(apiKey(number + 4, PrincipalId.of("ann2")))).isTrue();
    }
    assertThat(keys.insertAll(acme)).doesNotContain(false);
    assertThat(keys.insertAll(ann)).doesNotContain(false);
    acme.sort((a, b) -> a.id().compareTo(b.id()));
    ann.sort((a, b) -> a.id().compareTo(b.id()));

    for (int limit = 1; limit <= 11; limit++) {
      assertThat(pages(page -> keys.listAccessKeys(ACME, page), limit)).isEqualTo(acme);
      assertThat(pages(page -> keys.listApiKeys(ANN, page), limit)).isEqualTo(ann);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "access-keys:", "access-keys:1", "api-keys:0000000000000000000000"})
  void listAccessKeys_garbageCursor_isRefused(String cursor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.listAccessKeys(ACME, PageRequest.after(cursor, 10)));
  }

  @Test
  @DisplayName("R28: keys whose own end is before an instant are purged in chunks, others never")
  void purge_endedKeys_goInChunks() {
    Instant end = T0.plusSeconds(60);
    for (int i = 1; i <= 5; i++) {
      Optional<Instant> before = Optional.of(end.minusMillis(i));
      assertThat(keys.insert(accessKey(i, ACME).toBuilder().endsAt(before).build())).isTrue();
    }
    KeyRecord ended = apiKey(6, ANN).toBuilder().endsAt(Optional.of(Samples.FIRST_TIME)).build();
    KeyRecord atTheEnd = accessKey(7, ACME).toBuilder().endsAt(Optional.of(end)).build();
    KeyRecord endless = accessKey(8, ACME);
    KeyRecord rotated = accessKey(9, ACME).toBuilder().secrets(rotatedSecrets(T0)).build();
    assertThat(keys.insertAll(List.of(ended, atTheEnd, endless, rotated))).doesNotContain(false);

    List<CredentialId> first = keys.purge(end, 4);
    List<CredentialId> second = keys.purge(end, 4);

    assertThat(first).hasSize(4);
    assertThat(second).hasSize(2);
    assertThat(Stream.concat(first.stream(), second.stream()))
        .containsExactlyInAnyOrder(
            credential(1),
            credential(2),
            credential(3),
            credential(4),
            credential(5),
            credential(6));
    assertThat(keys.purge(end, 4)).isEmpty();
    assertThat(pages(page -> keys.listAccessKeys(ACME, page), 10))
        .isEqualTo(List.of(atTheEnd, endless, rotated));
    assertThat(keys.find(credential(6))).isEmpty();
  }

  @Test
  @DisplayName("a purge goes by the end that a key has now")
  void purge_endChangedMeanwhile_goesByTheNewOne() {
    AccessKeyRecord key = accessKey(1, ACME).toBuilder().endsAt(Optional.of(T0)).build();
    AccessKeyRecord later =
        key.toBuilder().version(version(2)).endsAt(Optional.of(T0.plusMillis(2))).build();
    assertThat(keys.insert(key)).isTrue();
    assertThat(keys.replace(later, version(1))).isTrue();

    assertThat(keys.purge(T0.plusMillis(1), 10)).isEmpty();
    assertThat(keys.purge(T0.plusMillis(3), 10)).containsExactly(credential(1));
  }
}
