package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.EXTREME_TIMES;
import static io.thingward.store.memory.Samples.HARD_TEXT;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryLastUseStoreTest {
  private static final CredentialId ONE = credential(1);
  private static final CredentialId TWO = credential(2);

  private final LastUseStore uses = new MemoryStores().keyUses();

  @Test
  @DisplayName("S4: a last use comes back equal to what was stored")
  void find_anyUse_isEqualToWhatWasStored() {
    long number = 0;
    for (Instant time : EXTREME_TIMES) {
      for (LastUse use :
          List.of(
              new LastUse(time, Optional.empty(), Optional.empty()),
              new LastUse(time, Optional.of("192.0.2.1"), Optional.empty()),
              new LastUse(time, Optional.empty(), Optional.of(HARD_TEXT)))) {
        CredentialId id = credential(++number);
        uses.record(Map.of(id, use));

        assertThat(uses.find(List.of(id))).isEqualTo(Map.of(id, use));
      }
    }
  }

  @Test
  @DisplayName("S5: what was never used is not in the answer")
  void find_someAbsentSomeTwice_hasThoseThatAreThere() {
    uses.record(Map.of(ONE, at(T0)));

    assertThat(uses.find(List.of(ONE, TWO, ONE))).isEqualTo(Map.of(ONE, at(T0)));
    assertThat(uses.find(List.of())).isEmpty();
  }

  @Test
  @DisplayName("R18: last use is monotonic: a later or equally late one is kept")
  void record_notLaterThanTheKeptOne_changesNothing() {
    LastUse kept = new LastUse(T0, Optional.of("kept"), Optional.empty());
    uses.record(Map.of(ONE, kept));
    uses.record(Map.of(ONE, at(T0)));
    uses.record(Map.of(ONE, at(T0.minusMillis(1))));

    assertThat(uses.find(List.of(ONE))).isEqualTo(Map.of(ONE, kept));
  }

  @Test
  void record_laterUse_takesItsPlace() {
    uses.record(Map.of(ONE, at(T0), TWO, at(T0)));
    uses.record(Map.of(ONE, at(T0.plusMillis(1)), TWO, at(T0.minusMillis(1))));

    assertThat(uses.find(List.of(ONE, TWO)))
        .isEqualTo(Map.of(ONE, at(T0.plusMillis(1)), TWO, at(T0)));
  }

  @Test
  @DisplayName("R18: of racing uses the latest is kept")
  void record_race_keepsTheLatest() throws Exception {
    for (int round = 0; round < 50; round++) {
      CredentialId id = credential(round);
      List<Integer> runs =
          Race.of(
              4,
              i ->
                  () -> {
                    uses.record(Map.of(id, at(T0.plusMillis(i))));
                    return i;
                  });

      assertThat(runs).hasSize(4);
      assertThat(uses.find(List.of(id))).isEqualTo(Map.of(id, at(T0.plusMillis(3))));
    }
  }

  @Test
  void delete_someAbsent_forgetsTheOthers() {
    uses.record(Map.of(ONE, at(T0)));

    uses.delete(List.of(ONE, TWO, ONE));
    uses.delete(List.of());

    assertThat(uses.find(List.of(ONE, TWO))).isEmpty();
    assertThat(uses.purge(Instant.MAX, 10)).isZero();
  }

  @Test
  void record_afterDelete_startsAnew() {
    uses.record(Map.of(ONE, at(T0)));
    uses.delete(List.of(ONE));
    uses.record(Map.of(ONE, at(T0.minusMillis(1))));

    assertThat(uses.find(List.of(ONE))).isEqualTo(Map.of(ONE, at(T0.minusMillis(1))));
  }

  @Test
  @DisplayName("R28: last uses before an instant are purged in chunks")
  void purge_oldUses_goInChunks() {
    for (int i = 1; i <= 5; i++) {
      uses.record(Map.of(credential(i), at(T0.minusMillis(i))));
    }
    uses.record(Map.of(credential(6), at(T0)));

    assertThat(uses.purge(T0, 3)).isEqualTo(3);
    assertThat(uses.purge(T0, 3)).isEqualTo(2);
    assertThat(uses.purge(T0, 3)).isZero();
    assertThat(uses.find(List.of(credential(5), credential(6))))
        .isEqualTo(Map.of(credential(6), at(T0)));
  }

  @Test
  @DisplayName("a purge goes by the last use, not by an earlier one")
  void purge_usedAgainMeanwhile_goesByTheLatest() {
    uses.record(Map.of(ONE, at(T0)));
    uses.record(Map.of(ONE, at(T0.plusMillis(2))));

    assertThat(uses.purge(T0.plusMillis(1), 10)).isZero();
    assertThat(uses.purge(T0.plusMillis(3), 10)).isEqualTo(1);
  }

  private static LastUse at(Instant time) {
    return new LastUse(time, Optional.empty(), Optional.empty());
  }
}
