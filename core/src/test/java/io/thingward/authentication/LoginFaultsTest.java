package io.thingward.authentication;

import static io.thingward.testing.People.OTHER;
import static io.thingward.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.thingward.error.UnavailableException;
import io.thingward.management.ActivationCode;
import io.thingward.model.PrincipalId;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UserRecord;
import io.thingward.testing.ObservedStores;
import io.thingward.testing.People;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/* Every store call of a login and of an activation fails, in every way, before and after its effect. */
class LoginFaultsTest {
  private static Arguments way(String name, ObservedStores.Disturbance fault) {
    return Arguments.of(name, fault);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        way(
            "the deadline passes",
            (call, real) -> {
              throw new StoreUnavailableException("deadline");
            }),
        way(
            "it throws what it may not",
            (call, real) -> {
              throw new IllegalStateException("values: " + PASSWORD);
            }),
        way("it answers null", (call, real) -> null),
        way(
            "the deadline passes after the effect",
            (call, real) -> {
              Object unused = real.run();
              throw new StoreUnavailableException("deadline");
            }),
        way(
            "it answers null after the effect",
            (call, real) -> {
              Object unused = real.run();
              return null;
            }));
  }

  /* Lets the n-th call of the primary stores fail; tells whether there was one. */
  private static boolean[] failAt(People people, int at, ObservedStores.Disturbance fault) {
    int[] left = {at};
    boolean[] ran = {false};
    people.platform.stores.disturb(
        (call, real) -> {
          if (!call.startsWith("sessionUses.") && left[0]-- == 0) {
            ran[0] = true;
            return fault.answer(call, real);
          }
          return real.run();
        });
    return ran;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @DisplayName("R26 no fault of a store becomes a login or a refusal, and no session is left")
  void fault_isNoLogin(String name, ObservedStores.Disturbance fault) {
    boolean ran = true;
    for (int at = 0; ran; at++) {
      try (People people = new People()) {
        PrincipalId ann = people.join("ann");
        for (int again = 0; again < 8; again++) {
          boolean[] failed = failAt(people, at, fault);
          try {
            Authentication<Login> outcome = people.login("ann", PASSWORD);
            ran = failed[0];
            if (ran) {
              fail("call %s: %s", at, outcome);
            }
            assertThat(outcome.toOptional()).isPresent();
            assertThat(at).isGreaterThan(5);
            break;
          } catch (UnavailableException unavailable) {
            assertThat(unavailable.toString() + unavailable.getCause()).doesNotContain(PASSWORD);
            assertThat(people.platform.audit.lastReason()).isEqualTo("UNAVAILABLE");
            assertThat(people.stored(ann)).isEmpty();
          }
        }
        // nothing of this was counted as a guess
        people.platform.stores.calm();
        assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @DisplayName("R23 an activation that meets a fault is done whole or not at all")
  void fault_isNoHalfActivation(String name, ObservedStores.Disturbance fault) {
    boolean ran = true;
    for (int at = 0; ran; at++) {
      try (People people = new People();
          ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
        UserRecord before = people.record(code.user());
        boolean[] failed = failAt(people, at, fault);
        Optional<PrincipalId> activated;
        try {
          activated = people.activate(code, PASSWORD).toOptional();
          assertThat(activated).isPresent();
        } catch (UnavailableException unavailable) {
          activated = Optional.empty();
        }
        ran = failed[0];
        people.platform.stores.calm();
        if (activated.isPresent()) {
          assertThat(people.activate(code, OTHER)).isInstanceOf(Authentication.Refused.class);
        } else {
          assertThat(people.record(code.user())).isEqualTo(before);
          assertThat(people.activate(code, PASSWORD).toOptional()).isPresent();
        }
        assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      }
    }
  }
}
