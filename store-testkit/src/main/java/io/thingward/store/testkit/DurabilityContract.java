package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.session;
import static io.thingward.store.testkit.Samples.use;
import static io.thingward.store.testkit.Samples.user;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.store.Change;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.VersionedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    <R extends VersionedRecord<R>> void of(Kind<T, R> kind) throws Exception;
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
          public <R extends VersionedRecord<R>> void of(Kind<T, R> kind) {
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

  @Test
  @DisplayName("S8: no node remembers what it viewed, or did not, before another changed it")
  void views_beforeAChangeElsewhere_areNotRemembered() {
    S first = open();
    S other = open();
    UserRecord later = user("ann").toBuilder().version(version(2)).epoch(6).build();
    Optional<KeyViews> keys = Part.KEY_VIEWS.in(other);
    Optional<SessionViews> sessions = Part.SESSION_VIEWS.in(other);
    if (keys.isPresent() || sessions.isPresent()) {
      Stores one = (Stores) first;
      keys.ifPresent(views -> assertThat(views.view(credential(1)).key()).isEmpty());
      sessions.ifPresent(views -> assertThat(views.view(credential(1)).session()).isEmpty());

      Given.in(one, user("ann"), Samples.apiKey(1, ANN), session(1, ANN, T0));
      keys.ifPresent(
          views -> assertThat(views.view(credential(1))).isEqualTo(keyView(user("ann"))));
      sessions.ifPresent(
          views -> assertThat(views.view(credential(1))).isEqualTo(sessionView(user("ann"))));

      assertThat(one.principals().replace(later, version(1))).isTrue();
      keys.ifPresent(views -> assertThat(views.view(credential(1))).isEqualTo(keyView(later)));
      sessions.ifPresent(
          views -> assertThat(views.view(credential(1))).isEqualTo(sessionView(later)));

      assertThat(one.keys().delete(credential(1), version(1))).isTrue();
      assertThat(one.sessions().delete(credential(1))).isTrue();
      keys.ifPresent(views -> assertThat(views.view(credential(1)).key()).isEmpty());
      sessions.ifPresent(views -> assertThat(views.view(credential(1)).session()).isEmpty());
    }
  }

  private static KeyView keyView(UserRecord user) {
    return new KeyView(Optional.of(Samples.apiKey(1, ANN)), Optional.of(user), Optional.empty());
  }

  private static SessionView sessionView(UserRecord user) {
    return new SessionView(Optional.of(session(1, ANN, T0)), Optional.of(user));
  }

  private <T> void notRemembered(Part<T> part) throws Exception {
    Nodes<T> nodes = new Nodes<>(part);
    eachKind(
        part,
        new Check<T>() {
          @Override
          public <R extends VersionedRecord<R>> void of(Kind<T, R> kind) {
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
          public <R extends VersionedRecord<R>> void of(Kind<T, R> kind) throws Exception {
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
          public <R extends VersionedRecord<R>> void of(Kind<T, R> kind) {
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
          public <R extends VersionedRecord<R>> void of(Kind<T, R> kind) {
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

  private static <R extends VersionedRecord<R>> R last(Kind<?, R> kind, R record) {
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

  private <T, R extends StoreRecord> void goesOn(Part<T> part, Listing<T, R> listing) {
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

  private interface FeedCheck {
    void of(Followed one, Followed other) throws Exception;
  }

  /* Checks each feed, as two nodes have it. */
  private void eachFeed(FeedCheck check) throws Exception {
    List<Followed> one = Followed.in(open());
    List<Followed> other = Followed.in(open());
    assertThat(other).as("feeds of the other node").hasSameSizeAs(one);
    for (int i = 0; i < one.size(); i++) {
      check.of(one.get(i), other.get(i));
    }
  }

  @Test
  @DisplayName("S77: what changed on one node is told on every other")
  void changes_ofOneNode_areToldByTheOther() throws Exception {
    eachFeed(
        (one, other) -> {
          String place = other.feed().end();
          List<Change> made = one.make("a", 2 * one.kinds().size());

          assertThat(other.since(place)).as("what the %s tells elsewhere", other).containsAll(made);
        });
  }

  @Test
  @DisplayName("S79: while several nodes write, a complete poll of one lacks nothing")
  void poll_whileNodesWrite_isCompleteOnlyIfItIs() throws Exception {
    eachFeed((one, other) -> other.assertComplete(writers(one, other)));
  }

  @Test
  @DisplayName("S81: while several nodes write, a read after a poll sees what it told of")
  void read_afterAPollWhileNodesWrite_seesWhatItTold() throws Exception {
    eachFeed(
        (one, other) -> other.assertSeen(writers(one, other), Followed.writers(other.kinds())));
  }

  /* In turns on one node and on the other. */
  private static List<Telling> writers(Followed one, Followed other) {
    List<Telling> writers = new ArrayList<>(Followed.writers(one.kinds()));
    for (int i = 1; i < writers.size(); i += 2) {
      writers.set(i, Followed.writers(other.kinds()).get(i));
    }
    return writers;
  }

  @Test
  @DisplayName("S80: a place goes on after reopening or is lost, and is never silently empty")
  void place_afterReopening_goesOnOrIsLost() {
    List<Followed> before = Followed.in(open());
    List<String> beginnings = before.stream().map(feed -> feed.feed().end()).toList();
    before.forEach(feed -> feed.make("a", 9));
    List<String> places = before.stream().map(feed -> feed.feed().end()).toList();
    List<List<Change>> made = before.stream().map(feed -> feed.make("b", 9)).toList();

    List<Followed> after = Followed.in(open());
    for (int i = 0; i < after.size(); i++) {
      for (String place : List.of(beginnings.get(i), places.get(i))) {
        assertGoesOnOrIsLost(after.get(i), place, made.get(i));
      }
      List<Change> later = after.get(i).make("c", 9);
      assertGoesOnOrIsLost(after.get(i), places.get(i), later);
    }
  }

  private static void assertGoesOnOrIsLost(Followed feed, String place, List<Change> made) {
    feed.unlessLost(place)
        .ifPresent(
            told ->
                assertThat(told)
                    .as("what the %s tells since a place that was taken before", feed)
                    .containsAll(made));
  }

  @Test
  @DisplayName("S85: a device announced on one node is told on every other")
  void announce_onOneNode_isToldByTheOther() {
    Optional<Followed> one = Followed.ofKeys(open());
    Optional<Followed> other = Followed.ofKeys(open());
    if (one.isPresent()) {
      assertThat(other).as("the feed of keys on the other node").isPresent();
      String place = other.get().feed().end();

      one.get().feed().announce(Samples.ACME, DeviceId.of("t1"));

      assertThat(other.get().since(place))
          .as("what the %s tells elsewhere", other.get())
          .contains(new Change.OfDevice(Samples.ACME, DeviceId.of("t1")));
    }
  }

  @Test
  @DisplayName("S86: a trim by one node makes no silent gap on another")
  void trim_byOneNode_isNoGapOnTheOther() throws Exception {
    eachFeed(
        (one, other) -> {
          String start = other.feed().end();
          List<Change> made = one.make("a", 20);

          one.feed().trim(one.feed().end());

          assertGoesOnOrIsLost(other, start, made);
        });
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
