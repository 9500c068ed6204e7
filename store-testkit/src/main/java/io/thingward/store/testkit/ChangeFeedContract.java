package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the change feeds of stores tell: for stores that each have one, or share one. Designed for
 * extension: a subclass makes the stores and is a test.
 *
 * @param <S> {@link io.thingward.store.Stores} of which all have a feed that can have one, or the
 *     store of one aggregate
 */
public abstract class ChangeFeedContract<S> {
  /** For subclasses. */
  protected ChangeFeedContract() {}

  /**
   * An empty store, with feeds that have no change yet, as in a fresh installation. Called once for
   * each test, twice for one of them; a feed of an earlier call is not used any more, but a place
   * in it may be shown to a later one.
   */
  protected abstract S create();

  private List<Followed> feeds() {
    return Followed.required(create());
  }

  @Test
  @DisplayName("S77: what changed is told, whatever kind of record it is")
  void changes_ofEachKind_areTold() {
    for (Followed feed : feeds()) {
      for (Telling kind : feed.kinds()) {
        String place = feed.feed().end();
        kind.make("a", 1);
        kind.make("a", 2);

        assertThat(feed.since(place))
            .as("what the %s tells of a %s", feed, kind)
            .contains(kind.told("a", 1), kind.told("a", 2));
      }
    }
  }

  @Test
  @DisplayName("S77: what was refused is not told")
  void refusedChanges_areNotTold() {
    for (Followed feed : feeds()) {
      String place = feed.feed().end();
      List<Change> refused = new ArrayList<>();
      for (Telling kind : feed.kinds()) {
        refused.addAll(kind.refused("a"));
      }

      assertThat(feed.since(place)).as("the %s", feed).doesNotContainAnyElementsOf(refused);
    }
  }

