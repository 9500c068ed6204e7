package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.accessKey;
import static io.thingward.store.testkit.Samples.accessKeyEndingAt;
import static io.thingward.store.testkit.Samples.apiKey;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.otherVersion;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.Restriction;
import io.thingward.model.StoredSecret;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a {@link KeyStore} keeps. Designed for extension: a subclass makes the store and is a test.
 */
public abstract class KeyStoreContract {
  /** For subclasses. */
  protected KeyStoreContract() {}

  /**
   * An empty store. Called once for each test, and for each of the tests that one method makes;
   * after another call no store of an earlier one is used any more.
   */
  protected abstract KeyStore create();

  @TestFactory
  @DisplayName("API keys and access keys")
  Stream<DynamicTest> records() {
    return RecordTests.of(this::create, Kinds.KEYS);
  }

  @TestFactory
  @DisplayName("listings of API keys and access keys")
  Stream<DynamicTest> listings() {
    return ListingTests.of(this::create, Kinds.OF_KEYS);
  }

  @Test
  @DisplayName("S4: a key is listed equal to what was stored")
  void listings_anyKey_isEqualToWhatWasStored() {
    KeyStore store = create();
    List<KeyRecord> apiKeys = Samples.apiKeys();
    assertThat(apiKeys).allMatch(store::insert);
    assertThat(apiKeys(store))
        .containsExactlyInAnyOrderElementsOf(
            apiKeys.stream()
                .map(ApiKeyRecord.class::cast)
                .filter(key -> key.principal().equals(ANN))
                .toList());

    KeyStore another = create();
    List<KeyRecord> accessKeys = Samples.accessKeys();
    assertThat(accessKeys).allMatch(another::insert);
    assertThat(accessKeys(another))
        .containsExactlyInAnyOrderElementsOf(
            accessKeys.stream()
                .map(AccessKeyRecord.class::cast)
                .filter(key -> key.workspace().equals(ACME))
                .toList());
  }

  @Test
  @DisplayName("S4: unrestricted, without rows and with rows come back as what they were (B13)")
  void find_apiKey_keepsItsRestriction() {
    KeyStore store = create();
    long number = 0;
    for (Restriction restriction : Samples.restrictions()) {
      CredentialId id = credential(++number);
      assertThat(store.insert(Samples.restricted(id, restriction))).isTrue();

      ApiKeyRecord found = (ApiKeyRecord) store.find(id).orElseThrow();
      assertThat(found.restriction()).isEqualTo(restriction);
      assertThat(found.restriction().isUnrestricted()).isEqualTo(restriction.isUnrestricted());
      assertThat(found.restriction().rows()).isEqualTo(restriction.rows());
    }
  }

  @Test
  @DisplayName("S4: all 256 bits of a digest come back, and the id of its pepper")
  void find_anyDigest_hasAllItsBits() {
    KeyStore store = create();
    AccessKeyRecord key =
        accessKey(1, ACME).toBuilder().secrets(Samples.rotatedSecrets(T0)).build();
    assertThat(store.insert(key)).isTrue();

    List<StoredSecret> found = store.find(key.id()).orElseThrow().secrets();
    for (int i = 0; i < 2; i++) {
      assertThat(found.get(i).digest().bytes()).isEqualTo(key.secrets().get(i).digest().bytes());
      assertThat(found.get(i).digest().pepper()).isEqualTo(key.secrets().get(i).digest().pepper());
    }
  }

  @Test
  @DisplayName("S48: a key is found suspended and ended, too")
  void find_suspendedAndEnded_isFound() {
    KeyStore store = create();
    AccessKeyRecord key =
        accessKeyEndingAt(1, Samples.FIRST_TIME).toBuilder().suspended(true).build();
    assertThat(store.insert(key)).isTrue();

    assertThat(store.find(key.id())).contains(key);
    assertThat(store.find(credential(2))).isEmpty();
  }

  @Test
  @DisplayName("S49: API keys and access keys share one space of ids")
  void insert_idOfTheOtherKind_changesNothing() {
    KeyStore store = create();
    assertThat(store.insert(apiKey(1, ANN))).isTrue();
    assertThat(store.insert(accessKey(2, ACME))).isTrue();

    assertThat(store.insert(accessKey(1, ACME))).isFalse();
    assertThat(store.insert(apiKey(2, ANN))).isFalse();
    assertThat(store.find(credential(1))).contains(apiKey(1, ANN));
    assertThat(store.find(credential(2))).contains(accessKey(2, ACME));
    assertThat(apiKeys(store)).containsExactly(apiKey(1, ANN));
    assertThat(accessKeys(store)).containsExactly(accessKey(2, ACME));
  }

