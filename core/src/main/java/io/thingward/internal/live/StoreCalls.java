package io.thingward.internal.live;

import io.thingward.error.UnavailableException;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a store is called: what it throws, or answers against its contract (null, another record than
 * the one asked for), becomes an {@link UnavailableException}. So many calls at once and no more;
 * who finds no room in time is told so before anything is asked. Thread-safe.
 */
public final class StoreCalls {
  private final int atMost;
  private final Duration patience;
  private final Semaphore room;
  private final LongAdder refused = new LongAdder();
  private volatile boolean closed;

  /**
   * Calls at most so many at once.
   *
   * @param patience how long a caller waits for its turn
   */
  public StoreCalls(int atMost, Duration patience) {
    this.atMost = atMost;
    this.patience = patience;
    this.room = new Semaphore(atMost, true);
  }

  /** From now on nothing is called. */
  void close() {
    closed = true;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Thingward is closed");
    }
  }

  /** The calls under way. */
  public int inFlight() {
    return atMost - room.availablePermits();
  }

  /** How many callers found no room. */
  public long refused() {
    return refused.sum();
  }

  private <T> T inTurn(Supplier<? extends T> call) {
    requireOpen();
    if (!room.tryAcquire() && !hasWaited()) {
      refused.increment();
      throw new UnavailableException("too many calls of the stores are under way");
    }
    try {
      return call.get();
    } finally {
      room.release();
    }
  }

  private boolean hasWaited() {
    try {
      return room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks for something; nothing changes. */
  <T> T ask(String what, Supplier<? extends T> call) {
    return inTurn(() -> answer(what, call));
  }

  private static <T> T answer(String what, Supplier<? extends T> call) {
    T answer;
    try {
      answer = call.get();
    } catch (StoreException failure) {
      throw new UnavailableException(what + " did not answer", failure);
    } catch (RuntimeException failure) {
      // no cause: what did not come wrapped may quote values of records
      throw new UnavailableException(what + " failed with " + failure.getClass().getName());
    }
    if (answer == null) {
      throw new UnavailableException(what + " answered null");
    }
    return answer;
  }

  /** Asks for the record with this key. */
  <K, R> Optional<R> find(
      String what, K key, Function<K, Optional<R>> find, Function<? super R, K> keyOf) {
    Optional<R> found = ask(what, () -> find.apply(key));
    found.ifPresent(record -> requireSame(key, keyOf.apply(record)));
    return found;
  }

  static void requireSame(Object asked, Object answered) {
    if (!asked.equals(answered)) {
      throw new UnavailableException("a store answered with another record than was asked for");
    }
  }

  /** Changes something; when the answer is lost, nobody knows whether it happened. */
  <T> T tell(String what, Supplier<? extends T> write) {
    return inTurn(
        () -> {
          try {
            return answer(what, write);
          } catch (UnavailableException unknown) {
            throw afterWrite(unknown);
          }
        });
  }

  static UnavailableException afterWrite(UnavailableException unknown) {
    return UnavailableException.afterWrite("the outcome of a write is unknown", unknown);
  }

  /**
   * A page of a listing, each item of which is what was asked for. A continuation that no page ever
   * gave is the caller's mistake.
   */
  <T> Page<T> page(PageRequest request, Function<PageRequest, Page<T>> list, Predicate<T> belongs) {
    return inTurn(() -> answer(request, list, belongs));
  }

  private static <T> Page<T> answer(
      PageRequest request, Function<PageRequest, Page<T>> list, Predicate<T> belongs) {
    Page<T> page;
    try {
      page = list.apply(request);
    } catch (IllegalArgumentException noContinuation) {
      if (request.from().isPresent()) {
        throw new IllegalArgumentException("no page of this listing starts there");
      }
      throw new UnavailableException("a listing failed");
    } catch (StoreException failure) {
      throw new UnavailableException("a listing did not answer", failure);
    } catch (RuntimeException failure) {
      throw new UnavailableException("a listing failed with " + failure.getClass().getName());
    }
    if (page == null) {
      throw new UnavailableException("a listing answered null");
    }
    if (page.items().size() > request.limit() || !page.items().stream().allMatch(belongs)) {
      throw new UnavailableException("a store listed what was not asked for");
    }
    return page;
  }
}
