package io.thingward.store.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs calls in threads of their own, with a deadline. */
final class Race {
  /** How often a race is run: enough that a store without atomicity does not pass by luck. */
  static final int ROUNDS = 40;

  /** How long calls have until they count as hanging. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int THREADS = 4;

  private Race() {}

  /** What each of four threads returned, started at one moment. */
  static <T> List<T> of(IntFunction<Callable<T>> runner) throws Exception {
    return of(THREADS, runner);
  }

  /** What each of so many threads returned, started at one moment; throws what one threw. */
  static <T> List<T> of(int threads, IntFunction<Callable<T>> runner) throws Exception {
    return of(threads, PATIENCE, runner);
  }

  /** The same with another patience. */
  static <T> List<T> of(int threads, Duration patience, IntFunction<Callable<T>> runner)
      throws Exception {
    ExecutorService executor = threads(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> runs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> run = runner.apply(i);
        runs.add(
            executor.submit(
                () -> {
                  start.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                  return run.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> run : runs) {
        results.add(await(run, patience));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Threads as daemons: a store that hangs fails its test and does not keep the process alive. */
  static ExecutorService threads(int count) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, "race");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** What a thread returned; throws what it threw. */
  @CanIgnoreReturnValue
  static <T> T await(Future<T> run, Duration patience) throws Exception {
    try {
      return run.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("a call did not come back within " + patience, late);
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError(thrown.getCause());
    }
  }
}