  @Test
  @DisplayName("S50: insertAll has an outcome for each key, in order")
  void insertAll_someDuplicates_hasAnOutcomeForEach() {
    KeyStore store = create();
    AccessKeyRecord renamed = accessKey(1, ACME).toBuilder().name("Other").build();
    assertThat(store.insert(accessKey(2, ACME))).isTrue();

    assertThat(
            store.insertAll(
                List.of(
                    accessKey(9, ACME),
                    accessKey(1, ACME),
                    renamed,
                    apiKey(2, ANN),
                    apiKey(3, ANN),
                    apiKey(3, ANN),
                    accessKey(0, ACME))))
        .containsExactly(true, true, false, false, true, false, true);
  }

  @Test
  @DisplayName("S51: insertAll keeps every key that is new, whatever becomes of the others")
  void insertAll_someDuplicates_keepsTheOthers() {
    KeyStore store = create();
    AccessKeyRecord renamed = accessKey(1, ACME).toBuilder().name("Other").build();
    assertThat(store.insert(accessKey(2, ACME))).isTrue();

    var unused =
        store.insertAll(
            List.of(apiKey(2, ANN), accessKey(1, ACME), renamed, apiKey(3, ANN), apiKey(4, ANN)));

    assertThat(store.find(credential(1))).contains(accessKey(1, ACME));
    assertThat(store.find(credential(2))).contains(accessKey(2, ACME));
    assertThat(accessKeys(store)).containsExactlyInAnyOrder(accessKey(1, ACME), accessKey(2, ACME));
    assertThat(apiKeys(store)).containsExactlyInAnyOrder(apiKey(3, ANN), apiKey(4, ANN));
  }

  @Test
  @DisplayName("S50: insertAll takes no key, one, and as many as one call may have")
  void insertAll_noneAndMost_areKept() {
    KeyStore store = create();
    assertThat(store.insertAll(List.of())).isEmpty();
    assertThat(store.insertAll(List.of(accessKey(5, ACME)))).containsExactly(true);
    List<AccessKeyRecord> most =
        LongStream.range(0, Limits.BULK).mapToObj(i -> accessKey(i, ACME)).toList();

    List<Boolean> outcomes = store.insertAll(most);

    assertThat(outcomes).hasSize(Limits.BULK);
    assertThat(outcomes.get(5)).isFalse();
    assertThat(Collections.frequency(outcomes, true)).isEqualTo(Limits.BULK - 1);
    assertThat(Pages.all(page -> store.listAccessKeys(ACME, page), Limits.PAGE))
        .containsExactlyInAnyOrderElementsOf(most);
  }

  @Test
  @DisplayName("S10: a list that was given or returned is no view")
  void insertAll_listChangedAfterwards_changesNothing() {
    KeyStore store = create();
    List<KeyRecord> given = new ArrayList<>(List.of(accessKey(1, ACME), accessKey(2, ACME)));
    List<Boolean> outcomes = store.insertAll(given);
    given.clear();
    assertThat(store.insertAll(List.of(accessKey(1, ACME)))).containsExactly(false);
    assertThat(outcomes).containsExactly(true, true);
    assertThat(accessKeys(store)).containsExactlyInAnyOrder(accessKey(1, ACME), accessKey(2, ACME));

    List<AccessKeyRecord> listed = accessKeys(store);
    assertThat(store.delete(credential(1), version(1))).isTrue();
    assertThat(listed).hasSize(2);
  }

  @Test
  @DisplayName("S10: the ids that a purge returned are no view")
  void purge_again_leavesEarlierIds() {
    KeyStore store = create();
    assertThat(store.insert(accessKeyEndingAt(1, T0))).isTrue();
    List<CredentialId> first = store.purge(T0.plusMillis(1), 10);
    assertThat(store.insert(accessKeyEndingAt(2, T0))).isTrue();
    List<CredentialId> second = store.purge(T0.plusMillis(1), 10);

    assertThat(first).containsExactly(credential(1));
    assertThat(second).containsExactly(credential(2));
  }

