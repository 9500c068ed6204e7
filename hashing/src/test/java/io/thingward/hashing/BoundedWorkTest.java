package io.thingward.hashing;

import static io.thingward.hashing.Hashers.stored;
import static io.thingward.hashing.Hashers.tinyBuilder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.PasswordHash;
import io.thingward.password.HasherBusyException;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A13, B02: what runs and waits at once is bounded. */
@Timeout(60)
class BoundedWorkTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Password PASSWORD = Password.of("x");

  /** Runs only as many hashes as it is told to end. */
  private static final class BlockingBackend extends FakeBackend {
    final Semaphore mayEnd = new Semaphore(0);
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger peak = new AtomicInteger();
    final List<String> order = new CopyOnWriteArrayList<>();

    @Override
    void during() {
      peak.accumulateAndGet(running.incrementAndGet(), Math::max);
      order.add(Thread.currentThread().getName());
      mayEnd.acquireUninterruptibly();
      running.decrementAndGet();
    }
  }

  private final BlockingBackend backend = new BlockingBackend();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    backend.mayEnd.release(1_000_000);
    threads.shutdownNow();
  }

  private Argon2Hasher hasher(int permits, int queue, Duration maxWait) {
    return new Argon2Hasher(tinyBuilder(backend).permits(permits).queue(queue).maxWait(maxWait));
  }

  @CanIgnoreReturnValue
  private static Thread start(String name, Supplier<?> call) {
    Thread thread =
        new Thread(
            () -> {
              Object unused = call.get();
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
      Thread.onSpinWait();
    }
  }

  /** Until the thread stands in the queue: it counts as waiting a moment earlier. */
  private static void awaitTurnTaken(Thread thread) {
    await(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  @DisplayName("of 64 callers 4 run, 10 wait and 50 are refused")
  void hash_by64Threads_isBounded() throws Exception {
    Argon2Hasher hasher = hasher(4, 10, LONG);
    List<Future<PasswordHash>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(threads.submit(() -> hasher.hash(PASSWORD)));
    }
    await(() -> hasher.refusals() == 50 && backend.running.get() == 4 && hasher.waiting() == 10);
    assertThat(backend.calls).hasValue(4);

    backend.mayEnd.release(64);
    int done = 0;
    int busy = 0;
    for (Future<PasswordHash> call : calls) {
      try {
        assertThat(call.get().encoded()).startsWith("$argon2id$");
        done++;
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOf(HasherBusyException.class)
            .hasMessage("10 password hashes wait already");
        busy++;
      }
    }
    assertThat(done).isEqualTo(14);
    assertThat(busy).isEqualTo(50);
    assertThat(backend.peak).hasValue(4);
    assertThat(backend.calls).hasValue(14);
    assertThat(hasher.waiting()).isZero();
    assertThat(hasher.refusals()).isEqualTo(50);
  }

  @Test
  void hashAndVerify_shareTheBound() {
    Argon2Hasher hasher = hasher(1, 0, LONG);
    start("holder", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 1);
    PasswordHash stored =
        stored(new Argon2Hash(Hashers.TINY, new byte[16], new byte[32]).encoded());
    assertThatThrownBy(() -> hasher.verify(PASSWORD, stored))
        .isInstanceOf(HasherBusyException.class)
        .hasMessage("0 password hashes wait already");
    assertThat(backend.calls).hasValue(1);
    assertThat(hasher.verify(PASSWORD, stored("unreadable"))).isEqualTo(Verification.UNREADABLE);
  }

  @Test
  void legacy_sharesTheBound() {
    Argon2Hasher hasher =
        new Argon2Hasher(tinyBuilder(backend).permits(1).queue(0).legacy(LegacyVerifier.pbkdf2()));
    start("holder", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 1);
    String imported =
        "$pbkdf2-sha256$i=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assertThatThrownBy(() -> hasher.verify(PASSWORD, stored(imported)))
        .isInstanceOf(HasherBusyException.class);
    backend.mayEnd.release();
    await(() -> backend.running.get() == 0);
    await(() -> isFree(hasher, imported));
  }

  private static boolean isFree(Argon2Hasher hasher, String stored) {
    try {
      return hasher.verify(PASSWORD, stored(stored)) == Verification.MISMATCH;
    } catch (HasherBusyException e) {
      return false;
    }
  }

  @Test
  void hash_afterTheWait_isRefused() {
    Argon2Hasher hasher = hasher(1, 5, Duration.ofNanos(1));
    start("holder", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 1);
    assertThatThrownBy(() -> hasher.hash(PASSWORD))
        .isInstanceOf(HasherBusyException.class)
        .hasMessageContaining("PT0.000000001S")
        .hasMessageContaining("1");
    assertThat(hasher.waiting()).isZero();
    assertThat(hasher.refusals()).isEqualTo(1);
    assertThat(backend.calls).hasValue(1);
  }

  @Test
  void hash_ofThoseWhoWait_isInOrder() {
    Argon2Hasher hasher = hasher(1, 10, LONG);
    start("holder", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 1);
    for (int i = 0; i < 5; i++) {
      Thread waiter = start("waiter " + i, () -> hasher.hash(PASSWORD));
      awaitTurnTaken(waiter);
      assertThat(hasher.waiting()).isEqualTo(i + 1);
    }
    backend.mayEnd.release(6);
    await(() -> backend.order.size() == 6);
    assertThat(backend.order)
        .containsExactly("holder", "waiter 0", "waiter 1", "waiter 2", "waiter 3", "waiter 4");
    assertThat(backend.peak).hasValue(1);
  }

  @Test
  @DisplayName("an interrupt ends the wait, is not lost, and takes no permit along")
  void hash_interruptedWhileWaiting_isRefused() throws Exception {
    Argon2Hasher hasher = hasher(1, 10, LONG);
    start("holder", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 1);
    AtomicBoolean refused = new AtomicBoolean();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread waiter =
        start(
            "waiter",
            () -> {
              try {
                return hasher.hash(PASSWORD);
              } catch (HasherBusyException e) {
                refused.set(true);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
                return e;
              }
            });
    await(() -> hasher.waiting() == 1);
    waiter.interrupt();
    waiter.join();
    assertThat(refused).isTrue();
    assertThat(stillInterrupted).isTrue();
    assertThat(hasher.waiting()).isZero();
    assertThat(backend.calls).hasValue(1);

    backend.mayEnd.release(2);
    assertThat(hasher.hash(PASSWORD).encoded()).startsWith("$argon2id$");
  }

  @Test
  void hash_byAnInterruptedThread_isRefused() {
    Argon2Hasher hasher = hasher(1, 10, LONG);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> hasher.hash(PASSWORD)).isInstanceOf(HasherBusyException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(backend.calls).hasValue(0);

    backend.mayEnd.release();
    assertThat(hasher.hash(PASSWORD).encoded()).startsWith("$argon2id$");
  }

  @Test
  @DisplayName("a stored hash of more memory takes more permits, so that memory stays bounded")
  void verify_ofAHashOfMoreMemory_takesMorePermits() {
    Argon2Hasher hasher = hasher(4, 10, LONG);
    PasswordHash threefold =
        stored(
            new Argon2Hash(new Argon2Cost(17, 1, 1, 16, 32), new byte[16], new byte[32]).encoded());
    start("threefold", () -> hasher.verify(PASSWORD, threefold));
    await(() -> backend.running.get() == 1);
    start("fourth", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 2);
    start("fifth", () -> hasher.hash(PASSWORD));
    await(() -> hasher.waiting() == 1);
    assertThat(backend.running).hasValue(2);
    backend.mayEnd.release(3);
    await(() -> backend.order.size() == 3);
    assertThat(backend.order).containsExactly("threefold", "fourth", "fifth");
  }

  @Test
  @DisplayName("a stored hash of the most memory runs alone, and nobody overtakes it")
  void verify_ofAHashOfTheMostMemory_runsAlone() {
    Argon2Hasher hasher = hasher(2, 10, LONG);
    PasswordHash huge =
        stored(
            new Argon2Hash(new Argon2Cost(262_144, 1, 1, 16, 32), new byte[16], new byte[32])
                .encoded());
    start("holder", () -> hasher.hash(PASSWORD));
    await(() -> backend.running.get() == 1);
    awaitTurnTaken(start("huge", () -> hasher.verify(PASSWORD, huge)));
    assertThat(hasher.waiting()).isEqualTo(1);
    awaitTurnTaken(start("small", () -> hasher.hash(PASSWORD)));
    assertThat(hasher.waiting()).isEqualTo(2);
    assertThat(backend.running).as("one permit is free, and the next wants two").hasValue(1);
    backend.mayEnd.release();
    await(() -> backend.order.size() == 2);
    assertThat(hasher.waiting()).isEqualTo(1);
    backend.mayEnd.release(2);
    await(() -> backend.order.size() == 3);
    assertThat(backend.order).containsExactly("holder", "huge", "small");
  }
}
