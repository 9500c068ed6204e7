package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.BOB;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.accessKeyEndingAt;
import static io.thingward.store.testkit.Samples.apiKey;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.session;
import static io.thingward.store.testkit.Samples.user;
import static io.thingward.store.testkit.Samples.version;
import static io.thingward.store.testkit.Samples.workspace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.DeviceScope;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.VersionedRecord;
import io.thingward.store.WorkspaceStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a store does with a record that a newer version of the library wrote: for every store that
 * keeps records in a form of its own. Last uses may be lost and are not asked for. Designed for
 * extension: a subclass makes the store and is a test.
 *
 * @param <S> {@link io.thingward.store.Stores}, or the store of one aggregate
 */
public abstract class NewerFormatContract<S> {
  /** For subclasses. */
  protected NewerFormatContract() {}

  /** An empty store. Called once for each test. */
  protected abstract S create();

  /**
   * Makes the stored record with this record's key one of a format that the store does not know, as
   * a newer version would have left it: with another format number, if the store has such numbers,
   * and its key, its version, its parent and its end as they are.
   *
   * @param record one that was inserted into the store last created; any but a last use
   */
  protected abstract void makeNewer(StoreRecord record);

  private static void assertUnreadable(String what, ThrowingCallable call) {
    assertThatExceptionOfType(UnreadableRecordException.class).as(what).isThrownBy(call);
  }

  /* A write that compares something may also say that it did not match. */
  private static void assertNotDone(String what, BooleanSupplier write) {
    boolean done;
    try {
      done = write.getAsBoolean();
    } catch (UnreadableRecordException refused) {
      done = false;
    }
    assertThat(done).as(what).isFalse();
  }

  private interface Check<T> {
    <R extends VersionedRecord<R>> void of(T store, Kind<T, R> kind, R newer);
  }

  /* For each kind of record, one that is newer than the store knows. */
  private <T> void eachKind(Part<T> part, S all, Check<T> check) {
    T store = part.from(all);
    for (Kind<T, ?> kind : part.kinds()) {
      check(store, kind, check);
    }
  }

  private <T, R extends VersionedRecord<R>> void check(T store, Kind<T, R> kind, Check<T> check) {
    R newer = kind.apart("newer");
    assertThat(kind.insert(store, newer)).isTrue();
    makeNewer(newer);
    check.of(store, kind, newer);
  }

  private static final SessionRecord SESSION = session(1, ANN, T0);

  /* The sessions, if they are among what was handed in, with one that is newer. */
  private Optional<SessionStore> sessions(S all) {
    Optional<SessionStore> sessions = Part.SESSIONS.in(all);
    sessions.ifPresent(
        store -> {
          assertThat(store.insert(SESSION)).isTrue();
          assertThat(store.insert(session(2, ANN, T0))).isTrue();
          makeNewer(SESSION);
        });
    return sessions;
  }

  @Test
  @DisplayName("S6: a record of a newer format is unreadable, not absent")
  void find_newer_isUnreadable() {
    S all = create();
    for (Part<?> part : Part.of(all)) {
      findIsUnreadable(part, all);
    }
    sessions(all).ifPresent(store -> assertUnreadable("session", () -> store.find(SESSION.id())));
  }

  private <T> void findIsUnreadable(Part<T> part, S all) {
    eachKind(
        part,
        all,
        new Check<T>() {
          @Override
          public <R extends VersionedRecord<R>> void of(T store, Kind<T, R> kind, R newer) {
            assertUnreadable(kind.name(), () -> kind.find(store, newer));
            assertThat(kind.find(store, kind.apart("absent"))).isEmpty();
            R readable = kind.apart("readable");
            assertThat(kind.insert(store, readable)).isTrue();
            assertThat(kind.find(store, readable)).contains(readable);
          }
        });
  }