  @Test
  @DisplayName("S78: the changes of one record come in their order")
  void changes_ofOneRecord_areInOrder() {
    for (Followed feed : feeds()) {
      for (Telling kind : feed.kinds().stream().filter(Telling::isOfOneRecord).toList()) {
        String place = feed.feed().end();
        List<Change> made = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
          kind.make("a", number);
          made.add(kind.told("a", number));
        }

        assertThat(feed.since(place))
            .as("what the %s tells of a %s", feed, kind)
            .containsSubsequence(made);
      }
    }
  }

  @Test
  @DisplayName(
      "S79: while many write, a complete poll lacks nothing that was acknowledged before it")
  void poll_whileManyWrite_isCompleteOnlyIfItIs() throws Exception {
    for (Followed feed : feeds()) {
      feed.assertComplete(Followed.writers(feed.kinds()));
    }
  }

  @Test
  @DisplayName("S80: a place in another history is lost, also where the numbers are the same")
  void poll_placeOfAnotherHistory_isLost() {
    List<String> places = new ArrayList<>();
    for (Followed before : feeds()) {
      before.make("a", before.kinds().size());
      places.add(before.feed().end());
    }
    List<Followed> restored = feeds();
    for (int i = 0; i < restored.size(); i++) {
      Followed feed = restored.get(i);
      assertLost(feed, places.get(i), "without changes");
      feed.make("a", feed.kinds().size());
      assertLost(feed, places.get(i), "with as many changes");
      feed.make("b", 40);
      assertLost(feed, places.get(i), "with more changes");
    }
  }

  private static void assertLost(Followed feed, String place, String history) {
    assertThat(feed.unlessLost(place))
        .as("a place of another history, in the %s, %s", feed, history)
        .isEmpty();
  }

  @Test
  @DisplayName("S81: a read after a poll sees what the poll told of")
  void read_afterAPoll_seesWhatItTold() {
    for (Followed feed : feeds()) {
      String place = feed.feed().end();
      feed.make("a", 2 * feed.kinds().size());

      List<Change> told = feed.since(place);
      for (Telling kind : feed.kinds()) {
        assertThat(told).as("what the %s tells of a %s", feed, kind).contains(kind.told("a", 2));
        assertThat(kind.isSeen("a", 2)).as("whether a read sees the %s", kind).isTrue();
      }
    }
  }

  @Test
  @DisplayName("S81: the same while many write: no entry can be read before its change")
  void read_afterAPollWhileManyWrite_seesWhatItTold() throws Exception {
    for (Followed feed : feeds()) {
      List<Telling> writers = Followed.writers(feed.kinds());
      feed.assertSeen(writers, writers);
    }
  }

  @Test
  @DisplayName("S82: the end is behind all that was acknowledged")
  void end_afterChanges_isBehindThem() {
    for (Followed feed : feeds()) {
      List<Change> made = feed.make("a", 40);

      assertThat(feed.since(feed.feed().end()))
          .as("what the %s tells behind its end", feed)
          .doesNotContainAnyElementsOf(made);
    }
  }

  @Test
  @DisplayName("S83: a poll brings at most as many as were asked for, and goes on where it stopped")
  void poll_withLimit_goesOn() {
    for (Followed feed : feeds()) {
      String place = feed.feed().end();
      List<Change> made = feed.make("a", 50);
      List<Change> told = new ArrayList<>();
      boolean complete = false;
      for (int polls = 0; !complete; polls++) {
        assertThat(polls).as("polls of the %s, for 50 changes", feed).isLessThan(51);
        ChangeFeed.Poll.Changes poll = feed.poll(place, 7);
        assertThat(poll.changes())
            .as("what the %s tells where 7 were asked for", feed)
            .hasSizeLessThanOrEqualTo(7);
        told.addAll(poll.changes());
        place = poll.next();
        complete = poll.complete();
      }

      assertThat(told).as("what the %s tells, 7 at a time", feed).containsAll(made);
    }
  }

  @Test
  @DisplayName("S84: what is no place, and no limit, is refused")
  void poll_ofNoPlace_isRefused() {
    for (Followed feed : feeds()) {
      String end = feed.feed().end();
      for (String place : List.of("", "garbage", "-1", end + end)) {
        assertThatIllegalArgumentException()
            .as("a poll of the %s from \"%s\"", feed, place)
            .isThrownBy(() -> feed.feed().poll(place, 10));
      }
      for (int limit : List.of(-1, 0, Limits.PAGE + 1)) {
        assertThatIllegalArgumentException()
            .as("a poll of the %s for %s", feed, limit)
            .isThrownBy(() -> feed.feed().poll(end, limit));
      }
    }
  }

  @Test
  @DisplayName("S85: an announced device is told of")
  void announce_device_isTold() {
    Followed.ofKeys(create())
        .ifPresent(
            feed -> {
              String place = feed.feed().end();

              feed.feed().announce(ACME, DeviceId.of("t1"));

              assertThat(feed.since(place))
                  .as("what the %s tells", feed)
                  .contains(new Change.OfDevice(ACME, DeviceId.of("t1")));
            });
  }

  @Test
  @DisplayName("S86: a trim loses nothing behind its place, and no change silently before it")
  void trim_losesWhatIsBefore() {
    for (Followed feed : feeds()) {
      String start = feed.feed().end();
      List<Change> before = feed.make("a", 50);
      String middle = feed.feed().end();
      List<Change> behind = feed.make("b", 50);

      feed.feed().trim(middle);

      assertThat(feed.since(middle)).as("the %s, behind the trim", feed).containsAll(behind);
      feed.unlessLost(start)
          .ifPresent(
              told ->
                  assertThat(told)
                      .as("the %s, from a place before the trim that it did not lose", feed)
                      .containsAll(before)
                      .containsAll(behind));
      feed.feed().trim(feed.feed().end());
      String end = feed.feed().end();
      assertThat(feed.since(end)).as("the %s, trimmed to its end", feed).isEmpty();
      List<Change> later = feed.make("c", feed.kinds().size());
      assertThat(feed.since(end)).as("the %s, since its trim", feed).containsAll(later);
    }
  }
}
