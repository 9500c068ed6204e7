package io.thingward.internal.live;

import io.thingward.model.Limits;
import io.thingward.store.ChangeFeed;
import io.thingward.store.Stores;
import io.thingward.store.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one feed: applies what it tells of, and moves the coverage of its aggregates forward. A
 * thread of its own, since nobody may hold it up; it never waits for a load or a listener. Where
 * the feed is silent nothing is covered any longer than the bound, and each record is read again by
 * who needs it.
 */
public final class FeedReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);
  private static final int POLLS_PER_BOUND = 4;

  /* Longer than any node is away without having lost its place anyway. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final ChangeFeed feed;
  private final Records records;
  private final List<Aggregate> aggregates;
  private final NodeCache cache;
  private final Runnable nobodyKnows;
  private final Time time;
  private final long period;
  private final Thread thread;
  private final Deque<Passed> passed = new ArrayDeque<>(); // touched by polls only, like the next
  private @Nullable String place;
  private boolean silent;
  private boolean lost; // by the last poll
  private volatile boolean closed;
  private volatile Progress progress;

  /* When the last complete poll began, and how long polls were too late before that. */
  private record Progress(long at, long late) {}

  /* A place, and when it was reached. */
  private record Passed(String place, long at) {}

  /** Follows a feed that tells of these aggregates; {@link #start} starts it. */
  private FeedReader(
      ChangeFeed feed,
      List<Aggregate> aggregates,
      Records records,
      NodeCache cache,
      Runnable nobodyKnows) {
    this.feed = feed;
    this.records = records;
    this.aggregates = List.copyOf(aggregates);
    this.cache = cache;
    this.nobodyKnows = nobodyKnows;
    this.time = cache.time();
    this.period = time.bound().toNanos() / POLLS_PER_BOUND;
    this.progress = new Progress(time.nanos(), 0);
    this.thread = new Thread(this::run, "thingward-feed");
    thread.setDaemon(true);
  }

  /**
   * Readers of the feeds that these stores have, one for each feed.
   *
   * @param nobodyKnows is run when a feed has lost its place: anything may have changed
   */
  public static List<FeedReader> of(
      Stores stores, Records records, NodeCache cache, Runnable nobodyKnows) {
    IdentityHashMap<ChangeFeed, List<Aggregate>> feeds = new IdentityHashMap<>();
    for (Aggregate aggregate : Aggregate.values()) {
      feedOf(stores, aggregate)
          .ifPresent(feed -> feeds.computeIfAbsent(feed, f -> new ArrayList<>()).add(aggregate));
    }
    return feeds.entrySet().stream()
        .map(feed -> new FeedReader(feed.getKey(), feed.getValue(), records, cache, nobodyKnows))
        .toList();
  }

  private static Optional<ChangeFeed> feedOf(Stores stores, Aggregate aggregate) {
    return switch (aggregate) {
      case PRINCIPALS -> stores.principals().changes();
      case WORKSPACES -> stores.workspaces().changes();
      case KEYS -> stores.keys().changes();
      case SESSIONS -> stores.sessions().changes();
    };
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      poll();
      LockSupport.parkNanos(this, Math.max(period, TimeUnit.MILLISECONDS.toNanos(1)));
    }
  }

  /** What the thread does every period: reads the feed up to its end. */
  public synchronized void poll() {
    try {
      boolean more = !closed;
      while (more) {
        more = step() && !closed;
      }
      if (silent) {
        silent = false;
        LOG.info("the feed of {} answers again", aggregates);
      }
    } catch (RuntimeException failure) {
      if (!silent) {
        silent = true;
        LOG.warn(
            "the feed of {} is silent, records are read again instead: {}",
            aggregates,
            failure.getClass().getName());
      }
    }
  }

  /* One poll; whether another has to follow at once. */
  private boolean step() {
    String from = place;
    if (from == null) {
      from = begin();
    }
    long start = time.nanos();
    ChangeFeed.Poll poll = poll(from);
    if (poll instanceof ChangeFeed.Poll.Changes changes) {
      lost = false;
      changes.changes().forEach(records::apply);
      place = changes.next();
      if (changes.complete()) {
        aggregates.forEach(aggregate -> cache.covered(aggregate, start));
        progress = new Progress(start, late(start));
        trim(changes.next(), start);
      }
      return !changes.complete();
    }
    if (poll instanceof ChangeFeed.Poll.Lost) {
      place = null;
      passed.clear();
      if (lost) {
        return false; // not again at once
      }
      lost = true;
      LOG.warn("the feed of {} lost its place; everything is read again", aggregates);
      return true;
    }
    throw new IllegalStateException("a feed answered null");
  }

  /*
   * What a newer version of the library wrote of may be anything; waiting for it to become readable
   * would silence this node for as long as both versions run.
   */
  private ChangeFeed.Poll poll(String from) {
    try {
      return feed.poll(from, Limits.PAGE);
    } catch (UnreadableRecordException newer) {
      return new ChangeFeed.Poll.Lost();
    }
  }

  /*
   * The end is asked for first, and all that is cached or being loaded is dropped then: whatever was
   * acknowledged before the end is not delivered, and what was read before it may lack it.
   */
  private String begin() {
    String end = feed.end();
    aggregates.forEach(cache::forget);
    nobodyKnows.run();
    place = end;
    return end;
  }

  List<Aggregate> aggregates() {
    return aggregates;
  }

  /** How long ago the last complete poll began; since the start, if there was none. */
  public Duration lag() {
    return Duration.ofNanos(time.nanos() - progress.at);
  }

  /** For how long in all the lag has been beyond the freshness bound. */
  public Duration unverified() {
    return Duration.ofNanos(late(time.nanos()));
  }

  private long late(long now) {
    Progress last = progress;
    return last.late + Math.max(0, now - last.at - time.bound().toNanos());
  }

  private void trim(String here, long now) {
    Passed last = passed.peekLast();
    if (last == null || now - last.at > KEPT.toNanos() / 10) {
      passed.addLast(new Passed(here, now));
    }
    Passed first = passed.peekFirst();
    if (first != null && now - first.at > KEPT.toNanos()) {
      try {
        feed.trim(first.place);
        passed.removeFirst();
      } catch (RuntimeException failure) { // the feed has answered all the same
        LOG.debug("the feed of {} was not trimmed", aggregates, failure);
      }
    }
  }

  /** Stops; when this returns nothing reads the feed any more, so that its store can be closed. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    synchronized (this) { // a poll in flight ends first
      place = null;
    }
  }
}
