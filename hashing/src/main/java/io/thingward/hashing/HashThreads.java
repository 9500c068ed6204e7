package io.thingward.hashing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A few daemon threads in which native code allocates. Thread-safe.
 *
 * <p>The allocator of glibc keeps what is freed, up to tens of MiB, in an arena of the thread that
 * allocated it: hashes that run in many threads one after another, as in the threads of a server,
 * end up with the memory of all of them.
 */
final class HashThreads {
  /*
   * A new thread may get another arena, so threads are kept; but those of a hasher that nobody uses
   * any more have to end.
   */
  private static final long KEEP_HOURS = 1;

  private final Executor executor;

  HashThreads(int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            KEEP_HOURS,
            TimeUnit.HOURS,
            new LinkedBlockingQueue<>(),
            HashThreads::newThread);
    threads.allowCoreThreadTimeOut(true);
    executor = threads;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, "thingward-argon2", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(HashThreads.class.getClassLoader());
    return thread;
  }

  /**
   * Runs work in one of the threads and waits for it to end, whatever happens, since it uses what
   * the caller wipes afterwards. An interrupt is kept for the caller.
   *
   * @throws IllegalStateException if the work threw an exception, with its message
   */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, executor).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause == null ? e.getMessage() : cause.getMessage(), e);
    }
  }
}
