package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.thingward.model.DeviceId;
import io.thingward.store.ChangeFeed;
import io.thingward.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a change feed answers whose engine was lost while it was read: for stores with a feed whose
 * engine is elsewhere. Designed for extension: a subclass makes the store and is a test.
 *
 * @param <S> {@link io.thingward.store.Stores} of which all have a feed that can have one, or the
 *     store of one aggregate
 */
public abstract class UnreachableFeedContract<S> {
  /** For subclasses. */
  protected UnreachableFeedContract() {}

  /** An empty store, whose engine answers. Called once for each test. */
  protected abstract S open();

  /** From now on the engine of that store is out of reach: stopped, say. Called once likewise. */
  protected abstract void disconnect();

  @Test
  @DisplayName("S12: a poll out of reach is unavailable, never complete")
  void poll_outOfReach_isUnavailable() throws Exception {
    List<Followed> feeds = Followed.required(open());
    List<String> places = new ArrayList<>();
    for (Followed feed : feeds) {
      String place = feed.feed().end();
      assertThat(feed.since(place)).as("what the %s tells at first", feed).isEmpty();
      feed.make("a", feed.kinds().size());
      places.add(place);
    }

    disconnect();

    for (int i = 0; i < feeds.size(); i++) {
      Followed feed = feeds.get(i);
      String place = places.get(i);
      for (String poll : List.of("first poll", "second poll")) {
        assertUnavailable(feed, poll, () -> feed.feed().poll(place, 10));
      }
    }
  }

  @Test
  @DisplayName("S12: the end, an announcement and a trim out of reach are unavailable")
  void otherCalls_outOfReach_areUnavailable() throws Exception {
    List<Followed> feeds = Followed.required(open());
    List<String> places = feeds.stream().map(feed -> feed.feed().end()).toList();

    disconnect();

    for (int i = 0; i < feeds.size(); i++) {
      ChangeFeed feed = feeds.get(i).feed();
      String place = places.get(i);
      assertUnavailable(feeds.get(i), "end", feed::end);
      assertUnavailable(
          feeds.get(i),
          "announcement",
          () -> {
            feed.announce(Samples.ACME, DeviceId.of("t1"));
            return "told";
          });
      assertUnavailable(
          feeds.get(i),
          "trim",
          () -> {
            feed.trim(place);
            return "trimmed";
          });
    }
  }

  private static void assertUnavailable(Followed feed, String what, Callable<?> call)
      throws Exception {
    Throwable thrown = Race.of(1, thread -> () -> catchThrowable(call::call)).get(0);
    assertThat(thrown)
        .as("%s of the %s", what, feed)
        .isExactlyInstanceOf(StoreUnavailableException.class);
  }
}
