package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a {@link LastUseStore} keeps. Designed for extension: a subclass makes the store and is a
 * test. A store may lose a use where it fails; here it does not fail.
 */
public abstract class LastUseStoreContract {
  private static final CredentialId ONE = credential(1);
  private static final CredentialId TWO = credential(2);

  /** For subclasses. */
  protected LastUseStoreContract() {}

  /**
   * An empty store. Called once for each test; after another call no store of an earlier one is
   * used any more.
   */
  protected abstract LastUseStore create();

  @Test
  @DisplayName("S4: each comes back equal to what was stored")
  void find_anyUse_isEqualToWhatWasStored() {
    LastUseStore store = create();
    Map<CredentialId, LastUse> uses = new HashMap<>();
    for (LastUse use : Samples.uses()) {
      CredentialId id = credential(uses.size());
      uses.put(id, use);
      store.record(Map.of(id, use));

      assertThat(store.find(List.of(id))).isEqualTo(Map.of(id, use));
    }
    assertThat(store.find(uses.keySet())).isEqualTo(uses);
  }

  @Test
  @DisplayName("S3: ids that look alike are different ids")
  void find_idsThatLookAlike_areDifferent() {
    LastUseStore store = create();
    Map<CredentialId, LastUse> uses = new HashMap<>();
    for (CredentialId id : Samples.CREDENTIALS) {
      uses.put(id, use(T0.plusMillis(uses.size())));
    }
    store.record(uses);

    assertThat(store.find(Samples.CREDENTIALS)).isEqualTo(uses);
    for (CredentialId id : Samples.CREDENTIALS) {
      assertThat(store.find(List.of(id))).isEqualTo(Map.of(id, uses.get(id)));
    }
  }

  @Test
  @DisplayName("S5: what was never used is not in the answer")
  void find_neverUsed_isNotThere() {
    LastUseStore store = create();
    assertThat(store.find(List.of(ONE))).isEmpty();
    store.record(Map.of(TWO, use(T0)));
    assertThat(store.find(List.of(ONE))).isEmpty();
  }

  @Test
  @DisplayName("S69: a look-up has those that were used, also where it names one twice or none")
  void find_someAbsentSomeTwice_hasThoseThatAreThere() {
    LastUseStore store = create();
    store.record(Map.of(ONE, use(T0)));

    assertThat(store.find(List.of(ONE, TWO, ONE))).isEqualTo(Map.of(ONE, use(T0)));
    assertThat(store.find(List.of())).isEmpty();
  }

  @Test
  @DisplayName("S69: a look-up names as many as one call may have")
  void find_most_hasThemAll() {
    LastUseStore store = create();
    Map<CredentialId, LastUse> most = new HashMap<>();
    for (int i = 0; i < Limits.PAGE; i++) {
      most.put(credential(i), use(T0.plusMillis(i)));
    }
    store.record(most);
    assertThat(store.find(most.keySet())).isEqualTo(most);

    store.delete(most.keySet());
    assertThat(store.find(most.keySet())).isEmpty();
  }

  @Test
  @DisplayName("S1: a read after a record sees it, and after a deletion")
  void find_afterEachChange_seesIt() {
    LastUseStore store = create();
    store.record(Map.of(ONE, use(T0)));
    assertThat(store.find(List.of(ONE))).isEqualTo(Map.of(ONE, use(T0)));
    store.record(Map.of(ONE, use(T0.plusMillis(1))));
    assertThat(store.find(List.of(ONE))).isEqualTo(Map.of(ONE, use(T0.plusMillis(1))));
    store.delete(List.of(ONE));
    assertThat(store.find(List.of(ONE))).isEmpty();
  }

  @Test
  @DisplayName("S70: a later use takes the place of an earlier one, whole")
  void record_laterUse_takesItsPlace() {
    LastUseStore store = create();
    LastUse full = new LastUse(T0, Optional.of("192.0.2.1"), Optional.of("agent"));
    store.record(Map.of(ONE, full, TWO, full));

    store.record(Map.of(ONE, use(T0.plusMillis(1)), TWO, use(T0.minusMillis(1))));

    assertThat(store.find(List.of(ONE, TWO)))
        .isEqualTo(Map.of(ONE, use(T0.plusMillis(1)), TWO, full));
  }

  @Test
  @DisplayName("S70: an earlier or equally late use changes nothing: time does not go back (R18)")
  void record_notLater_changesNothing() {
    LastUseStore store = create();
    LastUse kept = new LastUse(T0, Optional.of("kept"), Optional.empty());
    store.record(Map.of(ONE, kept));

    store.record(Map.of(ONE, use(T0)));
    store.record(Map.of(ONE, use(T0.minusMillis(1))));
    store.record(Map.of(ONE, use(Samples.FIRST_TIME)));

    assertThat(store.find(List.of(ONE))).isEqualTo(Map.of(ONE, kept));
  }

