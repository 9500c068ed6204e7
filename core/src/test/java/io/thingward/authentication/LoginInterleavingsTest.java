package io.thingward.authentication;

import static io.thingward.testing.People.OTHER;
import static io.thingward.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.Subject;
import io.thingward.management.ActivationCode;
import io.thingward.model.PrincipalId;
import io.thingward.password.HasherBusyException;
import io.thingward.testing.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/*
 * Nodes share nothing but the store and the hasher, and a call's effects there are atomic. So all that
 * another call can do to a login is to happen, whole, before or after one of its calls to them: every
 * one of these is tried.
 */
class LoginInterleavingsTest {
  /* Runs once, before or after the n-th call of what it disturbs. */
  private static final class Intruder {
    private final Runnable action;
    private final boolean after;
    private int left;
    boolean ran;

    Intruder(int call, boolean after, Runnable action) {
      this.left = call;
      this.after = after;
      this.action = action;
    }

    void enter(People people) {
      people.platform.stores.disturb(
          (call, real) -> {
            boolean now = !ran && left-- == 0;
            if (now && !after) {
              run(people);
            }
            Object answer = real.run();
            if (now && after) {
              run(people);
            }
            return answer;
          });
      people.hasher.beforeVerify(
          () -> {
            if (!ran && left-- == 0) {
              run(people);
            }
            return false;
          });
    }

    private void run(People people) {
      ran = true;
      people.platform.stores.calm();
      people.hasher.beforeVerify(() -> false);
      action.run();
    }
  }

  private static Arguments way(String name, BiConsumer<People, PrincipalId> way) {
    return Arguments.of(name, way);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        way("suspension", (p, ann) -> p.host.users().suspend(ann)),
        way(
            "suspension and resumption",
            (p, ann) -> {
              p.host.users().suspend(ann);
              p.host.users().resume(ann);
            }),
        way("logout everywhere", (p, ann) -> p.host.sessions(ann).endAll()),
        way("forced change", (p, ann) -> p.host.users().forcePasswordChange(ann).close()),
        way(
            "password change",
            (p, ann) -> {
              try (ActivationCode code = p.host.users().issueActivation(ann)) {
                assertThat(p.activate(code, OTHER).toOptional()).isPresent();
              }
            }),
        way("deletion", (p, ann) -> p.host.users().delete(ann)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  @DisplayName("R9 whatever ends sessions wins against every login that it overlaps")
  void ending_winsAgainstLogin(String name, BiConsumer<People, PrincipalId> ending) {
    for (boolean after : new boolean[] {false, true}) {
      boolean ran = true;
      for (int call = 0; ran; call++) {
        try (People people = new People()) {
          PrincipalId ann = people.join("ann");
          Login earlier = people.login("ann", PASSWORD).orElseThrow();
          Intruder intruder = new Intruder(call, after, () -> ending.accept(people, ann));
          intruder.enter(people);
          Authentication<Login> outcome = people.login("ann", PASSWORD);
          ran = intruder.ran;
          if (!ran) {
            assertThat(outcome.toOptional()).isPresent();
            assertThat(call).isGreaterThan(5);
          } else {
            assertThat(people.isAlive(earlier)).isFalse();
            boolean userReadLater = call == 0 || (call == 1 && !after); // first its name, then it
            if (!userReadLater) {
              assertThat(outcome.toOptional().filter(login -> login.subject().isActive()))
                  .isEmpty();
              assertThat(outcome.toOptional().filter(people::isAlive)).isEmpty();
            }
          }
        }
      }
    }
  }

  @Test
  @DisplayName("B07 R9 an authentication that begins after a logout fails; one it overlaps is dead")
  void logout_winsAgainstAuthentication() {
    for (boolean after : new boolean[] {false, true}) {
      boolean ran = true;
      for (int call = 0; ran; call++) {
        try (People people = new People()) {
          PrincipalId ann = people.join("ann");
          Login login = people.login("ann", PASSWORD).orElseThrow();
          people.platform.time.pass(Duration.ofSeconds(2)); // what is cached has to be read
          Intruder intruder =
              new Intruder(call, after, () -> people.host.sessions(ann).end(login.session().id()));
          intruder.enter(people);
          Authentication<Subject> outcome = people.present(login.session());
          ran = intruder.ran;
          if (ran) {
            assertThat(outcome.toOptional().filter(Subject::isActive)).isEmpty();
            assertThat(people.isAlive(login)).isFalse();
          } else {
            assertThat(outcome.toOptional()).isPresent();
            assertThat(call).isGreaterThan(1);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("B10 a password change wins against the upgrade of the old hash, wherever it comes")
  void passwordChange_winsAgainstUpgrade() {
    for (boolean after : new boolean[] {false, true}) {
      boolean ran = true;
      for (int call = 0; ran; call++) {
        try (People people = new People()) {
          PrincipalId ann = people.join("ann");
          people.hasher.version(2);
          Intruder intruder =
              new Intruder(
                  call,
                  after,
                  () -> {
                    try (ActivationCode code = people.host.users().issueActivation(ann)) {
                      assertThat(people.activate(code, OTHER).toOptional()).isPresent();
                    }
                  });
          intruder.enter(people);
          people.login("ann", PASSWORD);
          ran = intruder.ran;
          people.platform.stores.calm();
          people.hasher.beforeVerify(() -> false);
          assertThat(people.login("ann", OTHER).toOptional().isPresent()).isEqualTo(ran);
          assertThat(people.login("ann", PASSWORD).toOptional().isPresent()).isEqualTo(!ran);
        }
      }
    }
  }

  @Test
  @DisplayName("B10 a password change wins against an upgrade whose hash is being computed")
  void passwordChange_winsAgainstUpgradeInFlight() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      people.hasher.version(2);
      people.hasher.beforeHash(
          () -> {
            people.hasher.beforeHash(() -> false);
            try (ActivationCode code = people.host.users().issueActivation(ann)) {
              assertThat(people.activate(code, OTHER).toOptional()).isPresent();
            }
            return false;
          });
      Login login = people.login("ann", PASSWORD).orElseThrow();
      assertThat(people.isAlive(login)).isFalse();
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.login("ann", OTHER).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName(
      "B10 an upgrade that fails or finds the hasher busy leaves the login and the old hash")
  void failingUpgrade_isIgnored() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      people.hasher.version(2);
      people.hasher.beforeHash(
          () -> {
            throw new HasherBusyException("full");
          });
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      people.hasher.beforeHash(() -> true);
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.record(ann).password().orElseThrow().encoded()).startsWith("$fake$1$");
      people.hasher.beforeHash(() -> false);
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.record(ann).password().orElseThrow().encoded()).startsWith("$fake$2$");
    }
  }

  @Test
  @DisplayName("B03 of 200 guesses at the same time no more are examined than one after the other")
  void parallelGuesses_areLimited() throws Exception {
    int threads = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try (People people = new People()) {
      people.join("ann");
      List<Future<Authentication<Login>>> guesses = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String source = "198.51.100." + i;
        guesses.add(
            pool.submit(
                () -> {
                  start.await();
                  return people.loginFrom(source, "ann", OTHER);
                }));
      }
      int later = 0;
      for (Future<Authentication<Login>> guess : guesses) {
        later += guess.get() instanceof Authentication.TryLater ? 1 : 0;
      }
      assertThat(people.hasher.takeHashes()).isEqualTo(5);
      assertThat(later).isEqualTo(threads - 5);
    } finally {
      pool.shutdownNow();
    }
  }
}
