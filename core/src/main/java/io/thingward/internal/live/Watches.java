package io.thingward.internal.live;

import io.thingward.access.SubjectEvent;
import io.thingward.access.SubjectListener;
import io.thingward.access.Watch;
import io.thingward.error.UnavailableException;
import io.thingward.store.MembershipId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watched subjects. A change on this node wakes the watches that rest on the changed record; what
 * other nodes change is found by looking at every watch in rotation, at a bounded rate. A watch
 * compares states, so that several changes may come as one call, and a call may say what the
 * listener knows.
 *
 * <p>Listeners run on the given executor, one call at a time per watch. Thread-safe.
 */
public final class Watches {
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  /** How many watches the rotation looks at in a second. */
  static final int PER_SECOND = 1_000;

  private final Executor executor;
  private final Map<LiveSubject, Set<Entry>> bySubject = new ConcurrentHashMap<>();
  private final Map<Object, Set<Entry>> byInterest = new ConcurrentHashMap<>();
  private final Queue<Entry> rotation = new ConcurrentLinkedQueue<>();
  private final Queue<Entry> woken = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();

  /** Delivers on this executor. */
  public Watches(Executor executor) {
    this.executor = executor;
  }

  /** Watches a subject; what has already happened to it is told at once. */
  public Watch watch(LiveSubject subject, SubjectListener listener) {
    Entry entry = new Entry(subject, listener);
    bySubject.computeIfAbsent(subject, s -> ConcurrentHashMap.newKeySet()).add(entry);
    rotation.add(entry);
    wake(entry);
    return entry;
  }

  /** A record with this key may have changed. */
  public void changed(Object key) {
    if (key instanceof MembershipId membership) {
      // told whether or not the subject has looked at that workspace yet
      for (Entry entry : byInterest.getOrDefault(membership.principal(), Set.of())) {
        entry.tell = true;
        wake(entry);
      }
    }
    byInterest.getOrDefault(key, Set.of()).forEach(this::wake);
  }

  /** A subject rests on more records than before. */
  void touched(LiveSubject subject) {
    bySubject.getOrDefault(subject, Set.of()).forEach(this::wake);
  }

  /** Looks at the next watches in rotation; to be called once a second. */
  public void rotate() {
    for (int i = Math.min(PER_SECOND, rotation.size()); i > 0; i--) {
      Entry next = rotation.poll();
      if (next == null) {
        break;
      }
      if (!next.closed) {
        rotation.add(next);
        woken.add(next);
      }
    }
    run();
  }

  /**
   * How late a watch may tell of a change made on another node, at the present number of watches.
   */
  public Duration bound(Duration freshness) {
    return freshness.plusMillis(1_000L * (bySubject.size() / PER_SECOND + 1));
  }

  private void wake(Entry entry) {
    woken.add(entry);
    run();
  }

  /* One run at a time; whoever adds while one is ending starts the next. */
  private void run() {
    if (!woken.isEmpty() && running.compareAndSet(false, true)) {
      try {
        executor.execute(
            () -> {
              try {
                for (Entry entry = woken.poll(); entry != null; entry = woken.poll()) {
                  entry.look();
                }
              } finally {
                running.set(false);
              }
              run();
            });
      } catch (RejectedExecutionException closing) {
        running.set(false);
      }
    }
  }

  private final class Entry implements Watch {
    private final LiveSubject subject;
    private final SubjectListener listener;
    private volatile boolean closed;
    private volatile boolean tell;
    private boolean unverified; // the rest is only touched by the one run
    private @Nullable List<Object> last;
    private Set<Object> interests = Set.of();

    Entry(LiveSubject subject, SubjectListener listener) {
      this.subject = subject;
      this.listener = listener;
    }

    void look() {
      if (closed) {
        return;
      }
      try {
        register(subject.interests());
        List<Object> state = subject.state();
        boolean news = unverified || (last == null ? !subject.isActive() : !state.equals(last));
        last = state;
        unverified = false;
        if (subject.hasEnded()) {
          close();
          deliver(SubjectEvent.ENDED);
        } else if (news || tell) {
          tell = false;
          deliver(SubjectEvent.CHANGED);
        }
      } catch (UnavailableException unreadable) {
        if (!unverified) {
          unverified = true;
          deliver(SubjectEvent.UNVERIFIED);
        }
      }
    }

    /* New interests are registered before the state is read, so that no change falls between. */
    private void register(Set<Object> now) {
      for (Object key : now) {
        if (!interests.contains(key)) {
          byInterest.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(this);
        }
      }
      Set<Object> before = interests;
      interests = now;
      before.stream().filter(key -> !now.contains(key)).forEach(key -> remove(byInterest, key));
      if (closed) { // by another thread meanwhile
        now.forEach(key -> remove(byInterest, key));
      }
    }

    private <K> void remove(Map<K, Set<Entry>> index, K key) {
      index.computeIfPresent(
          key,
          (k, entries) -> {
            entries.remove(this);
            return entries.isEmpty() ? null : entries;
          });
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
      remove(bySubject, subject);
      interests.forEach(key -> remove(byInterest, key));
    }
  }

  /** The number of subjects that are watched. */
  public int size() {
    return bySubject.size();
  }
}