  @Test
  @DisplayName("S70: the latest possible use is kept, and no clock says otherwise")
  void record_lastTime_isKept() {
    LastUseStore store = create();
    store.record(Map.of(ONE, use(Samples.FIRST_TIME)));
    store.record(Map.of(ONE, use(Samples.LAST_TIME)));
    store.record(Map.of(ONE, use(T0)));
    store.record(Map.of());

    assertThat(store.find(List.of(ONE))).isEqualTo(Map.of(ONE, use(Samples.LAST_TIME)));
  }

  @Test
  @DisplayName("S71: of racing uses the latest is kept")
  void record_race_keepsTheLatest() throws Exception {
    LastUseStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      CredentialId id = credential(round);
      List<Integer> runs =
          Race.of(
              i ->
                  () -> {
                    store.record(Map.of(id, use(T0.plusMillis(i))));
                    return i;
                  });

      assertThat(store.find(List.of(id)))
          .isEqualTo(Map.of(id, use(T0.plusMillis(runs.size() - 1))));
    }
  }

  @Test
  @DisplayName("S2: a use and a deletion that race leave the use or nothing")
  void recordAndDelete_race_leaveOneOutcome() throws Exception {
    LastUseStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      CredentialId id = credential(round);
      store.record(Map.of(id, use(T0)));
      LastUse later = new LastUse(T0.plusMillis(1), Optional.of("source"), Optional.of("agent"));
      List<Integer> runs =
          Race.of(
              2,
              i ->
                  () -> {
                    if (i == 0) {
                      store.delete(List.of(id));
                    } else {
                      store.record(Map.of(id, later));
                    }
                    return i;
                  });
      assertThat(runs).hasSize(2);
      assertThat(store.find(List.of(id))).isIn(Map.of(), Map.of(id, later));
    }
  }

  @Test
  @DisplayName("S17: many threads may record at once")
  void record_manyThreads_keepsThemAll() throws Exception {
    LastUseStore store = create();
    List<List<CredentialId>> recorded =
        Race.of(
            i ->
                () -> {
                  List<CredentialId> ids = new ArrayList<>();
                  for (int n = 0; n < 100; n++) {
                    CredentialId id = credential(i * 1_000L + n);
                    ids.add(id);
                    store.record(Map.of(id, use(T0.plusMillis(n))));
                  }
                  return ids;
                });
    for (List<CredentialId> ids : recorded) {
      assertThat(store.find(ids)).hasSize(ids.size());
    }
  }

  @Test
  @DisplayName("S72: a deletion forgets those that it names, absent and repeated ones included")
  void delete_someAbsent_forgetsTheOthers() {
    LastUseStore store = create();
    CredentialId three = credential(3);
    store.record(Map.of(ONE, use(T0), three, use(T0)));

    store.delete(List.of(ONE, TWO, ONE));
    store.delete(List.of());

    assertThat(store.find(List.of(ONE, TWO, three))).isEqualTo(Map.of(three, use(T0)));
    store.delete(List.of(three));
    assertThat(store.purge(Samples.LAST_TIME, 10)).isZero();
  }

  @Test
  @DisplayName("S72: what was forgotten starts anew, with an earlier use, too")
  void record_afterDelete_startsAnew() {
    LastUseStore store = create();
    store.record(Map.of(ONE, use(T0)));
    store.delete(List.of(ONE));
    store.record(Map.of(ONE, use(T0.minusMillis(1))));

    assertThat(store.find(List.of(ONE))).isEqualTo(Map.of(ONE, use(T0.minusMillis(1))));
  }

  @Test
  @DisplayName("S73: a purge forgets what was used before the instant, to the millisecond (R28)")
  void purge_aroundTheInstant_forgetsWhatWasUsedBefore() {
    LastUseStore store = create();
    CredentialId three = credential(3);
    Map<CredentialId, LastUse> uses =
        Map.of(ONE, use(T0.minusMillis(1)), TWO, use(T0), three, use(T0.plusMillis(1)));
    store.record(uses);

    assertThat(store.purge(T0, 10)).isEqualTo(1);
    assertThat(store.find(uses.keySet()))
        .isEqualTo(Map.of(TWO, use(T0), three, use(T0.plusMillis(1))));
  }

  @Test
  @DisplayName("S73: a purge goes by the last use, not by an earlier one")
  void purge_usedAgainMeanwhile_goesByTheLatest() {
    LastUseStore store = create();
    store.record(Map.of(ONE, use(T0)));
    store.record(Map.of(ONE, use(T0.plusMillis(2))));

    assertThat(store.purge(T0.plusMillis(1), 10)).isZero();
    assertThat(store.find(List.of(ONE))).isEqualTo(Map.of(ONE, use(T0.plusMillis(2))));
    assertThat(store.purge(T0.plusMillis(3), 10)).isEqualTo(1);
  }

  @Test
  @DisplayName("S74: a purge forgets at most as many as it may")
  void purge_moreThanTheLimit_forgetsThatMany() {
    LastUseStore store = create();
    List<CredentialId> ids = fillWithOld(store, 0, 7);

    assertThat(store.purge(T0, 3)).isLessThanOrEqualTo(3);
    assertThat(store.find(ids)).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  @DisplayName("S75: a purge returns how many are gone")
  void purge_inChunks_returnsHowMany() {
    LastUseStore store = create();
    List<CredentialId> ids = fillWithOld(store, 0, 7);

    int first = store.purge(T0, 3);
    assertThat(store.find(ids)).hasSize(7 - first);
    int all = first + store.purge(T0, 3) + store.purge(T0, 3);

    assertThat(all).isEqualTo(7);
    assertThat(store.purge(T0, 3)).isZero();
  }

  @Test
  @DisplayName("S76: fewer than the limit means that none is left")
  void purge_untilFewerThanTheLimit_leavesNone() {
    LastUseStore store = create();
    for (int limit : new int[] {1, 3, 7, 8, Limits.PAGE}) {
      List<CredentialId> ids = fillWithOld(store, 100 * limit, 7);
      int rounds = 0;
      while (store.purge(T0, limit) == limit) {
        // seven at most, and one round that finds nothing
        assertThat(++rounds).isLessThan(9);
      }
      assertThat(store.find(ids)).as("with limit %s", limit).isEmpty();
    }
  }

  @Test
  @DisplayName("S75: racing purges count each once")
  void purge_race_countsEachOnce() throws Exception {
    LastUseStore store = create();
    List<CredentialId> ids = fillWithOld(store, 0, 500);

    List<Integer> purged = Race.of(i -> () -> store.purge(T0, 500));

    assertThat(purged.stream().mapToInt(Integer::intValue).sum()).isEqualTo(500);
    assertThat(store.find(ids)).isEmpty();
  }

  @Test
  @DisplayName("S8: what was used long ago is there until it is purged; no clock but the argument")
  void purge_instantBeforeAllUses_forgetsNothing() {
    LastUseStore store = create();
    Map<CredentialId, LastUse> uses =
        Map.of(ONE, use(Samples.FIRST_TIME), TWO, use(Samples.LAST_TIME.minusMillis(1)));
    store.record(uses);

    assertThat(store.purge(Samples.FIRST_TIME, 10)).isZero();
    assertThat(store.purge(Instant.parse("1825-01-01T00:00:00.001Z"), 10)).isZero();
    assertThat(store.find(uses.keySet())).isEqualTo(uses);
    assertThat(store.purge(Samples.LAST_TIME, 10)).isEqualTo(2);
  }

  @Test
  @DisplayName("S9: many uses are all kept")
  void record_many_keepsThemAll() {
    LastUseStore store = create();
    List<CredentialId> ids = fillWithOld(store, 0, 1_000);
    store.record(Map.of(credential(5_000), use(T0)));

    assertThat(store.find(ids)).hasSize(1_000);
  }

  /* So many uses before T0, of credentials from a number on. */
  private static List<CredentialId> fillWithOld(LastUseStore store, int first, int count) {
    Map<CredentialId, LastUse> old = new HashMap<>();
    IntStream.range(first, first + count)
        .forEach(i -> old.put(credential(i), use(T0.minusMillis(i + 1))));
    store.record(old);
    return List.copyOf(old.keySet());
  }

  @Test
  @DisplayName("S10: maps that were given or returned are no views")
  void mapsAndLists_changedAfterwards_changeNothing() {
    LastUseStore store = create();
    Map<CredentialId, LastUse> given = new HashMap<>(Map.of(ONE, use(T0)));
    store.record(given);
    given.put(TWO, use(T0));
    given.put(ONE, use(T0.plusMillis(9)));
    Map<CredentialId, LastUse> found = store.find(List.of(ONE, TWO));
    assertThat(found).isEqualTo(Map.of(ONE, use(T0)));

    store.record(Map.of(ONE, use(T0.plusMillis(1)), TWO, use(T0)));
    assertThat(found).isEqualTo(Map.of(ONE, use(T0)));
    store.delete(List.of(ONE));
    assertThat(found).isEqualTo(Map.of(ONE, use(T0)));
    assertThat(store.find(List.of(TWO))).isEqualTo(Map.of(TWO, use(T0)));
    assertThat(found).as("after another look-up").isEqualTo(Map.of(ONE, use(T0)));

    tryToClear(store.find(List.of(TWO)));
    assertThat(store.find(List.of(TWO))).isEqualTo(Map.of(TWO, use(T0)));
  }

  private static void tryToClear(Map<CredentialId, LastUse> map) {
    try {
      map.clear();
    } catch (UnsupportedOperationException unmodifiable) {
      assertThat(map).isNotEmpty(); // as good: there is no way in
    }
  }

  @Test
  @DisplayName("S18: no result is null")
  void results_always_areNotNull() throws Exception {
    Calls.assertNoneIsNull(Calls.of(create()));
  }
}
