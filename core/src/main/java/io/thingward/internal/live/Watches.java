package io.thingward.internal.live;

import io.thingward.access.SubjectEvent;
import io.thingward.access.SubjectListener;
import io.thingward.access.Watch;
import io.thingward.error.UnavailableException;
import io.thingward.store.MembershipId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watched subjects. A change wakes the watches that rest on the changed record, if this node made
 * it or a feed tells of it; what nobody tells is found by looking at every watch in rotation, at a
 * bounded rate. A watch compares states, so that several changes may come as one call, and a call
 * may say what the listener knows.
 *
 * <p>Listeners run on the given executor, one call at a time per watch; watches do not wait for
 * each other, as long as the executor has a thread left. Thread-safe.
 */
public final class Watches {
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  /** How many watches the rotation looks at in a second. */
  static final int PER_SECOND = 1_000;

  private final Executor executor;
  private final Map<LiveSubject, Set<Entry>> bySubject = new ConcurrentHashMap<>();
  private final Map<Object, Set<Entry>> byInterest = new ConcurrentHashMap<>();
  private final Queue<Entry> rotation = new ConcurrentLinkedQueue<>();
  private final AtomicInteger rotating = new AtomicInteger(); // asking a linked queue counts it

  /** Delivers on this executor. */
  public Watches(Executor executor) {
    this.executor = executor;
  }

  /**
   * Watches a subject; what has already happened to it is told at once. Its interests are
   * registered when this returns, so that no later change is missed, however late the first look
   * comes.
   */
  public Watch watch(LiveSubject subject, SubjectListener listener) {
    Entry entry = new Entry(subject, listener);
    add(bySubject, subject, entry);
    entry.register(subject.interests());
    rotation.add(entry);
    rotating.incrementAndGet();
    entry.wake();
    return entry;
  }

  /** A record with this key may have changed. */
  public void changed(Object key) {
    if (key instanceof MembershipId membership) {
      // told whether or not the subject has looked at that workspace yet
      for (Entry entry : byInterest.getOrDefault(membership.principal(), Set.of())) {
        entry.tell = true;
        entry.wake();
      }
    }
    for (Entry entry : byInterest.getOrDefault(key, Set.of())) {
      entry.changed = true;
      entry.wake();
    }
  }

  /** Nobody knows what changed: every listener is told to look. */
  public void changedAll() {
    for (Entry entry : rotation) {
      entry.tell = true;
      entry.wake();
    }
  }

  /** A subject rests on more records than before. */
  void touched(LiveSubject subject) {
    for (Entry entry : bySubject.getOrDefault(subject, Set.of())) {
      entry.register(subject.interests());
      entry.wake();
    }
  }

  /** Looks at the next watches in rotation; to be called once a second. */
  public void rotate() {
    for (int i = Math.min(PER_SECOND, rotating.get()); i > 0; i--) {
      Entry next = rotation.poll();
      if (next != null && !next.closed) {
        rotation.add(next);
        next.wake();
      } else if (next != null) {
        rotating.decrementAndGet();
      }
    }
  }

  /**
   * How late a watch may tell of a change made on another node, as things are now: within the bound
   * while feeds tell of everything, else when the rotation comes by.
   */
  public Duration bound(Duration freshness, List<FeedReader> feeds) {
    Set<Aggregate> told = EnumSet.noneOf(Aggregate.class);
    feeds.stream()
        .filter(feed -> feed.lag().compareTo(freshness) <= 0)
        .forEach(feed -> told.addAll(feed.aggregates()));
    return told.size() == Aggregate.values().length
        ? freshness
        : freshness.plusSeconds(rotating.get() / PER_SECOND + 1);
  }

  private static <K> void add(Map<K, Set<Entry>> index, K key, Entry entry) {
    index.compute(
        key,
        (k, entries) -> {
          Set<Entry> all = entries == null ? ConcurrentHashMap.newKeySet() : entries;
          all.add(entry);
          return all;
        });
  }

  private static <K> void remove(Map<K, Set<Entry>> index, K key, Entry entry) {
    index.computeIfPresent(
        key,
        (k, entries) -> {
          entries.remove(entry);
          return entries.isEmpty() ? null : entries;
        });
  }

  private final class Entry implements Watch {
    private final LiveSubject subject;
    private final SubjectListener listener;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean tell;
    private volatile boolean changed;
    private boolean unverified; // this and the next are touched by one look at a time
    private LiveSubject.@Nullable State last;
    private Set<Object> interests = Set.of(); // guarded by this

    Entry(LiveSubject subject, SubjectListener listener) {
      this.subject = subject;
      this.listener = listener;
    }

    /* One look at a time; whoever wakes while one runs makes it look once more. */
    void wake() {
      if (!closed && wakes.getAndIncrement() == 0) {
        start();
      }
    }

    private void run() {
      int seen = wakes.get();
      try {
        look();
      } finally {
        if (wakes.addAndGet(-seen) > 0) {
          start();
        }
      }
    }

    private void start() {
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException closing) {
        wakes.set(0);
      }
    }

    private void look() {
      if (closed) {
        return;
      }
      try {
        boolean touched = changed; // read before the state: what comes later wakes another look
        changed = false;
        boolean granted = tell;
        tell = false;
        LiveSubject.State state = readState();
        boolean news =
            unverified || (last == null ? touched || !state.active() : !state.equals(last));
        last = state;
        unverified = false;
        if (subject.hasEnded()) {
          close();
          deliver(SubjectEvent.ENDED);
        } else if (news || granted) {
          deliver(SubjectEvent.CHANGED);
        }
      } catch (UnavailableException unreadable) {
        if (!unverified) {
          unverified = true;
          deliver(SubjectEvent.UNVERIFIED);
        }
      }
    }

    /*
     * New interests are registered before the state is read, so that no change falls between. What
     * is read may bring new ones: the role that was assigned just now.
     */
    private LiveSubject.State readState() {
      Set<Object> known;
      LiveSubject.State state;
      do {
        known = subject.interests();
        register(known);
        state = subject.state();
      } while (!subject.interests().equals(known));
      return state;
    }

    private synchronized void register(Set<Object> now) {
      Set<Object> before = interests;
      interests = now;
      now.stream().filter(key -> !before.contains(key)).forEach(key -> add(byInterest, key, this));
      before.stream()
          .filter(key -> !now.contains(key))
          .forEach(key -> remove(byInterest, key, this));
      if (closed) {
        forget();
      }
    }

    private void forget() {
      interests.forEach(key -> remove(byInterest, key, this));
      interests = Set.of();
    }

    private void deliver(SubjectEvent event) {
      try {
        listener.on(subject, event);
      } catch (RuntimeException thrown) {
        LOG.warn("a subject listener threw on {}", event, thrown);
      }
    }

    @Override
    public void close() {
      closed = true;
      remove(bySubject, subject, this);
      synchronized (this) {
        forget();
      }
    }
  }

  /** The number of subjects that are watched. */
  public int size() {
    return bySubject.size();
  }
}
