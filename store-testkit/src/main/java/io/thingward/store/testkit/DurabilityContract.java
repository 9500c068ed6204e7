package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.session;
import static io.thingward.store.testkit.Samples.use;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a store keeps beyond its own life, and what two nodes see of each other: for every store
 * that may be opened more than once. Designed for extension: a subclass opens the store and is a
 * test.
 *
 * @param <S> {@link io.thingward.store.Stores}, or the store of one aggregate
 */
public abstract class DurabilityContract<S> {
  /** For subclasses. */
  protected DurabilityContract() {}

  /**
   * A store on the same data as every other that this instance of the test opened, as another node
   * would open it, or the same one after a restart. The data is empty at first; each test is a new
   * instance. Those opened earlier are still used.
   */
  protected abstract S open();

  /* A store for what happens at first, and another one for what is seen then. */
  private final class Nodes<T> {
    final T one;
    final T other;

    Nodes(Part<T> part) {
      one = part.from(open());
      other = part.from(open());
    }
  }

  private interface Check<T> {
    <R> void of(Kind<T, R> kind) throws Exception;
  }

  private static <T> void eachKind(Part<T> part, Check<T> check) throws Exception {
    for (Kind<T, ?> kind : part.kinds()) {
      check.of(kind);
    }
  }

  private List<Part<?>> parts() {
    return Part.of(open());
  }

  @Test
  @DisplayName("S1: what one node was acknowledged, every other sees")
  void changes_ofOneNode_areSeenByTheOther() throws Exception {
    for (Part<?> part : parts()) {
      seenByTheOther(part);
    }
    ofKeys(
        (one, other) -> {
          assertThat(one.insert(Samples.apiKey(1, ANN))).isTrue();
          assertThat(other.find(credential(1))).isPresent();
          assertThat(one.delete(credential(1), version(1))).isTrue();
          assertThat(other.find(credential(1))).isEmpty();
        });
    ofSessions(
        (one, other) -> {
          assertThat(one.insert(session(1, ANN, T0))).isTrue();
          assertThat(other.find(credential(1))).contains(session(1, ANN, T0));
          assertThat(one.delete(credential(1))).isTrue();
          assertThat(other.find(credential(1))).isEmpty();
        });
    ofUses(
        (one, other) -> {
          one.record(Map.of(credential(1), use(T0)));
          assertThat(other.find(List.of(credential(1)))).hasSize(1);
          one.delete(List.of(credential(1)));
          assertThat(other.find(List.of(credential(1)))).isEmpty();
        });
  }

  private <T> void seenByTheOther(Part<T> part) throws Exception {
    Nodes<T> nodes = new Nodes<>(part);
    eachKind(
        part,
        new Check<T>() {
          @Override
          public <R> void of(Kind<T, R> kind) {
            R record = kind.apart("a");
            R next = kind.at(record, 2);
            assertThat(kind.insert(nodes.one, record)).as("insert of a %s", kind).isTrue();
            assertThat(kind.find(nodes.other, record)).contains(record);
            assertThat(kind.insert(nodes.other, record)).as("insert of a %s", kind).isFalse();
            assertThat(kind.replace(nodes.other, next, version(1))).isTrue();
            assertThat(kind.find(nodes.one, record)).contains(next);
            assertThat(kind.replace(nodes.one, next, version(1))).isFalse();
          }
        });
  }

  @Test
  @DisplayName("S8: no node remembers what it read, or did not find, before another changed it")
  void reads_beforeAChangeElsewhere_areNotRemembered() throws Exception {
    for (Part<?> part : parts()) {
      notRemembered(part);
    }
    ofSessions(
        (one, other) -> {
          assertThat(other.find(credential(1))).isEmpty();
          assertThat(other.list(ANN, PageRequest.first(5)).items()).isEmpty();
          assertThat(one.insert(session(1, ANN, T0))).isTrue();
          assertThat(other.find(credential(1))).contains(session(1, ANN, T0));
          assertThat(other.list(ANN, PageRequest.first(5)).items()).hasSize(1);
          assertThat(one.delete(credential(1))).isTrue();
          assertThat(other.find(credential(1))).isEmpty();
          assertThat(other.list(ANN, PageRequest.first(5)).items()).isEmpty();
        });
  }

