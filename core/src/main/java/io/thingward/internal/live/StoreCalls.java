package io.thingward.internal.live;

import io.thingward.error.UnavailableException;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a store is called: what it throws, or answers against its contract (null, another record than
 * the one asked for), becomes an {@link UnavailableException}. Thread-safe.
 */
public final class StoreCalls {
  private volatile boolean closed;

  /** From now on nothing is called. */
  void close() {
    closed = true;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Thingward is closed");
    }
  }

  /** Asks for something; nothing changes. */
  <T> T ask(String what, Supplier<? extends T> call) {
    requireOpen();
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
    try {
      return ask(what, write);
    } catch (UnavailableException unknown) {
      throw afterWrite(unknown);
    }
  }

  static UnavailableException afterWrite(UnavailableException unknown) {
    return UnavailableException.afterWrite("the outcome of a write is unknown", unknown);
  }

  /**
   * A page of a listing, each item of which is what was asked for. A continuation that no page ever
   * gave is the caller's mistake.
   */
  <T> Page<T> page(PageRequest request, Function<PageRequest, Page<T>> list, Predicate<T> belongs) {
    requireOpen();
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
