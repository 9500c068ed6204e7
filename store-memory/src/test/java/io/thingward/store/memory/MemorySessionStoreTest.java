package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.EXTREME_TIMES;
import static io.thingward.store.memory.Samples.HARD_TEXT;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.credential;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.rotatedSecrets;
import static io.thingward.store.memory.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySessionStoreTest {
  private final SessionStore sessions = new MemoryStores().sessions();

  @Test
  @DisplayName("S4: a session comes back equal to what was stored")
  void find_anyRecord_isEqualToWhatWasStored() {
    long number = 0;
    for (Instant time : EXTREME_TIMES) {
      for (SessionRecord.Origin origin : SessionRecord.Origin.values()) {
        SessionRecord record =
            new SessionRecord(
                credential(++number),
                time,
                PrincipalId.of(HARD_TEXT),
                rotatedSecrets(T0).get(0).digest(),
                Long.MIN_VALUE,
                time,
                origin);
        assertThat(sessions.insert(record)).isTrue();

        assertThat(sessions.find(record.id())).contains(record);
      }
    }
  }

  @Test
  @DisplayName("S5: absent is a value")
  void find_absent_isEmpty() {
    assertThat(sessions.find(credential(1))).isEmpty();
  }

  @Test
  @DisplayName("S2: an insert of an id that exists changes nothing")
  void insert_duplicate_changesNothing() {
    SessionRecord session = session(1, ANN, T0);
    assertThat(sessions.insert(session)).isTrue();

    assertThat(sessions.insert(session(1, PrincipalId.of("bob"), T0))).isFalse();
    assertThat(sessions.find(credential(1))).contains(session);
    assertThat(sessions.list(PrincipalId.of("bob"), PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  @DisplayName("S1: a read after a deletion does not see it")
  void delete_session_isGoneEverywhereAndOnce() {
    assertThat(sessions.insert(session(1, ANN, T0))).isTrue();

    assertThat(sessions.delete(credential(1))).isTrue();
    assertThat(sessions.delete(credential(1))).isFalse();
    assertThat(sessions.find(credential(1))).isEmpty();
    assertThat(sessions.list(ANN, PageRequest.first(1)).items()).isEmpty();
    assertThat(sessions.purge(Instant.MAX, 1)).isEmpty();
  }

  @Test
  @DisplayName("S2: of racing inserts, and of racing deletions, exactly one wins")
  void insertAndDelete_race_haveOneWinner() throws Exception {
    for (int round = 0; round < 50; round++) {
      List<Boolean> inserted =
          Race.of(4, i -> () -> sessions.insert(session(1, PrincipalId.of("u" + i), T0)));
      List<Boolean> deleted = Race.of(4, i -> () -> sessions.delete(credential(1)));

      assertThat(Collections.frequency(inserted, true)).isEqualTo(1);
      assertThat(Collections.frequency(deleted, true)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("S7: sessions are listed by user, ended ones included, each once, in pages")
  void list_anyPageSize_listsEachOnce() {
    List<SessionRecord> anns =
        List.of(
            session(1, ANN, Samples.FIRST_TIME),
            session(3, ANN, T0),
            session(5, ANN, Samples.LAST_TIME));
    assertThat(anns).allMatch(sessions::insert);
    assertThat(sessions.insert(session(2, PrincipalId.of("ann "), T0))).isTrue();
    assertThat(sessions.insert(session(4, PrincipalId.of("ANN"), T0))).isTrue();

    for (int limit = 1; limit <= 4; limit++) {
      assertThat(pages(page -> sessions.list(ANN, page), limit)).isEqualTo(anns);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "sessions:", "sessions:zzzzzzzzzzzzzzzzzzzzzz"})
  void list_garbageCursor_isRefused(String cursor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sessions.list(ANN, PageRequest.after(cursor, 10)));
  }

  @Test
  @DisplayName("R28: sessions are purged in chunks by their absolute end only")
  void purge_endedSessions_goInChunks() {
    for (int i = 1; i <= 5; i++) {
      assertThat(sessions.insert(session(i, ANN, T0.minusMillis(i)))).isTrue();
    }
    SessionRecord live = session(6, ANN, T0);
    assertThat(sessions.insert(live)).isTrue();

    assertThat(sessions.purge(T0, 3)).containsExactly(credential(5), credential(4), credential(3));
    assertThat(sessions.purge(T0, 3)).containsExactly(credential(2), credential(1));
    assertThat(sessions.purge(T0, 3)).isEmpty();
    assertThat(sessions.list(ANN, PageRequest.first(10)).items()).containsExactly(live);
  }

  @Test
  @DisplayName("S2: racing purges delete each session once")
  void purge_race_deletesEachOnce() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      assertThat(sessions.insert(session(i, ANN, T0))).isTrue();
    }

    List<List<CredentialId>> purged = Race.of(4, i -> () -> sessions.purge(Instant.MAX, 1_000));

    assertThat(purged.stream().flatMap(List::stream)).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(sessions.list(ANN, PageRequest.first(1)).items()).isEmpty();
  }
}
