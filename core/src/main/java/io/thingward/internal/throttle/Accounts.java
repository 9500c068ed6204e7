package io.thingward.internal.throttle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.thingward.throttle.ThrottlePolicy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/* One stripe of the counters per account.
 *
 * A name's counter is in `few` or in `delaying`, whether or not there is such an account; what a
 * success leaves behind is apart from it, in `known`, and acts only on attempts from those sources. So
 * a stranger cannot learn from the throttle which accounts exist. */
final class Accounts {
  private final ThrottlePolicy policy;
  private final LongSupplier nanoTime;
  private final int capacity;

  /* Too few failures for a delay. Strangers fill it with names at will. */
  @GuardedBy("this")
  private final LruMap<Tally> few;

  /* Enough for a delay. Nothing leaves while its delay runs. */
  @GuardedBy("this")
  private final Map<Key, Tally> delaying = new HashMap<>();

  /* The account whose success is the longest ago comes first. */
  @GuardedBy("this")
  private final LinkedHashMap<Key, KnownSources> known = new LinkedHashMap<>();

  Accounts(ThrottlePolicy policy, LongSupplier nanoTime, int capacity) {
    this.policy = policy;
    this.nanoTime = nanoTime;
    this.capacity = capacity;
    this.few = new LruMap<>(capacity);
  }

  synchronized Admission admit(Key account, @Nullable Source source) {
    long now = nanoTime.getAsLong();
    KnownSources sources = known.get(account);
    Tally ofSource = sources == null || source == null ? null : sources.of(source.key());
    Tally own = ofSource == null ? tally(account) : ofSource;
    Tally all = sources == null ? own : sources.all();

    long delay = Math.max(own.delay(now, policy), all.delayAtHardStop(now, policy));
    if (delay <= 0 && ofSource == null) {
      delay = makePlace(account, own, now);
    }
    if (delay > 0) {
      return Throttle.delayed(delay);
    }
    Tally.Mark mark = own.count(now);
    Tally.Mark markOfAll = all == own ? mark : all.count(now);
    return new Admitted(this, account, source, ofSource != null, mark, markOfAll);
  }

  synchronized void succeeded(Admitted attempt) {
    attempt.end();
    Key account = attempt.account();
    if (!attempt.fromKnownSource()) {
      few.remove(account);
      delaying.remove(account);
    }
    KnownSources sources = known.remove(account);
    if (sources == null) {
      sources = new KnownSources();
    }
    sources.succeeded(attempt.source(), policy.knownSources());
    if (!sources.isEmpty()) {
      known.put(account, sources);
      if (known.size() > capacity) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  synchronized boolean failed(Admitted attempt) {
    attempt.end();
    Tally own = attempt.own().tally();
    Tally all = attempt.all().tally();
    own.fail();
    if (all != own) {
      all.fail();
    }
    return all.failed() >= policy.hardStop();
  }

  synchronized void withdrawn(Admitted attempt) {
    attempt.end();
    long now = nanoTime.getAsLong();
    Key account = attempt.account();
    Tally own = attempt.own().tally();
    Tally all = attempt.all().tally();
    own.takeBack(attempt.own(), now, policy);
    if (all != own) {
      all.takeBack(attempt.all(), now, policy);
    }
    boolean current = !attempt.fromKnownSource() && tally(account) == own;
    if (current && own.admitted() < policy.failuresBeforeDelay()) {
      delaying.remove(account);
      few.remove(account);
      if (own.admitted() > 0) {
        few.put(account, own);
      }
    }
  }

  synchronized void reset(Key account) {
    few.remove(account);
    delaying.remove(account);
    known.remove(account);
  }

  synchronized Throttle.Sizes sizes() {
    return new Throttle.Sizes(few.size(), delaying.size(), known.size(), 0);
  }

  @GuardedBy("this")
  private Tally tally(Key account) {
    Tally tally = delaying.get(account);
    if (tally == null) {
      tally = few.get(account);
    }
    return tally == null ? new Tally() : tally;
  }

  /* Puts a counter where it belongs after one more failure. Returns 0, or how long there will be no
   * room for it. */
  @GuardedBy("this")
  private long makePlace(Key account, Tally tally, long now) {
    if (tally.admitted() + 1 < policy.failuresBeforeDelay()) {
      few.put(account, tally);
    } else if (!delaying.containsKey(account)) {
      long full = makeRoom(now);
      if (full > 0) {
        return full;
      }
      few.remove(account);
      delaying.put(account, tally);
    }
    return 0;
  }

  /* Forgets the delay that ended first, if no room is left. Returns 0, or, if none has ended yet, how
   * long until one does. Looks at all of a stripe, which is still little beside one password hash. */
  @GuardedBy("this")
  private long makeRoom(long now) {
    if (delaying.size() < capacity) {
      return 0;
    }
    Key first = null;
    long nearest = Long.MAX_VALUE;
    for (Map.Entry<Key, Tally> entry : delaying.entrySet()) {
      long delay = entry.getValue().delay(now, policy);
      if (delay < nearest) {
        nearest = delay;
        first = entry.getKey();
      }
    }
    if (nearest > 0) {
      return nearest;
    }
    delaying.remove(first);
    return 0;
  }
}
