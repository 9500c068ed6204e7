package io.thingward.authentication;

import static io.thingward.testing.People.OTHER;
import static io.thingward.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.credential.Secret;
import io.thingward.error.UnavailableException;
import io.thingward.management.ActivationCode;
import io.thingward.model.PrincipalId;
import io.thingward.password.HasherBusyException;
import io.thingward.password.PasswordRejectedException;
import io.thingward.store.UserRecord;
import io.thingward.testing.People;
import io.thingward.throttle.ThrottlePolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
  private static final Authentication<PrincipalId> REFUSED = new Authentication.Refused<>();

  @Test
  @DisplayName("A08 an activation code sets a password once, and logs nobody in")
  void code_worksOnce() {
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      assertThat(people.activate(code, PASSWORD))
          .isEqualTo(new Authentication.Authenticated<>(code.user()));
      assertThat(people.stored(code.user())).isEmpty();
      assertThat(people.activate(code, OTHER)).isEqualTo(REFUSED);
      assertThat(people.platform.audit.lastReason()).isEqualTo("NO_CODE");
      assertThat(people.login("ann", OTHER).toOptional()).isEmpty();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("A08 of many who redeem one code at the same time, one sets the password")
  void code_redeemedByManyAtOnce_worksOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      List<Callable<Authentication<PrincipalId>>> calls =
          Collections.nCopies(8, () -> people.activate(code, PASSWORD));
      int winners = 0;
      for (Future<Authentication<PrincipalId>> call : threads.invokeAll(calls)) {
        winners += call.get().toOptional().isPresent() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  @DisplayName("A08 an activation code counts for 24 hours, to the millisecond")
  void code_ends(long late) {
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      people.platform.time.pass(Duration.ofHours(24).plusMillis(late));
      assertThat(people.activate(code, PASSWORD).toOptional().isPresent()).isEqualTo(late < 0);
    }
  }

  @Test
  @DisplayName("A08 a newer code replaces an older one; a forgotten password counts until then")
  void newerCode_replacesOlder() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      ActivationCode first = people.host.users().issueActivation(ann);
      ActivationCode second = people.host.users().issueActivation(ann);
      assertThat(people.activate(first, OTHER)).isEqualTo(REFUSED);
      assertThat(people.platform.audit.lastReason()).isEqualTo("WRONG_CODE");
      Login before = people.login("ann", PASSWORD).orElseThrow();
      assertThat(people.activate(second, OTHER).toOptional()).contains(ann);
      assertThat(people.isAlive(before)).isFalse();
      assertThat(people.login("ann", PASSWORD).toOptional()).isEmpty();
      assertThat(people.login("ann", OTHER).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("R26 after a forced change login is refused until a code has set a new password")
  void forcedChange_needsCode() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login before = people.login("ann", PASSWORD).orElseThrow();
      ActivationCode code = people.host.users().forcePasswordChange(ann);
      assertThat(people.isAlive(before)).isFalse();
      assertThat(people.host.users().get(ann).hasPassword()).isFalse();
      people.settle();
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
      assertThat(people.activate(code, OTHER).toOptional()).contains(ann);
      assertThat(people.login("ann", OTHER).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("A29 activation allows password login again, and resets the throttle")
  void activation_endsStop() {
    ThrottlePolicy policy = ThrottlePolicy.builder().hardStop(10).failuresBeforeDelay(9).build();
    try (People people = new People(builder -> builder.throttle(policy))) {
      PrincipalId ann = people.join("ann");
      for (int i = 0; i < 10; i++) {
        assertThat(people.login("ann", OTHER)).isInstanceOf(Authentication.Refused.class);
        people.platform.time.pass(Duration.ofMinutes(1));
      }
      assertThat(people.record(ann).passwordLoginStopped()).isTrue();
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.TryLater.class);
      assertThat(people.activate(people.host.users().issueActivation(ann), OTHER).toOptional())
          .contains(ann);
      assertThat(people.login("ann", OTHER).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("R26 every wrong code looks the same, and costs the same, without a slow hash")
  void wrongCodes_areAlike() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      people.join("cid");
      ActivationCode anns = people.host.users().issueActivation(ann);
      ActivationCode bobs = people.host.users().create("bob").activation().orElseThrow();
      ActivationCode eves = people.host.users().create("eve").activation().orElseThrow();
      people.host.users().suspend(eves.user());
      people.settle();
      record Wrong(String reason, String username, Secret code) {}
      List<Wrong> wrong =
          List.of(
              new Wrong("UNKNOWN", "nobody", anns.code()),
              new Wrong("WRONG_CODE", "ann", bobs.code()),
              new Wrong("NO_CODE", "cid", anns.code()),
              new Wrong("PRINCIPAL_SUSPENDED", "eve", eves.code()));
      for (Wrong one : wrong) {
        assertThat(people.activate(one.username(), one.code(), PASSWORD)).isEqualTo(REFUSED);
        assertThat(people.platform.audit.lastReason()).isEqualTo(one.reason());
        assertThat(people.platform.stores.takeCalls())
            .containsExactly("principals.findClaim", "principals.find");
      }
      String token = new String(anns.code().reveal());
      String session = new String(people.session(ann).session().secret().reveal());
      people.settle();
      for (String malformed :
          List.of("", "x", token + "0", token.replace("tw_r_", "tw_s_"), session, " " + token)) {
        assertThat(people.activate("ann", Secret.of(malformed), PASSWORD)).isEqualTo(REFUSED);
      }
      assertThat(people.activate("no name ", anns.code(), PASSWORD)).isEqualTo(REFUSED);
      assertThat(people.platform.stores.takeCalls()).isEmpty();
      assertThat(people.hasher.takeHashes()).isZero();
      assertThat(people.activate(anns, OTHER).toOptional()).contains(ann);
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("A30 who floods a name cannot keep its owner from setting a password")
  void flood_doesNotStopActivation() {
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      for (int i = 0; i < 200; i++) {
        assertThat(people.login("ann", OTHER).toOptional()).isEmpty();
        assertThat(people.activate("ann", Secret.of("tw_r_x"), OTHER)).isEqualTo(REFUSED);
      }
      assertThat(people.activate(code, PASSWORD).toOptional()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "too short 1234",
        "Ann@Acme.ExampleAnn@Acme.Example",
        "Thingward Platform",
        "half a character \ud800 here"
      })
  @DisplayName("A01 A06 a password that the policy refuses sets nothing, and the code still counts")
  void refusedPassword_changesNothing(String password) {
    try (People people = new People();
        ActivationCode code =
            people.host.users().create("ann@acme.example").activation().orElseThrow()) {
      UserRecord before = people.record(code.user());
      people.settle();
      assertThatThrownBy(() -> people.activate(code, password))
          .isInstanceOf(PasswordRejectedException.class)
          .hasMessageNotContaining(password);
      assertThat(people.record(code.user())).isEqualTo(before);
      assertThat(people.hasher.takeHashes()).isZero();
      assertThat(people.platform.audit.take().toString()).contains("PASSWORD_REJECTED");
      assertThat(people.activate(code, PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("R26 a busy or broken hasher sets nothing, and the code still counts")
  void brokenHasher_changesNothing() {
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      UserRecord before = people.record(code.user());
      people.hasher.beforeHash(
          () -> {
            throw new HasherBusyException("full");
          });
      assertThat(people.activate(code, PASSWORD)).isInstanceOf(Authentication.TryLater.class);
      people.hasher.beforeHash(() -> true);
      assertThatThrownBy(() -> people.activate(code, PASSWORD))
          .isInstanceOf(UnavailableException.class);
      assertThat(people.platform.audit.last().kind()).isEqualTo(AuditKind.UNAVAILABLE);
      assertThat(people.record(code.user())).isEqualTo(before);
      people.hasher.beforeHash(() -> false);
      assertThat(people.activate(code, PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("R8 a code is shown where it is issued, and nowhere after")
  void code_isShownOnce() {
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      String text = new String(code.code().reveal());
      assertThat(text).startsWith("tw_r_").matches(people.thingward.leakPattern());
      String secret = text.substring(27, 70);
      people.activate(code, PASSWORD);
      assertThat(List.of(code, people.record(code.user()), people.platform.audit.take()).toString())
          .doesNotContain(secret);
    }
  }

  @Test
  @DisplayName("R26 activation is audited with its precise reason")
  void activation_isAudited() {
    try (People people = new People();
        ActivationCode code = people.host.users().create("ann").activation().orElseThrow()) {
      people.activate(code, PASSWORD);
      AuditEvent.Authentication event = (AuditEvent.Authentication) people.platform.audit.last();
      assertThat(event.kind()).isEqualTo(AuditKind.AUTHENTICATED);
      assertThat(event.method()).isEqualTo("activation-code");
      assertThat(event.principal()).contains(code.user());
      assertThat(event.context()).isEqualTo(People.HOME);
    }
  }
}
