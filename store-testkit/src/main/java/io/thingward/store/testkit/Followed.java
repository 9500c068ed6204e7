package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Limits;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One feed of what an author handed in.
 *
 * @param name what it is called
 * @param feed the feed
 * @param kinds how to make the changes that it tells
 */
record Followed(String name, ChangeFeed feed, List<Telling> kinds) {
  private static final int ROUNDS = 40; // changes of each writer while a feed is read
  private static final int WRITERS = 4;
  private static final int MOST_POLLS = 100_000;

  /* A store that may have a feed, and the changes that this tells. */
  private record Source(
      Part<?> store, Part<ChangeFeed> feed, Function<Object, Stream<Telling>> of) {
    static final List<Source> ALL =
        List.of(
            new Source(
                Part.PRINCIPALS, Part.FEED_OF_PRINCIPALS, all -> ofKinds(Part.PRINCIPALS, all)),
            new Source(
                Part.WORKSPACES, Part.FEED_OF_WORKSPACES, all -> ofKinds(Part.WORKSPACES, all)),
            new Source(
                Part.KEYS,
                Part.FEED_OF_KEYS,
                all ->
                    Stream.concat(
                        ofKinds(Part.KEYS, all),
                        Part.KEYS.in(all).stream().map(Telling.OfDeletedKeys::new))),
            new Source(
                Part.SESSIONS,
                Part.FEED_OF_SESSIONS,
                all -> Part.SESSIONS.in(all).stream().map(Telling.OfSessions::new)));

    private static <T> Stream<Telling> ofKinds(Part<T> part, Object all) {
      return part.in(all).stream()
          .flatMap(store -> part.kinds().stream().map(kind -> new Telling.OfKind<>(kind, store)));
    }
  }

  /** The feeds that there are, each once. */
  static List<Followed> in(Object all) {
    List<Followed> found = new ArrayList<>();
    for (Source source : Source.ALL) {
      source.feed().in(all).ifPresent(feed -> add(found, source, feed, all));
    }
    return found;
  }

