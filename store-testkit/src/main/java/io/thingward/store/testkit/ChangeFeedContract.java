package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the change feeds of stores tell: for stores that each have one, or share one. Designed for
 * extension: a subclass makes the stores and is a test.
 */
public abstract class ChangeFeedContract {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 40;

  /** For subclasses. */
  protected ChangeFeedContract() {}

  /**
   * Empty stores, with feeds that have no change yet, as in a fresh installation. Called once for
   * each test, twice for one of them; a feed of an earlier call is not used any more, but a place
   * in it may be shown to a later one.
   */
  protected abstract Stores create();

  /* The feeds of all stores, read together; one that several share only once. */
  private static final class Follower {
    private final List<Reading> readings;

    Follower(Stores stores) {
      readings =
          Stream.of(
                  stores.principals().changes(),
                  stores.workspaces().changes(),
                  stores.keys().changes(),
                  stores.sessions().changes())
              .map(Optional::orElseThrow)
              .distinct()
              .map(Reading::new)
              .toList();
    }

    List<Change> follow() {
      return readings.stream().flatMap(reading -> reading.follow().stream()).toList();
    }
  }

  /* How far a feed was read. */
  private static final class Reading {
    private final ChangeFeed feed;
    private String place;

    Reading(ChangeFeed feed) {
      this.feed = feed;
      this.place = feed.end();
    }

    /* Reads it to its end. */
    List<Change> follow() {
      List<Change> told = new ArrayList<>();
      boolean complete = false;
      while (!complete) {
        ChangeFeed.Poll.Changes poll = changes(feed, place, Limits.PAGE);
        told.addAll(poll.changes());
        place = poll.next();
        complete = poll.complete();
      }
      return told;
    }
  }

  private static ChangeFeed.Poll.Changes changes(ChangeFeed feed, String after, int limit) {
    ChangeFeed.Poll poll = feed.poll(after, limit);
    assertThat(poll).isInstanceOf(ChangeFeed.Poll.Changes.class);
    return (ChangeFeed.Poll.Changes) poll;
  }

  private static ChangeFeed feedOfWorkspaces(Stores stores) {
    return stores.workspaces().changes().orElseThrow();
  }

  private static WorkspaceRecord workspace(String id, int sequence) {
    return Samples.workspace(id).toBuilder().version(version(sequence)).build();
  }

