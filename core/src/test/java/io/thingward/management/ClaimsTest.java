package io.thingward.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.error.ConflictException;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.Platform;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/*
 * Two calls want one name. Each is a sequence of store calls, which are atomic: every order of the two
 * sequences is played, as a word over "the first moves" and "the second moves".
 */
class ClaimsTest {
  private static final PrincipalId ANN = PrincipalId.of("u-ann");
  private static final PrincipalId BOB = PrincipalId.of("u-bob");
  private static final Username WANTED = new Username("wanted");
  private static final int MOVES = 6; // of one call, after which both run freely

  static Stream<Arguments> contenders() {
    Consumer<Platform> nothing = platform -> {};
    Consumer<Platform> both =
        platform -> {
          platform.host.users().create(ANN, "ann").close();
          platform.host.users().create(BOB, "bob").close();
        };
    Consumer<Platform> left =
        platform ->
            assertThat(
                    platform
                        .memory
                        .principals()
                        .insertClaim(
                            new UsernameClaim(WANTED, platform.version(), PrincipalId.of("gone"))))
                .isTrue();
    Contender annCreated = users -> users.create(ANN, "wanted").close();
    Contender bobCreated = users -> users.create(BOB, "wanted").close();
    Contender annRenamed = users -> users.rename(ANN, "wanted");
    Contender bobRenamed = users -> users.rename(BOB, "wanted");
    return Stream.of(
        Arguments.of("two are created", nothing, annCreated, bobCreated),
        Arguments.of("two are created, a void claim was left", left, annCreated, bobCreated),
        Arguments.of("two are renamed", both, annRenamed, bobRenamed),
        Arguments.of(
            "one is created, one is renamed",
            (Consumer<Platform>) platform -> platform.host.users().create(BOB, "bob").close(),
            annCreated,
            bobRenamed));
  }

  /* A call that wants the name. */
  private interface Contender {
    void run(Users users);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contenders")
  @DisplayName("R2 of two who want a name at the same time at most one gets it, in every order")
  void name_isUnique(String name, Consumer<Platform> prepare, Contender first, Contender second)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int order = 0; order < 1 << (2 * MOVES); order++) {
        if (Integer.bitCount(order) == MOVES) {
          play(order, prepare, first, second, threads);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void play(
      int order,
      Consumer<Platform> prepare,
      Contender first,
      Contender second,
      ExecutorService threads)
      throws Exception {
    try (Platform platform = new Platform()) {
      prepare.accept(platform);
      Turns turns = new Turns(order);
      platform.stores.disturb(turns);
      Future<Boolean> one =
          threads.submit(() -> turns.play(0, () -> first.run(platform.host.users())));
      Future<Boolean> other =
          threads.submit(() -> turns.play(1, () -> second.run(platform.host.users())));
      boolean annHasIt = one.get();
      boolean bobHasIt = other.get();
      platform.stores.calm();
      assertThat(annHasIt && bobHasIt).as("order %x", order).isFalse();
      Optional<PrincipalId> owner = platform.host.users().findByUsername("wanted").map(User::id);
      if (annHasIt || bobHasIt) {
        assertThat(owner).as("order %x", order).contains(annHasIt ? ANN : BOB);
      }
      List<PrincipalId> carriers =
          Stream.of(ANN, BOB)
              .filter(
                  id ->
                      platform
                          .memory
                          .principals()
                          .find(id)
                          .map(UserRecord.class::cast)
                          .flatMap(UserRecord::username)
                          .filter(WANTED::equals)
                          .isPresent())
              .toList();
      assertThat(carriers).as("order %x", order).isEqualTo(owner.stream().toList());
    }
  }

  /* Lets the two move in an order; who has no move left in it runs freely, as do both in the end. */
  private static final class Turns implements ObservedStores.Disturbance {
    private final ThreadLocal<Integer> self = new ThreadLocal<>();
    private final Semaphore[] mayMove = {new Semaphore(0), new Semaphore(0)};
    private final boolean[] over = {false, false};
    private final int order;
    private int next;

    Turns(int order) {
      this.order = order;
      advance();
    }

    boolean play(int who, Runnable call) {
      self.set(who);
      try {
        call.run();
        return true;
      } catch (ConflictException taken) {
        return false;
      } finally {
        end(who);
      }
    }

    @Override
    public Object answer(String call, ObservedStores.Real real) throws Throwable {
      Integer who = self.get();
      if (who == null) {
        return real.run();
      }
      mayMove[who].acquire();
      try {
        return real.run();
      } finally {
        advance();
      }
    }

    private synchronized void end(int who) {
      over[who] = true;
      if (mayMove[who].tryAcquire()) { // the turn was given to one who is done
        advance();
      }
    }

    private synchronized void advance() {
      while (next < 2 * MOVES) {
        int who = order >> next++ & 1;
        if (!over[who]) {
          mayMove[who].release();
          return;
        }
      }
      mayMove[0].release(1_000);
      mayMove[1].release(1_000);
    }
  }
}
