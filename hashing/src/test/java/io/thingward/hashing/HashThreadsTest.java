package io.thingward.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.password.Password;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B02: memory is that of as many threads as there are permits, whoever calls. */
@Timeout(60)
class HashThreadsTest {
  @Test
  @DisplayName("64 callers make no more threads than there are to be")
  void call_byManyThreads_runsInFew() throws Exception {
    HashThreads threads = new HashThreads(3);
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    ExecutorService callers = Executors.newFixedThreadPool(64);
    try {
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        calls.add(callers.submit(() -> threads.call(() -> used.add(Thread.currentThread()))));
      }
      for (Future<Boolean> call : calls) {
        assertThat(call.get()).isIn(true, false);
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(used).hasSize(3).allMatch(Thread::isDaemon);
    assertThat(used)
        .extracting(Thread::getContextClassLoader)
        .containsOnly(HashThreads.class.getClassLoader());
  }

  @Test
  void nativeBackend_ofAHasher_runsInThreadsOfItsOwn() {
    Argon2Backend backend = Argon2Backend.nativeLibrary();
    assertThat(backend.forCallsAtOnce(2)).isNotSameAs(backend).hasToString(backend.toString());
    assertThat(backend.forCallsAtOnce(2).hash(new byte[1], new byte[16], Hashers.TINY))
        .isEqualTo(backend.hash(new byte[1], new byte[16], Hashers.TINY));

    Argon2Hasher hasher = new Argon2Hasher(Hashers.tinyBuilder(backend).permits(1));
    assertThat(hasher.hash(Password.of("x")).encoded()).startsWith("$argon2id$");
    assertThat(Thread.getAllStackTraces().keySet())
        .anyMatch(thread -> thread.getName().equals("thingward-argon2"));
    assertThat(hasher.backend()).isSameAs(backend);
  }

  @Test
  void call_thatFails_throwsWithItsMessageAndBothTraces() {
    HashThreads threads = new HashThreads(1);
    IllegalStateException failure = new IllegalStateException("Memory allocation error (-22)");
    assertThatThrownBy(
            () ->
                threads.call(
                    () -> {
                      throw failure;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Memory allocation error (-22)")
        .hasRootCause(failure);
    assertThat(threads.call(() -> "next")).isEqualTo("next");
  }

  @Test
  void call_withAnError_throwsIt() {
    HashThreads threads = new HashThreads(1);
    OutOfMemoryError error = new OutOfMemoryError("none left");
    assertThatThrownBy(
            () ->
                threads.call(
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(threads.call(() -> "next")).isEqualTo("next");
  }

  @Test
  @DisplayName("an interrupt does not abandon work that still reads the password, and is not lost")
  void call_byAnInterruptedThread_waitsForItsEnd() throws Exception {
    HashThreads threads = new HashThreads(1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean endedBeforeReturn = new AtomicBoolean();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              boolean unused =
                  threads.call(
                      () -> {
                        started.countDown();
                        await(mayEnd);
                        ended.set(true);
                        return true;
                      });
              endedBeforeReturn.set(ended.get());
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    started.await();
    caller.interrupt();
    mayEnd.countDown();
    caller.join();
    assertThat(endedBeforeReturn).isTrue();
    assertThat(stillInterrupted).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
