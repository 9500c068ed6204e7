package io.thingward.store.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Starts threads at one moment. */
final class Race {
  private Race() {}

  /** What each of so many threads returned; an exception of one is thrown here. */
  static <T> List<T> of(int threads, IntFunction<Callable<T>> runner) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> runs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> run = runner.apply(i);
        runs.add(
            executor.submit(
                () -> {
                  start.await(1, TimeUnit.MINUTES);
                  return run.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> run : runs) {
        results.add(run.get(1, TimeUnit.MINUTES));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