  private <T> void notRemembered(Part<T> part) throws Exception {
    Nodes<T> nodes = new Nodes<>(part);
    eachKind(
        part,
        new Check<T>() {
          @Override
          public <R> void of(Kind<T, R> kind) {
            R record = kind.apart("a");
            R next = kind.at(record, 2);
            assertThat(kind.find(nodes.other, record)).as("a %s", kind).isEmpty();
            assertThat(kind.insert(nodes.one, record)).as("insert of a %s", kind).isTrue();
            assertThat(kind.find(nodes.other, record)).as("a %s", kind).contains(record);
            assertThat(kind.replace(nodes.one, next, version(1))).isTrue();
            assertThat(kind.find(nodes.other, record)).as("a %s", kind).contains(next);
          }
        });
  }

  @Test
  @DisplayName("S2: of nodes that race exactly one wins")
  void races_ofTwoNodes_haveOneWinner() throws Exception {
    for (Part<?> part : parts()) {
      oneWinner(part);
    }
  }

  private <T> void oneWinner(Part<T> part) throws Exception {
    Nodes<T> nodes = new Nodes<>(part);
    eachKind(
        part,
        new Check<T>() {
          @Override
          public <R> void of(Kind<T, R> kind) throws Exception {
            for (int round = 0; round < Race.ROUNDS / 2; round++) {
              R record = kind.apart("race" + round);
              List<Boolean> inserted =
                  Race.of(i -> () -> kind.insert(node(nodes, i), kind.at(record, 10 + i)));
              assertThat(Collections.frequency(inserted, true)).as("a %s", kind).isEqualTo(1);
              int first = 10 + inserted.indexOf(true);
              List<Boolean> replaced =
                  Race.of(
                      i ->
                          () ->
                              kind.replace(
                                  node(nodes, i), kind.at(record, 20 + i), version(first)));
              assertThat(Collections.frequency(replaced, true)).as("a %s", kind).isEqualTo(1);
              assertThat(kind.find(nodes.one, record))
                  .contains(kind.at(record, 20 + replaced.indexOf(true)));
            }
          }
        });
  }

  private static <T> T node(DurabilityContract<?>.Nodes<T> nodes, int number) {
    return number % 2 == 0 ? nodes.one : nodes.other;
  }

  @Test
  @DisplayName("S9: everything acknowledged is there after reopening, tombstones and claims too")
  void records_afterReopening_areThere() throws Exception {
    for (Part<?> part : parts()) {
      thereAfterReopening(part);
    }
    ofSessions(
        (one, other) -> {
          assertThat(Samples.sessions()).allMatch(one::insert);
          SessionStore again = Part.SESSIONS.from(open());
          Samples.sessions()
              .forEach(session -> assertThat(again.find(session.id())).contains(session));
        });
    ofUses(
        (one, other) -> {
          one.record(Map.of(credential(1), use(T0)));
          assertThat(other.find(List.of(credential(1)))).isEqualTo(Map.of(credential(1), use(T0)));
        });
  }

  private <T> void thereAfterReopening(Part<T> part) throws Exception {
    T before = part.from(open());
    eachKind(
        part,
        new Check<T>() {
          @Override
          public <R> void of(Kind<T, R> kind) {
            for (R record : kind.samples().get()) {
              assertThat(kind.insert(before, record)).as("insert of %s", record).isTrue();
            }
            R record = kind.apart("a");
            assertThat(kind.insert(before, record)).isTrue();
            assertThat(kind.replace(before, last(kind, record), version(1))).isTrue();
          }
        });
    T after = part.from(open());
    eachKind(
        part,
        new Check<T>() {
          @Override
          public <R> void of(Kind<T, R> kind) {
            for (R record : kind.samples().get()) {
              assertThat(kind.find(after, record)).contains(record);
            }
            R record = kind.apart("a");
            assertThat(kind.find(after, record)).contains(last(kind, record));
            assertThat(kind.insert(after, record)).as("a %s born again", kind).isFalse();
            assertThat(kind.replace(after, record, version(1))).as("a %s", kind).isFalse();
            assertThat(kind.find(after, record)).contains(last(kind, record));
          }
        });
  }

  private static <R> R last(Kind<?, R> kind, R record) {
    return kind.tombstone().map(end -> end.apply(record)).orElseGet(() -> kind.at(record, 2));
  }

