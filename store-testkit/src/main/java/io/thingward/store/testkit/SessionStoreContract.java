package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.BOB;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a {@link SessionStore} keeps. Designed for extension: a subclass makes the store and is a
 * test.
 */
public abstract class SessionStoreContract {
  /** For subclasses. */
  protected SessionStoreContract() {}

  /**
   * An empty store. Called once for each test, and for each of the tests that one method makes;
   * after another call no store of an earlier one is used any more.
   */
  protected abstract SessionStore create();

  @TestFactory
  @DisplayName("listing of sessions")
  Stream<DynamicTest> listings() {
    return ListingTests.of(this::create, Kinds.OF_SESSIONS);
  }

  @Test
  @DisplayName("S4: each comes back equal to what was stored, found or listed")
  void find_anySession_isEqualToWhatWasStored() {
    SessionStore store = create();
    for (SessionRecord session : Samples.sessions()) {
      assertThat(store.insert(session)).as("insert of %s", session).isTrue();
      assertThat(store.find(session.id())).contains(session);
    }
    Samples.sessions().forEach(session -> assertThat(store.find(session.id())).contains(session));
    assertThat(sessions(store, BOB))
        .containsExactlyInAnyOrderElementsOf(
            Samples.sessions().stream().filter(session -> session.user().equals(BOB)).toList());
  }

  @Test
  @DisplayName("S3: ids that look alike are different ids")
  void find_idsThatLookAlike_areDifferent() {
    SessionStore store = create();
    List<SessionRecord> sessions =
        Samples.CREDENTIALS.stream().map(id -> session(id, ANN, T0)).toList();
    for (SessionRecord session : sessions) {
      assertThat(store.find(session.id())).isEmpty();
      assertThat(store.insert(session)).isTrue();
    }
    assertThat(store.delete(sessions.get(0).id())).isTrue();
    sessions.stream()
        .skip(1)
        .forEach(session -> assertThat(store.find(session.id())).contains(session));
  }

  @Test
  @DisplayName("S5: absent and duplicate are values")
  void absentAndDuplicate_always_areValues() {
    SessionStore store = create();
    assertThat(store.find(credential(1))).isEmpty();
    assertThat(store.delete(credential(1))).isFalse();
    assertThat(store.insert(session(1, ANN, T0))).isTrue();
    assertThat(store.insert(session(1, ANN, T0))).isFalse();
  }

  @Test
  @DisplayName("S60: a session is found until it is deleted, ended or not")
  void find_ended_isFound() {
    SessionStore store = create();
    SessionRecord ended = session(1, ANN, Samples.FIRST_TIME);
    assertThat(store.insert(ended)).isTrue();

    assertThat(store.find(credential(1))).contains(ended);
    assertThat(store.find(credential(2))).isEmpty();
  }

  @Test
  @DisplayName("S1: a read after an insert sees it, listings included")
  void insert_new_isFoundAndListed() {
    SessionStore store = create();
    assertThat(store.find(credential(1))).isEmpty();
    assertThat(sessions(store, ANN)).isEmpty();

    assertThat(store.insert(session(1, ANN, T0))).isTrue();

    assertThat(store.find(credential(1))).contains(session(1, ANN, T0));
    assertThat(sessions(store, ANN)).containsExactly(session(1, ANN, T0));
  }

  @Test
  @DisplayName("S61: an insert of an id that exists changes nothing")
  void insert_duplicate_changesNothing() {
    SessionStore store = create();
    assertThat(store.insert(session(1, ANN, T0))).isTrue();

    assertThat(store.insert(session(1, BOB, T0))).isFalse();
    assertThat(store.find(credential(1))).contains(session(1, ANN, T0));
    assertThat(sessions(store, BOB)).isEmpty();
  }

  @Test
  @DisplayName("S62: a deletion deletes that session, once")
  void delete_session_isGoneOnce() {
    SessionStore store = create();
    assertThat(store.insert(session(1, ANN, T0))).isTrue();
    assertThat(store.insert(session(2, ANN, T0))).isTrue();

    assertThat(store.delete(credential(1))).isTrue();
    assertThat(store.delete(credential(1))).isFalse();
    assertThat(store.find(credential(2))).contains(session(2, ANN, T0));
  }