  @Test
  @DisplayName("S6: a view of which a part is of a newer format is unreadable")
  void view_newerPart_isUnreadable() {
    S all = create();
    Part.WORKSPACES
        .in(all)
        .ifPresent(
            store -> {
              viewWithNewerRole(store);
              viewWithNewerMembership(store);
              viewOfNewerWorkspace(store);
            });
    assertThat(Part.of(all)).isNotEmpty();
  }

  private void viewWithNewerRole(WorkspaceStore store) {
    MembershipRecord membership =
        Samples.membership(ACME, ANN).toBuilder()
            .roles(Set.of(new RoleAssignment(RoleId.of("r"), DeviceScope.all())))
            .build();
    assertThat(store.insertMembership(membership)).isTrue();
    assertThat(store.insertRole(Samples.role("r", Optional.empty()))).isTrue();
    makeNewer(Samples.role("r", Optional.empty()));
    assertUnreadable("role in a view", () -> store.view(membership.id()));
  }

  private void viewWithNewerMembership(WorkspaceStore store) {
    MembershipRecord membership = Samples.membership(ACME, BOB);
    assertThat(store.insertMembership(membership)).isTrue();
    makeNewer(membership);
    assertUnreadable("membership in a view", () -> store.view(membership.id()));
  }

  private void viewOfNewerWorkspace(WorkspaceStore store) {
    assertThat(store.insert(Samples.workspace("beta"))).isTrue();
    makeNewer(Samples.workspace("beta"));
    assertUnreadable("workspace in a view", () -> store.view(new MembershipId(Samples.BETA, ANN)));
  }

  @Test
  @DisplayName("S6: a key with its holder is unreadable if either is of a newer format")
  void keyView_newerPart_isUnreadable() {
    S all = create();
    Optional<KeyViews> views = Part.KEY_VIEWS.in(all);
    if (views.isPresent()) {
      Stores stores = (Stores) all;
      Given.in(stores, user("ann"), apiKey(1, ANN));
      Given.in(stores, workspace("acme"), accessKeyEndingAt(2, T0));
      Given.in(stores, user("bob"), apiKey(3, BOB), apiKey(4, BOB));

      makeNewer(user("ann"));
      assertUnreadable("principal in a view", () -> views.get().view(credential(1)));
      makeNewer(workspace("acme"));
      assertUnreadable("workspace in a view", () -> views.get().view(credential(2)));
      makeNewer(apiKey(3, BOB));
      assertUnreadable("key in a view", () -> views.get().view(credential(3)));
      assertThat(views.get().view(credential(4)))
          .isEqualTo(
              new KeyView(Optional.of(apiKey(4, BOB)), Optional.of(user("bob")), Optional.empty()));
    }
  }

  @Test
  @DisplayName("S6: a session with its user is unreadable if either is of a newer format")
  void sessionView_newerPart_isUnreadable() {
    S all = create();
    Optional<SessionViews> views = Part.SESSION_VIEWS.in(all);
    if (views.isPresent()) {
      Stores stores = (Stores) all;
      Given.in(stores, user("ann"), session(1, ANN, T0));
      Given.in(stores, user("bob"), session(2, BOB, T0), session(3, BOB, T0));

      makeNewer(user("ann"));
      assertUnreadable("user in a view", () -> views.get().view(credential(1)));
      makeNewer(session(2, BOB, T0));
      assertUnreadable("session in a view", () -> views.get().view(credential(2)));
      assertThat(views.get().view(credential(3)))
          .isEqualTo(new SessionView(Optional.of(session(3, BOB, T0)), Optional.of(user("bob"))));
    }
  }

  @Test
  @DisplayName("S14: no write replaces a record of a newer format, or is born in its place")
  void writes_newer_leaveIt() {
    S all = create();
    for (Part<?> part : Part.of(all)) {
      writesLeaveIt(part, all);
    }
    sessions(all)
        .ifPresent(
            store -> {
              assertNotDone("insert of a session", () -> store.insert(SESSION));
              assertUnreadable("delete of a session", () -> store.delete(SESSION.id()));
              assertUnreadable("session", () -> store.find(SESSION.id()));
            });
  }