  private static void add(List<Followed> found, Source source, ChangeFeed feed, Object all) {
    List<Telling> kinds = source.of().apply(all).toList();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).feed == feed) {
        List<Telling> both = Stream.concat(found.get(i).kinds.stream(), kinds.stream()).toList();
        found.set(i, new Followed(found.get(i).name + " and " + source.store(), feed, both));
        return;
      }
    }
    found.add(new Followed(source.feed().name(), feed, kinds));
  }

  /** The one of keys, if there is one, which also takes announcements. */
  static Optional<Followed> ofKeys(Object all) {
    Optional<ChangeFeed> ofKeys = Part.FEED_OF_KEYS.in(all);
    return in(all).stream()
        .filter(followed -> ofKeys.filter(feed -> feed == followed.feed).isPresent())
        .findFirst();
  }

  /** All of them, where every store that may have one has it. */
  static List<Followed> required(Object all) {
    for (Source source : Source.ALL) {
      assertThat(source.store().in(all).isPresent() && source.feed().in(all).isEmpty())
          .as(
              "S77: changes of %s are told by nobody, since their store has no feed; if only some"
                  + " stores have one, hand those in, each in a test of its own",
              source.store())
          .isFalse();
    }
    List<Followed> feeds = in(all);
    assertThat(feeds).as("S77: the feeds of %s", all.getClass()).isNotEmpty();
    return feeds;
  }

  /** Makes so many changes, of each kind in turn; what is to be told of them. */
  @CanIgnoreReturnValue
  List<Change> make(String name, int count) {
    List<Change> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Telling kind = kinds.get(i % kinds.size());
      kind.make(name, i / kinds.size() + 1);
      made.add(kind.told(name, i / kinds.size() + 1));
    }
    return made;
  }

  /** A poll from a place that is not lost. */
  ChangeFeed.Poll.Changes poll(String after, int limit) {
    ChangeFeed.Poll poll = feed.poll(after, limit);
    assertThat(poll)
        .as("S80: a poll of the %s, from a place that is not lost", name)
        .isInstanceOf(ChangeFeed.Poll.Changes.class);
    return (ChangeFeed.Poll.Changes) poll;
  }

  /** All changes behind a place that is not lost. */
  List<Change> since(String place) {
    Optional<List<Change>> told = unlessLost(place);
    assertThat(told).as("S80: what the %s tells since a place that is not lost", name).isPresent();
    return told.get();
  }

  /**
   * All changes behind a place; empty if the feed lost it, at the latest when it came to its end.
   */
  Optional<List<Change>> unlessLost(String place) {
    List<Change> told = new ArrayList<>();
    String from = place;
    for (int polls = 0; polls < MOST_POLLS; polls++) {
      if (!(feed.poll(from, Limits.PAGE) instanceof ChangeFeed.Poll.Changes changes)) {
        return Optional.empty();
      }
      told.addAll(changes.changes());
      if (changes.complete()) {
        return Optional.of(told);
      }
      from = changes.next();
    }
    throw new AssertionError("S83: the " + name + " has no end, no poll of it is complete");
  }

  /** So many writers that several make changes of a kind, if there are few kinds. */
  static List<Telling> writers(List<Telling> kinds) {
    return IntStream.range(0, Math.max(WRITERS, kinds.size()))
        .mapToObj(i -> kinds.get(i % kinds.size()))
        .toList();
  }

  /** While these write, a complete poll of this feed lacks nothing acknowledged before it. */
  void assertComplete(List<Telling> writers) throws Exception {
    Set<Change> told = new HashSet<>();
    int[] checked = new int[writers.size()];
    whileWritten(
        writers,
        (poll, acknowledged) -> {
          told.addAll(poll.changes());
          for (int writer = 0; writer < checked.length && poll.complete(); writer++) {
            while (checked[writer] < acknowledged.get(writer)) {
              assertThat(writers.get(writer).told(name(writer), ++checked[writer]))
                  .as("a change of a %s, which a complete poll lacks", writers.get(writer))
                  .isIn(told);
            }
          }
        });
    assertThat(checked).as("changes that were told").containsOnly(ROUNDS);
  }

  /** While these write, a read after a poll of this feed sees what it told of. */
  void assertSeen(List<Telling> writers, List<Telling> readers) throws Exception {
    Map<Change, BooleanSupplier> reads = new HashMap<>();
    for (int i = 0; i < writers.size(); i++) {
      Telling reader = readers.get(i);
      String name = name(i);
      for (int n = 1; n <= ROUNDS; n++) {
        int number = n;
        reads.put(reader.told(name, number), () -> reader.isSeen(name, number));
      }
    }
    whileWritten(
        writers,
        (poll, acknowledged) -> {
          for (Change change : poll.changes()) {
            assertThat(reads.getOrDefault(change, () -> true).getAsBoolean())
                .as("whether a read sees %s, of which a poll of the %s told", change, name)
                .isTrue();
          }
        });
  }

  /* Looks at a poll, and at how many changes each writer had acknowledged before it. */
  private interface Watcher {
    void polled(ChangeFeed.Poll.Changes poll, List<Integer> acknowledged);
  }

  /* Changes records, each writer in a thread of its own, and polls this feed in the meantime. */
  private void whileWritten(List<Telling> writers, Watcher watcher) throws Exception {
    String place = feed.end();
    AtomicIntegerArray acknowledged = new AtomicIntegerArray(writers.size());
    ExecutorService threads = Race.threads(writers.size());
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < writers.size(); i++) {
        int writer = i;
        runs.add(threads.submit(() -> write(writers.get(writer), writer, acknowledged)));
      }
      boolean ended = false;
      boolean complete = false;
      while (!(ended && complete)) {
        ended = runs.stream().allMatch(Future::isDone);
        List<Integer> before =
            IntStream.range(0, writers.size()).mapToObj(acknowledged::get).toList();
        ChangeFeed.Poll.Changes poll = poll(place, Limits.PAGE);
        place = poll.next();
        complete = poll.complete();
        watcher.polled(poll, before);
      }
      for (Future<?> run : runs) {
        Race.await(run, Race.PATIENCE);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void write(Telling kind, int writer, AtomicIntegerArray acknowledged) {
    for (int number = 1; number <= ROUNDS; number++) {
      kind.make(name(writer), number);
      acknowledged.set(writer, number);
    }
  }

  private static String name(int writer) {
    return "w" + writer;
  }

  @Override
  public String toString() {
    return name;
  }
}