  @Test
  @DisplayName("S53: a key that was deleted stays deleted after reopening")
  void delete_key_lastsBeyondReopening() {
    ofKeys(
        (one, other) -> {
          assertThat(one.insert(Samples.apiKey(1, ANN))).isTrue();
          assertThat(one.delete(credential(1), version(1))).isTrue();
          KeyStore again = Part.KEYS.from(open());
          assertThat(again.find(credential(1))).isEmpty();
          assertThat(again.listApiKeys(ANN, PageRequest.first(5)).items()).isEmpty();
          assertThat(again.replace(Kinds.API_KEY.at(Samples.apiKey(1, ANN), 2), version(1)))
              .isFalse();
        });
  }

  @Test
  @DisplayName("S62: a session that was deleted stays deleted after reopening")
  void delete_session_lastsBeyondReopening() {
    ofSessions(
        (one, other) -> {
          assertThat(one.insert(session(1, ANN, T0))).isTrue();
          assertThat(one.delete(credential(1))).isTrue();
          SessionStore again = Part.SESSIONS.from(open());
          assertThat(again.find(credential(1))).isEmpty();
          assertThat(again.list(ANN, PageRequest.first(5)).items()).isEmpty();
          assertThat(again.delete(credential(1))).isFalse();
        });
  }

  @Test
  @DisplayName("S59: what one node purged is gone on every other, and is purged once")
  void purge_ofOneNode_isSeenByTheOther() {
    ofKeys(
        (one, other) -> {
          assertThat(one.insert(Samples.accessKeyEndingAt(1, T0))).isTrue();
          assertThat(other.find(credential(1))).isPresent();
          List<CredentialId> purged = new ArrayList<>(one.purge(T0.plusMillis(1), 9));
          assertThat(other.find(credential(1))).isEmpty();
          purged.addAll(other.purge(T0.plusMillis(1), 9));
          assertThat(purged).containsExactly(credential(1));
        });
  }

  @Test
  @DisplayName("S71: of the uses of all nodes the latest is kept")
  void record_onTwoNodes_keepsTheLatest() {
    ofUses(
        (one, other) -> {
          one.record(Map.of(credential(1), use(T0.plusMillis(1))));
          other.record(Map.of(credential(1), use(T0)));
          assertThat(other.find(List.of(credential(1))))
              .isEqualTo(Map.of(credential(1), use(T0.plusMillis(1))));
          other.record(Map.of(credential(1), use(T0.plusMillis(2))));
          assertThat(one.find(List.of(credential(1))))
              .isEqualTo(Map.of(credential(1), use(T0.plusMillis(2))));
        });
  }

  @Test
  @DisplayName("S7: a listing that one node began goes on at another, and after reopening")
  void listing_begunElsewhere_goesOn() {
    parts().forEach(this::goesOn);
  }

  private <T> void goesOn(Part<T> part) {
    part.listings().forEach(listing -> goesOn(part, listing));
  }

  private <T, R> void goesOn(Part<T> part, Listing<T, R> listing) {
    T one = part.from(open());
    List<R> mine = listing.mine(11);
    for (R record : mine) {
      var unused = listing.insert(one, record); // false where two listings have it
    }
    List<R> whole = listing.all(one, 100);
    assertThat(whole).as(listing.name()).containsAll(mine);
    Page<R> first = listing.page(one, PageRequest.first(3));
    T other = part.from(open());
    PageRequest second = PageRequest.after(first.next().orElseThrow(), 3);
    List<R> listed = new ArrayList<>(first.items());
    listed.addAll(Pages.from(page -> listing.page(other, page), second));
    assertThat(listed).as(listing.name()).containsExactlyInAnyOrderElementsOf(whole);
  }

  private void ofKeys(BiConsumer<KeyStore, KeyStore> check) {
    ofPart(Part.KEYS, check);
  }

  private void ofSessions(BiConsumer<SessionStore, SessionStore> check) {
    ofPart(Part.SESSIONS, check);
  }

  private void ofUses(BiConsumer<LastUseStore, LastUseStore> check) {
    ofPart(Part.KEY_USES, check);
    ofPart(Part.SESSION_USES, check);
  }

  /* Checks a part on two nodes, if it is one of those that were handed in. */
  private <T> void ofPart(Part<T> part, BiConsumer<T, T> check) {
    part.in(open()).ifPresent(one -> check.accept(one, part.from(open())));
  }
}