  private static void insert(Stores stores, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(stores.workspaces().insert(workspace("w" + i, 1))).isTrue();
    }
  }

  @Test
  @DisplayName("S77: what changed is told, whatever kind of record it is")
  void changes_ofEachKind_areTold() {
    Stores stores = create();
    UserRecord user = Samples.user("ann");
    UsernameClaim claim = Samples.claim("ann", ANN);
    MembershipRecord member = Samples.membership(ACME, ANN);
    RoleRecord role = Samples.role("role", Optional.of(ACME));
    AccessKeyRecord key = Samples.accessKey(1, ACME);
    SessionRecord session = Samples.session(2, ANN, T0);
    Follower follower = new Follower(stores);
    assertThat(
            stores.principals().insertClaim(claim)
                && stores.principals().insert(user)
                && stores.workspaces().insert(workspace("acme", 1))
                && stores.workspaces().replace(workspace("acme", 2), version(1))
                && stores.workspaces().insertMembership(member)
                && stores.workspaces().insertRole(role)
                && stores.keys().insert(key)
                && stores.keys().replace(key.toBuilder().version(version(2)).build(), version(1))
                && stores.keys().delete(key.id(), version(2))
                && stores.sessions().insert(session)
                && stores.sessions().delete(session.id()))
        .isTrue();

    assertThat(follower.follow())
        .contains(
            new Change.OfClaim(claim.username(), claim.version()),
            new Change.OfPrincipal(user.id(), user.version()),
            new Change.OfWorkspace(ACME, version(1)),
            new Change.OfWorkspace(ACME, version(2)),
            new Change.OfMembership(member.id(), member.version()),
            new Change.OfRole(role.id(), role.version()),
            new Change.OfKey(key.id(), Optional.of(version(2))),
            new Change.OfKey(key.id(), Optional.empty()),
            new Change.OfSession(session.id()));
    assertThat(follower.follow()).isEmpty();
  }

  @Test
  @DisplayName("S77: what was refused, new credentials and purging are not told")
  void noChanges_areNotTold() {
    Stores stores = create();
    assertThat(stores.workspaces().insert(workspace("acme", 1))).isTrue();
    AccessKeyRecord ended = Samples.accessKeyEndingAt(1, T0);
    Follower follower = new Follower(stores);

    assertThat(
            stores.workspaces().insert(workspace("acme", 1))
                || stores.workspaces().replace(workspace("acme", 3), version(2))
                || stores.keys().delete(ended.id(), version(1))
                || stores.sessions().delete(Samples.credential(2)))
        .isFalse();
    assertThat(
            stores.keys().insert(ended)
                && stores.sessions().insert(Samples.session(2, ANN, T0))
                && stores.keys().purge(T0.plusMillis(1), 10).size() == 1
                && stores.sessions().purge(T0.plusMillis(1), 10).size() == 1)
        .isTrue();

    assertThat(follower.follow()).isEmpty();
  }

  @Test
  @DisplayName("S78: the changes of one record come in their order")
  void changes_ofOneRecord_areInOrder() {
    Stores stores = create();
    Follower follower = new Follower(stores);
    List<Change> made = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      assertThat(
              i == 1
                  ? stores.workspaces().insert(workspace("acme", 1))
                  : stores.workspaces().replace(workspace("acme", i), version(i - 1)))
          .isTrue();
      made.add(new Change.OfWorkspace(ACME, version(i)));
    }

    assertThat(follower.follow()).containsSubsequence(made);
  }

  @Test
  @DisplayName(
      "S79: while many write, a complete poll lacks nothing that was acknowledged before it")
  void poll_whileManyWrite_isCompleteOnlyIfItIs() throws Exception {
    Stores stores = create();
    ChangeFeed feed = feedOfWorkspaces(stores);
    Reading reading = new Reading(feed);
    AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> writers =
        IntStream.range(0, WRITERS)
            .<Future<?>>mapToObj(
                writer -> threads.submit(() -> write(stores, writer, acknowledged)))
            .toList();
    threads.shutdown();
    Map<WorkspaceId, Long> told = new HashMap<>();
    boolean ended = false;
    while (!ended) {
      ended = writers.stream().allMatch(Future::isDone);
      List<Long> before = IntStream.range(0, WRITERS).mapToObj(acknowledged::get).toList();
      for (Change change : reading.follow()) {
        if (change instanceof Change.OfWorkspace of) {
          told.merge(of.id(), of.version().sequence(), Math::max);
        }
      }
      for (int writer = 0; writer < WRITERS; writer++) {
        assertThat(told.getOrDefault(WorkspaceId.of("w" + writer), 0L))
            .isGreaterThanOrEqualTo(before.get(writer));
      }
    }
    for (Future<?> writer : writers) {
      assertThat(writer.get(1, TimeUnit.MINUTES)).isNull();
    }
    assertThat(told).hasSize(WRITERS).containsValue((long) ROUNDS);
  }

  private static void write(Stores stores, int writer, AtomicLongArray acknowledged) {
    String id = "w" + writer;
    assertThat(stores.workspaces().insert(workspace(id, 1))).isTrue();
    acknowledged.set(writer, 1);
    for (int i = 2; i <= ROUNDS; i++) {
      assertThat(stores.workspaces().replace(workspace(id, i), version(i - 1))).isTrue();
      acknowledged.set(writer, i);
    }
  }

  @Test
  @DisplayName("S80: a place in another history is lost, also where the numbers are the same")
  void poll_placeOfAnotherHistory_isLost() {
    Stores before = create();
    insert(before, 0, 1);
    String place = feedOfWorkspaces(before).end();
    Stores restored = create();
    ChangeFeed feed = feedOfWorkspaces(restored);

    assertLost(feed, place);
    insert(restored, 0, 1);
    assertLost(feed, place);
    insert(restored, 1, 40);
    assertLost(feed, place);
  }

  /* At the latest where a poll would be complete. */
  private static void assertLost(ChangeFeed feed, String place) {
    ChangeFeed.Poll poll = feed.poll(place, 10);
    while (poll instanceof ChangeFeed.Poll.Changes changes && !changes.complete()) {
      poll = feed.poll(changes.next(), 10);
    }
    assertThat(poll).isEqualTo(new ChangeFeed.Poll.Lost());
  }

  @Test
  @DisplayName("S81: a read after a poll sees what the poll told of")
  void read_afterAPoll_seesWhatItTold() {
    Stores stores = create();
    Follower follower = new Follower(stores);
    insert(stores, 0, 10);

    for (Change change : follower.follow()) {
      Change.OfWorkspace of = (Change.OfWorkspace) change;
      assertThat(stores.workspaces().find(of.id()))
          .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(of.version()));
    }
  }

  @Test
  @DisplayName("S82: the end is behind all that was acknowledged")
  void end_afterChanges_isBehindThem() {
    Stores stores = create();
    insert(stores, 0, 40);
    ChangeFeed feed = feedOfWorkspaces(stores);

    assertThat(changes(feed, feed.end(), 10))
        .isEqualTo(new ChangeFeed.Poll.Changes(List.of(), feed.end(), true));
  }

  @Test
  @DisplayName("S83: a poll brings at most as many as were asked for, and goes on where it stopped")
  void poll_withLimit_goesOn() {
    Stores stores = create();
    ChangeFeed feed = feedOfWorkspaces(stores);
    String place = feed.end();
    insert(stores, 0, 50);
    List<Change> told = new ArrayList<>();
    boolean complete = false;
    for (int polls = 0; !complete; polls++) {
      assertThat(polls).isLessThan(51);
      ChangeFeed.Poll.Changes poll = changes(feed, place, 7);
      assertThat(poll.changes()).hasSizeLessThanOrEqualTo(7);
      told.addAll(poll.changes());
      place = poll.next();
      complete = poll.complete();
    }

    assertThat(told).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("S84: what is no place, and no limit, is refused")
  void poll_ofNoPlace_isRefused() {
    ChangeFeed feed = feedOfWorkspaces(create());
    String end = feed.end();
    for (String place : List.of("", "garbage", "-1", end + end)) {
      assertThatIllegalArgumentException().isThrownBy(() -> feed.poll(place, 10));
    }
    for (int limit : List.of(-1, 0, Limits.PAGE + 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> feed.poll(end, limit));
    }
  }

  @Test
  @DisplayName("S85: an announced device is told of")
  void announce_device_isTold() {
    Stores stores = create();
    Follower follower = new Follower(stores);

    stores.keys().changes().orElseThrow().announce(ACME, DeviceId.of("t1"));

    assertThat(follower.follow()).containsExactly(new Change.OfDevice(ACME, DeviceId.of("t1")));
  }

  @Test
  @DisplayName("S86: a trim loses nothing behind its place, and no change silently before it")
  void trim_losesWhatIsBefore() {
    Stores stores = create();
    ChangeFeed feed = feedOfWorkspaces(stores);
    String start = feed.end();
    insert(stores, 0, 50);
    String middle = feed.end();
    insert(stores, 50, 100);

    feed.trim(middle);

    assertThat(changes(feed, middle, Limits.PAGE).changes()).hasSize(50);
    ChangeFeed.Poll poll = feed.poll(start, Limits.PAGE);
    assertThat(
            poll instanceof ChangeFeed.Poll.Changes all
                ? all.changes().size() == 100
                : poll.equals(new ChangeFeed.Poll.Lost()))
        .isTrue();
    feed.trim(feed.end());
    String end = feed.end();
    insert(stores, 100, 101);
    assertThat(changes(feed, end, 10).changes()).hasSize(1);
  }
}