  @Test
  @DisplayName("S52: a replacement is what the listings show, too")
  void replace_key_isListedAsItIsNow() {
    KeyStore store = create();
    AccessKeyRecord access =
        accessKey(1, ACME).toBuilder().version(version(2)).suspended(true).name("Other").build();
    ApiKeyRecord api =
        apiKey(2, ANN).toBuilder().version(version(2)).secrets(Samples.rotatedSecrets(T0)).build();
    assertThat(store.insertAll(List.of(accessKey(1, ACME), apiKey(2, ANN))))
        .containsExactly(true, true);

    assertThat(store.replace(access, version(1))).isTrue();
    assertThat(store.replace(api, version(1))).isTrue();

    assertThat(accessKeys(store)).containsExactly(access);
    assertThat(apiKeys(store)).containsExactly(api);
  }

  @Test
  @DisplayName("S1: a read after a deletion sees it, listings included")
  void delete_expectedVersion_isGoneEverywhere() {
    KeyStore store = create();
    assertThat(store.insertAll(List.of(accessKey(1, ACME), apiKey(2, ANN), accessKey(3, ACME))))
        .containsExactly(true, true, true);
    assertThat(store.find(credential(1))).isPresent();

    assertThat(store.delete(credential(1), version(1))).isTrue();
    assertThat(store.delete(credential(2), version(1))).isTrue();

    assertThat(store.find(credential(1))).isEmpty();
    assertThat(store.find(credential(2))).isEmpty();
    assertThat(apiKeys(store)).isEmpty();
    assertThat(accessKeys(store)).containsExactly(accessKey(3, ACME));
  }

  @Test
  @DisplayName("S53: a deletion compares the version as a whole, and happens once")
  void delete_staleVersion_changesNothing() {
    KeyStore store = create();
    assertThat(store.insert(accessKey(1, ACME))).isTrue();

    assertThat(store.delete(credential(1), version(2))).isFalse();
    assertThat(store.delete(credential(1), otherVersion(1))).isFalse();
    assertThat(store.delete(credential(2), version(1))).isFalse();
    assertThat(store.find(credential(1))).contains(accessKey(1, ACME));

    assertThat(store.delete(credential(1), version(1))).isTrue();
    assertThat(store.delete(credential(1), version(1))).isFalse();
  }

  @Test
  @DisplayName("S52: a key that was deleted is not replaced")
  void replace_deleted_changesNothing() {
    KeyStore store = create();
    assertThat(store.insert(accessKey(1, ACME))).isTrue();
    assertThat(store.delete(credential(1), version(1))).isTrue();

    KeyRecord next = Kinds.ACCESS_KEY.at(accessKey(1, ACME), 2);
    assertThat(store.replace(next, version(1))).isFalse();
    assertThat(store.find(credential(1))).isEmpty();
    assertThat(accessKeys(store)).isEmpty();
  }