  private <T> void writesLeaveIt(Part<T> part, S all) {
    eachKind(
        part,
        all,
        new Check<T>() {
          @Override
          public <R extends VersionedRecord<R>> void of(T store, Kind<T, R> kind, R newer) {
            String what = kind.name();
            assertNotDone("insert of a " + what, () -> kind.insert(store, newer));
            assertNotDone(
                "replacement of a " + what,
                () -> kind.replace(store, kind.at(newer, 2), version(1)));
            assertUnreadable(what, () -> kind.find(store, newer));
          }
        });
  }

  @Test
  @DisplayName("S14: no deletion or purge takes a key of a newer format away")
  void deleteAndPurge_newerKey_leaveIt() {
    S all = create();
    Part.KEYS.in(all).ifPresent(this::keysAreLeft);
    sessions(all)
        .ifPresent(
            store -> {
              assertThat(store.purge(T0.plusMillis(1), 10)).containsExactly(credential(2));
              assertUnreadable("session", () -> store.find(SESSION.id()));
            });
  }

  private void keysAreLeft(KeyStore store) {
    assertThat(store.insert(accessKeyEndingAt(1, T0))).isTrue();
    assertThat(store.insert(accessKeyEndingAt(2, T0))).isTrue();
    makeNewer(accessKeyEndingAt(1, T0));

    assertNotDone("delete of a key", () -> store.delete(credential(1), version(1)));
    assertThat(store.purge(T0.plusMillis(1), 10)).containsExactly(credential(2));
    assertThat(store.purge(T0.plusMillis(1), 1)).isEmpty();
    assertUnreadable("key", () -> store.find(credential(1)));
  }

  @Test
  @DisplayName("S50: a bulk insert keeps what it can beside a key of a newer format")
  void insertAll_besideNewer_keepsTheOthers() {
    Part.KEYS
        .in(create())
        .ifPresent(
            store -> {
              assertThat(store.insert(apiKey(1, ANN))).isTrue();
              makeNewer(apiKey(1, ANN));

              assertThat(store.insertAll(List.of(apiKey(0, ANN), apiKey(1, ANN), apiKey(2, ANN))))
                  .containsExactly(true, false, true);
              assertThat(store.find(credential(2))).contains(apiKey(2, ANN));
              assertUnreadable("key", () -> store.find(credential(1)));
            });
  }

  @Test
  @DisplayName("S15: a listing that meets a record of a newer format throws")
  void listings_newer_throw() {
    S all = create();
    for (Part<?> part : Part.of(all)) {
      listingsThrow(part, all);
    }
  }

  private <T> void listingsThrow(Part<T> part, S all) {
    part.listings().forEach(listing -> listingThrows(part.from(all), listing));
  }

  private <T, R extends StoreRecord> void listingThrows(T store, Listing<T, R> listing) {
    List<R> mine = listing.mine(5);
    for (R record : mine) {
      assertThat(listing.insert(store, record)).as(listing.name()).isTrue();
    }
    makeNewer(mine.get(2));
    for (int limit : new int[] {1, 3, 10}) {
      assertUnreadable(listing.name(), () -> listing.all(store, limit));
    }
  }

  @Test
  @DisplayName("S24: the message names the record by its id at most, and quotes no value of it")
  void message_newer_quotesNoValue() {
    S all = create();
    for (Part<?> part : Part.of(all)) {
      messageQuotesNoValue(part, all);
    }
  }

  private <T> void messageQuotesNoValue(Part<T> part, S all) {
    eachKind(
        part,
        all,
        new Check<T>() {
          @Override
          public <R extends VersionedRecord<R>> void of(T store, Kind<T, R> kind, R newer) {
            assertThatExceptionOfType(UnreadableRecordException.class)
                .as(kind.name())
                .isThrownBy(() -> kind.find(store, newer))
                .satisfies(
                    thrown ->
                        assertThat(thrown.getMessage()).isNotBlank().doesNotContain(Samples.NAME));
          }
        });
  }
}