  @Test
  @DisplayName("S1: a read after a deletion sees it, listings included")
  void delete_session_isGoneEverywhere() {
    SessionStore store = create();
    assertThat(store.insert(session(1, ANN, T0))).isTrue();
    assertThat(store.find(credential(1))).isPresent();

    assertThat(store.delete(credential(1))).isTrue();

    assertThat(store.find(credential(1))).isEmpty();
    assertThat(sessions(store, ANN)).isEmpty();
    assertThat(store.purge(Samples.LAST_TIME, 10)).isEmpty();
  }

  @Test
  @DisplayName("S11: a session is kept alone, though its user does not exist")
  void insert_userUnknown_isKept() {
    SessionStore store = create();
    SessionRecord session = session(1, PrincipalId.of("nobody"), T0);
    assertThat(store.insert(session)).isTrue();

    assertThat(store.find(credential(1))).contains(session);
  }

  @Test
  @DisplayName("S2: of racing inserts, and of racing deletions, exactly one wins")
  void insertAndDelete_race_haveOneWinner() throws Exception {
    SessionStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      int number = round;
      List<Boolean> inserted =
          Race.of(i -> () -> store.insert(session(number, PrincipalId.of("u" + i), T0)));
      assertThat(Collections.frequency(inserted, true)).isEqualTo(1);
      assertThat(store.find(credential(number)))
          .contains(session(number, PrincipalId.of("u" + inserted.indexOf(true)), T0));

      List<Boolean> deleted = Race.of(i -> () -> store.delete(credential(number)));
      assertThat(Collections.frequency(deleted, true)).isEqualTo(1);
      assertThat(store.find(credential(number))).isEmpty();
    }
  }

  @Test
  @DisplayName("S17: many threads may log in and out at once")
  void insertAndDelete_manyThreads_leaveWhatIsLeft() throws Exception {
    SessionStore store = create();
    List<Boolean> done =
        Race.of(
            i ->
                () -> {
                  boolean all = true;
                  for (int n = 0; n < 100; n++) {
                    long number = i * 1_000L + n;
                    all &= store.insert(session(number, ANN, T0));
                    all &= n % 2 == 0 || store.delete(credential(number));
                  }
                  return all;
                });
    assertThat(done).doesNotContain(false);
    assertThat(sessions(store, ANN)).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("S63: a user's sessions are listed, ended ones included")
  void list_endedOnes_areListed() {
    SessionStore store = create();
    List<SessionRecord> anns =
        List.of(
            session(1, ANN, Samples.FIRST_TIME),
            session(2, ANN, T0),
            session(3, ANN, Samples.LAST_TIME));
    assertThat(anns).allMatch(store::insert);
    assertThat(store.insert(session(4, BOB, T0))).isTrue();

    assertThat(sessions(store, ANN)).containsExactlyInAnyOrderElementsOf(anns);
  }

  @Test
  @DisplayName("S64: a purge deletes what ended before the instant, to the millisecond (R28)")
  void purge_aroundTheInstant_deletesWhatEndedBefore() {
    SessionStore store = create();
    SessionRecord before = session(1, ANN, T0.minusMillis(1));
    SessionRecord at = session(2, ANN, T0);
    SessionRecord after = session(3, ANN, T0.plusMillis(1));
    SessionRecord longAgo = session(4, BOB, Samples.FIRST_TIME);
    assertThat(List.of(before, at, after, longAgo)).allMatch(store::insert);

    assertThat(store.purge(T0, 10)).containsExactlyInAnyOrder(before.id(), longAgo.id());

    assertThat(store.find(before.id())).isEmpty();
    assertThat(sessions(store, BOB)).isEmpty();
    assertThat(sessions(store, ANN)).containsExactlyInAnyOrder(at, after);
  }

  @Test
  @DisplayName("S65: a purge deletes at most as many as it may")
  void purge_moreThanTheLimit_deletesThatMany() {
    SessionStore store = create();
    fillWithEnded(store, 0, 7);

    assertThat(store.purge(T0, 3)).hasSizeLessThanOrEqualTo(3);
    assertThat(sessions(store, ANN)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(store.purge(T0, 1)).hasSizeLessThanOrEqualTo(1);
    assertThat(sessions(store, ANN)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  @DisplayName("S66: a purge returns the ids of those that are gone, each once")
  void purge_inChunks_returnsThoseThatAreGone() {
    SessionStore store = create();
    List<CredentialId> ids = fillWithEnded(store, 0, 7);
    assertThat(store.insert(session(100, ANN, T0))).isTrue();

    List<CredentialId> purged = new ArrayList<>(store.purge(T0, 3));
    assertThat(ids.stream().filter(id -> store.find(id).isEmpty()))
        .containsExactlyInAnyOrderElementsOf(purged);
    purged.addAll(store.purge(T0, 3));
    purged.addAll(store.purge(T0, 3));

    assertThat(purged).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(store.purge(T0, 3)).isEmpty();
  }

  @Test
  @DisplayName("S66: racing purges return each session once")
  void purge_race_returnsEachOnce() throws Exception {
    SessionStore store = create();
    List<CredentialId> ids = fillWithEnded(store, 0, 500);

    List<List<CredentialId>> purged = Race.of(i -> () -> store.purge(T0, 500));

    assertThat(purged.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(sessions(store, ANN)).isEmpty();
  }

  @Test
  @DisplayName("S67: fewer than the limit means that none is left")
  void purge_untilFewerThanTheLimit_leavesNone() {
    SessionStore store = create();
    for (int limit : new int[] {1, 3, 7, 8, Limits.PAGE}) {
      fillWithEnded(store, 100 * limit, 7);
      int rounds = 0;
      while (store.purge(T0, limit).size() == limit) {
        // seven at most, and one round that finds nothing
        assertThat(++rounds).isLessThan(9);
      }
      assertThat(sessions(store, ANN)).as("with limit %s", limit).isEmpty();
    }
  }

  /* So many sessions that ended before T0, from a number on. */
  @CanIgnoreReturnValue
  private static List<CredentialId> fillWithEnded(SessionStore store, int first, int count) {
    List<SessionRecord> ended =
        IntStream.range(first, first + count)
            .mapToObj(
                i -> session(i, ANN, i % 2 == 0 ? T0.minusMillis(i + 1) : Instant.ofEpochMilli(i)))
            .toList();
    assertThat(ended).allMatch(store::insert);
    return ended.stream().map(SessionRecord::id).toList();
  }

  @Test
  @DisplayName("S8: what ended long ago is there until it is purged; no clock but the argument")
  void purge_instantBeforeAllEnds_purgesNothing() {
    SessionStore store = create();
    SessionRecord longAgo = session(1, ANN, Samples.FIRST_TIME);
    SessionRecord late = session(2, ANN, Samples.LAST_TIME.minusMillis(1));
    assertThat(List.of(longAgo, late)).allMatch(store::insert);

    assertThat(store.purge(Samples.FIRST_TIME, 10)).isEmpty();
    assertThat(store.purge(Instant.parse("1825-01-01T00:00:00.001Z"), 10)).isEmpty();
    assertThat(sessions(store, ANN)).containsExactlyInAnyOrder(longAgo, late);

    assertThat(store.purge(Samples.LAST_TIME, 10))
        .containsExactlyInAnyOrder(longAgo.id(), late.id());
  }

  @Test
  @DisplayName("S10: the ids that a purge returned are no view")
  void purge_again_leavesEarlierIds() {
    SessionStore store = create();
    assertThat(store.insert(session(1, ANN, T0))).isTrue();
    List<CredentialId> first = store.purge(T0.plusMillis(1), 10);
    assertThat(store.insert(session(2, ANN, T0))).isTrue();
    List<CredentialId> second = store.purge(T0.plusMillis(1), 10);

    assertThat(first).containsExactly(credential(1));
    assertThat(second).containsExactly(credential(2));
  }

  @Test
  @DisplayName("S9: many sessions of one user are all kept")
  void insert_manyOfOneUser_keepsThemAll() {
    SessionStore store = create();
    // how many a user may have is for core to say
    int count = 5 * Limits.SESSIONS_PER_USER;
    for (int i = 0; i < count; i++) {
      assertThat(store.insert(session(i, ANN, T0))).isTrue();
    }

    assertThat(sessions(store, ANN)).hasSize(count);
    assertThat(store.find(credential(0))).isPresent();
  }

  @Test
  @DisplayName("S18: no result is null")
  void results_always_areNotNull() throws Exception {
    Calls.assertNoneIsNull(Calls.of(create()));
  }

  private static List<SessionRecord> sessions(SessionStore store, PrincipalId user) {
    return Pages.all(page -> store.list(user, page), 100);
  }
}