  @Test
  @DisplayName("S2: of racing deletions exactly one wins")
  void delete_race_hasOneWinner() throws Exception {
    KeyStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      CredentialId id = credential(round);
      assertThat(store.insert(accessKey(round, ACME))).isTrue();

      List<Boolean> won = Race.of(i -> () -> store.delete(id, version(1)));

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(store.find(id)).isEmpty();
    }
    assertThat(accessKeys(store)).isEmpty();
  }

  @Test
  @DisplayName("S2: of a racing deletion and replacement exactly one wins")
  void deleteAndReplace_race_haveOneWinner() throws Exception {
    KeyStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      AccessKeyRecord key = accessKey(round, ACME);
      KeyRecord next = Kinds.ACCESS_KEY.at(key, 2);
      assertThat(store.insert(key)).isTrue();

      List<Boolean> won =
          Race.of(
              2,
              i ->
                  () ->
                      i == 0
                          ? store.delete(key.id(), version(1))
                          : store.replace(next, version(1)));

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(store.find(key.id())).isEqualTo(won.get(0) ? Optional.empty() : Optional.of(next));
    }
  }

  @Test
  @DisplayName("S2: a racing purge and deletion take a key once, a racing replacement changes it")
  void purgeDeleteAndReplace_race_areOneAfterTheOther() throws Exception {
    KeyStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      AccessKeyRecord key = accessKeyEndingAt(round, T0);
      KeyRecord next = Kinds.ACCESS_KEY.at(key, 2);
      assertThat(store.insert(key)).isTrue();

      List<Boolean> won =
          Race.of(
              3,
              i ->
                  () ->
                      switch (i) {
                        case 0 -> store.delete(key.id(), version(1));
                        case 1 -> store.replace(next, version(1));
                        default -> store.purge(T0.plusMillis(1), 10).contains(key.id());
                      });

      assertThat(won.get(0) && (won.get(1) || won.get(2))).as("deleted and %s", won).isFalse();
      assertThat(store.find(key.id()))
          .isEqualTo(won.get(0) || won.get(2) ? Optional.empty() : Optional.of(next));
      var unused = store.purge(T0.plusMillis(1), 10);
    }
  }

  @Test
  @DisplayName("S54: a principal's API keys are listed suspended and ended, too")
  void listApiKeys_anyState_areListed() {
    KeyStore store = create();
    ApiKeyRecord suspended = apiKey(1, ANN).toBuilder().suspended(true).build();
    ApiKeyRecord ended = apiKey(2, ANN).toBuilder().endsAt(Optional.of(Samples.FIRST_TIME)).build();
    assertThat(store.insertAll(List.of(suspended, ended, accessKey(3, ACME))))
        .containsExactly(true, true, true);

    assertThat(apiKeys(store)).containsExactlyInAnyOrder(suspended, ended);
  }

  @Test
  @DisplayName("S55: a workspace's access keys are listed suspended and ended, too")
  void listAccessKeys_anyState_areListed() {
    KeyStore store = create();
    AccessKeyRecord suspended = accessKey(1, ACME).toBuilder().suspended(true).build();
    AccessKeyRecord ended = accessKeyEndingAt(2, Samples.FIRST_TIME);
    assertThat(store.insertAll(List.of(suspended, ended, apiKey(3, ANN))))
        .containsExactly(true, true, true);

    assertThat(accessKeys(store)).containsExactlyInAnyOrder(suspended, ended);
  }

  @Test
  @DisplayName("S56: a purge deletes what ended before the instant, to the millisecond (R28)")
  void purge_aroundTheInstant_deletesWhatEndedBefore() {
    KeyStore store = create();
    AccessKeyRecord before = accessKeyEndingAt(1, T0.minusMillis(1));
    AccessKeyRecord at = accessKeyEndingAt(2, T0);
    AccessKeyRecord after = accessKeyEndingAt(3, T0.plusMillis(1));
    ApiKeyRecord longAgo =
        apiKey(4, ANN).toBuilder().endsAt(Optional.of(Samples.FIRST_TIME)).build();
    assertThat(store.insertAll(List.of(before, at, after, longAgo))).doesNotContain(false);

    assertThat(store.purge(T0, 10)).containsExactlyInAnyOrder(before.id(), longAgo.id());

    assertThat(store.find(before.id())).isEmpty();
    assertThat(store.find(longAgo.id())).isEmpty();
    assertThat(apiKeys(store)).isEmpty();
    assertThat(accessKeys(store)).containsExactlyInAnyOrder(at, after);
  }

  @Test
  @DisplayName("S56: a purge leaves keys without an end, whatever end their secrets have")
  void purge_endless_leavesThem() {
    KeyStore store = create();
    AccessKeyRecord endless = accessKey(1, ACME);
    AccessKeyRecord rotated =
        accessKey(2, ACME).toBuilder()
            .suspended(true)
            .secrets(Samples.rotatedSecrets(Samples.FIRST_TIME))
            .build();
    AccessKeyRecord last = accessKeyEndingAt(3, Samples.LAST_TIME);
    assertThat(store.insertAll(List.of(endless, rotated, last))).doesNotContain(false);

    assertThat(store.purge(Samples.LAST_TIME, 10)).isEmpty();
    assertThat(accessKeys(store)).containsExactlyInAnyOrder(endless, rotated, last);
  }

  @Test
  @DisplayName("S57: a purge deletes at most as many as it may")
  void purge_moreThanTheLimit_deletesThatMany() {
    KeyStore store = create();
    fillWithEnded(store, 0, 7);

    assertThat(store.purge(T0, 3)).hasSizeLessThanOrEqualTo(3);
    assertThat(accessKeys(store)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(store.purge(T0, 1)).hasSizeLessThanOrEqualTo(1);
    assertThat(accessKeys(store)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  @DisplayName("S58: a purge returns the ids of those that are gone, each once")
  void purge_inChunks_returnsThoseThatAreGone() {
    KeyStore store = create();
    List<CredentialId> ids = fillWithEnded(store, 0, 7);
    assertThat(store.insert(accessKey(100, ACME))).isTrue();

    List<CredentialId> purged = new ArrayList<>(store.purge(T0, 3));
    assertThat(ids.stream().filter(id -> store.find(id).isEmpty()))
        .containsExactlyInAnyOrderElementsOf(purged);
    purged.addAll(store.purge(T0, 3));
    purged.addAll(store.purge(T0, 3));

    assertThat(purged).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(store.purge(T0, 3)).isEmpty();
  }

  @Test
  @DisplayName("S59: fewer than the limit means that none is left")
  void purge_untilFewerThanTheLimit_leavesNone() {
    KeyStore store = create();
    for (int limit : new int[] {1, 3, 7, 8, Limits.PAGE}) {
      fillWithEnded(store, 100 * limit, 7);
      int rounds = 0;
      while (store.purge(T0, limit).size() == limit) {
        // seven at most, and one round that finds nothing
        assertThat(++rounds).isLessThan(9);
      }
      assertThat(accessKeys(store)).as("with limit %s", limit).isEmpty();
    }
  }

  /* So many keys that ended before T0, from a number on. */
  @CanIgnoreReturnValue
  private static List<CredentialId> fillWithEnded(KeyStore store, int first, int count) {
    List<AccessKeyRecord> ended =
        IntStream.range(first, first + count).mapToObj(i -> accessKeyEndingAt(i, ago(i))).toList();
    assertThat(store.insertAll(ended)).doesNotContain(false);
    return ended.stream().map(AccessKeyRecord::id).toList();
  }

  private static Instant ago(int number) {
    return number % 2 == 0 ? T0.minusMillis(number + 1) : Instant.ofEpochMilli(number);
  }

  @Test
  @DisplayName("S58: racing purges return each key once")
  void purge_race_returnsEachOnce() throws Exception {
    KeyStore store = create();
    List<CredentialId> ids = fillWithEnded(store, 0, 500);

    List<List<CredentialId>> purged = Race.of(i -> () -> store.purge(T0, 500));

    assertThat(purged.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(accessKeys(store)).isEmpty();
  }

  @Test
  @DisplayName("S8: what ended long ago is there until it is purged; no clock but the argument")
  void purge_instantBeforeAllEnds_purgesNothing() {
    KeyStore store = create();
    AccessKeyRecord longAgo = accessKeyEndingAt(1, Samples.FIRST_TIME);
    AccessKeyRecord late = accessKeyEndingAt(2, Samples.LAST_TIME.minusMillis(1));
    assertThat(store.insertAll(List.of(longAgo, late))).containsExactly(true, true);

    assertThat(store.purge(Samples.FIRST_TIME, 10)).isEmpty();
    assertThat(store.purge(Instant.parse("1825-01-01T00:00:00.001Z"), 10)).isEmpty();
    assertThat(store.find(longAgo.id())).contains(longAgo);
    assertThat(accessKeys(store)).containsExactlyInAnyOrder(longAgo, late);

    assertThat(store.purge(Samples.LAST_TIME, 10))
        .containsExactlyInAnyOrder(longAgo.id(), late.id());
  }

  @Test
  @DisplayName("S9: what has no end is there after purges and deletions of all others")
  void find_afterPurgesAndDeletions_isThere() {
    KeyStore store = create();
    assertThat(store.insertAll(List.of(apiKey(100, ANN), accessKey(101, ACME))))
        .containsExactly(true, true);
    fillWithEnded(store, 0, 7);
    assertThat(store.delete(credential(1), version(1))).isTrue();
    assertThat(store.purge(Samples.LAST_TIME, 100)).hasSize(6);

    assertThat(store.find(credential(100))).contains(apiKey(100, ANN));
    assertThat(store.find(credential(101))).contains(accessKey(101, ACME));
  }

  @Test
  @DisplayName("S18: no result is null")
  void results_always_areNotNull() throws Exception {
    Calls.assertNoneIsNull(Calls.of(create()));
  }

  private static List<ApiKeyRecord> apiKeys(KeyStore store) {
    return Pages.all(page -> store.listApiKeys(ANN, page), 3);
  }

  private static List<AccessKeyRecord> accessKeys(KeyStore store) {
    return Pages.all(page -> store.listAccessKeys(ACME, page), 100);
  }
}
