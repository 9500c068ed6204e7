package io.thingward.authentication;

import static io.thingward.testing.People.HOME;
import static io.thingward.testing.People.OTHER;
import static io.thingward.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.SubjectKind;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.credential.Pepper;
import io.thingward.error.UnavailableException;
import io.thingward.management.ActivationCode;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.password.HasherBusyException;
import io.thingward.password.Password;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UserRecord;
import io.thingward.testing.FakeHasher;
import io.thingward.testing.People;
import io.thingward.testing.Platform;
import io.thingward.throttle.ThrottlePolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private static final Authentication<Login> REFUSED = new Authentication.Refused<>();

  private static Password typed(String text) {
    return Password.of(text);
  }

  @Test
  @DisplayName("R9 a right password begins a session that speaks for the user, with its two ends")
  void rightPassword_beginsSession() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann@acme.example");
      Login login = people.login("Ann@Acme.Example", PASSWORD).orElseThrow();
      assertThat(login.subject().kind()).isEqualTo(SubjectKind.USER);
      assertThat(login.subject().principal()).contains(ann);
      assertThat(login.subject().isActive()).isTrue();
      assertThat(login.session().value()).isEqualTo(login.subject().credential());
      assertThat(login.session().value().endsAt())
          .contains(people.platform.time.instant().plus(Duration.ofHours(12)));
      assertThat(people.present(login.session()).orElseThrow().principal()).contains(ann);
    }
  }

  @Test
  @DisplayName("R9 a session comes from the epoch that was read before the password was hashed")
  void login_costsTheseCallsAndOneHash() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      people.platform.stores.takeCalls();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
      assertThat(people.platform.stores.takeCalls())
          .containsExactly(
              "principals.findClaim",
              "principals.find",
              "sessions.insert",
              "sessions.find",
              "principals.find",
              "sessions.list");
      assertThat(people.stored(ann)).hasSize(1);
    }
  }

  /* How a failing login comes about: prepares ann's account, and names what is typed. */
  private record Failure(
      String reason, BiConsumer<People, PrincipalId> prepare, String username, String password) {}

  private static void put(
      People people, PrincipalId ann, UnaryOperator<UserRecord.Builder> change) {
    UserRecord now = people.record(ann);
    assertThat(
            people
                .platform
                .stores
                .principals()
                .replace(
                    change
                        .apply(now.toBuilder())
                        .version(new Version(now.version().sequence() + 1, now.version().change()))
                        .build(),
                    now.version()))
        .isTrue();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
            new Failure("UNKNOWN", (p, ann) -> {}, "nobody", PASSWORD),
            new Failure("MALFORMED", (p, ann) -> {}, "an\u0131n ", PASSWORD),
            new Failure("MALFORMED", (p, ann) -> {}, "", PASSWORD),
            new Failure("MALFORMED", (p, ann) -> {}, "a".repeat(100_000), PASSWORD),
            new Failure("WRONG_PASSWORD", (p, ann) -> {}, "ann", OTHER),
            new Failure("MALFORMED_PASSWORD", (p, ann) -> {}, "ann", ""),
            new Failure("MALFORMED_PASSWORD", (p, ann) -> {}, "ann", PASSWORD.repeat(100)),
            new Failure("MALFORMED_PASSWORD", (p, ann) -> {}, "ann", PASSWORD + "\ud800"),
            new Failure("UNKNOWN", (p, ann) -> {}, "nobody", "\ud800"),
            new Failure(
                "NO_PASSWORD",
                (p, ann) -> p.host.users().forcePasswordChange(ann).close(),
                "ann",
                PASSWORD),
            new Failure(
                "PRINCIPAL_SUSPENDED", (p, ann) -> p.host.users().suspend(ann), "ann", PASSWORD),
            new Failure(
                "PRINCIPAL_SUSPENDED",
                (p, ann) -> {
                  p.host
                      .users()
                      .setEnd(ann, Optional.of(p.platform.time.instant().plusSeconds(60)));
                  p.platform.time.pass(Duration.ofSeconds(60));
                },
                "ann",
                PASSWORD),
            new Failure(
                "PASSWORD_LOGIN_STOPPED",
                (p, ann) -> put(p, ann, user -> user.passwordLoginStopped(true)),
                "ann",
                PASSWORD),
            new Failure("UNKNOWN", (p, ann) -> p.host.users().delete(ann), "ann", PASSWORD),
            new Failure("UNKNOWN", (p, ann) -> p.host.users().rename(ann, "anna"), "ann", PASSWORD),
            new Failure(
                "UNREADABLE_HASH",
                (p, ann) ->
                    put(
                        p,
                        ann,
                        user ->
                            user.password(
                                Optional.of(new PasswordHash("$broken$", Optional.empty())))),
                "ann",
                PASSWORD),
            new Failure(
                "UNKNOWN_PEPPER",
                (p, ann) ->
                    put(
                        p,
                        ann,
                        user ->
                            user.password(
                                Optional.of(
                                    new PasswordHash(
                                        FakeHasher.made(1, PASSWORD).encoded(),
                                        Optional.of("lost"))))),
                "ann",
                PASSWORD))
        .map(f -> Arguments.of(f.reason(), f));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  @DisplayName("R26 B01 A31 every failing login costs one hash and looks the same from outside")
  void failingLogin_costsOneHash(String reason, Failure failure) {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      failure.prepare().accept(people, ann);
      people.settle();
      Authentication<Login> outcome = people.login(failure.username(), failure.password());
      assertThat(outcome).isEqualTo(REFUSED).hasToString(REFUSED.toString());
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
      assertThat(people.platform.audit.lastReason()).isEqualTo(reason);
      assertThat(people.platform.stores.takeCalls())
          .containsExactlyElementsOf(
              reason.equals("MALFORMED")
                  ? List.of()
                  : List.of("principals.findClaim", "principals.find"));
      assertThat(people.stored(ann)).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "R26 TryLater is the same for names that exist and names that do not, without a hash")
  void throttled_isAlikeForKnownAndUnknown() {
    try (People people = new People()) {
      people.join("ann");
      for (String name : List.of("ann", "nobody")) {
        for (int i = 0; i < 5; i++) {
          assertThat(people.loginFrom("198.51.100.1", name, OTHER)).isEqualTo(REFUSED);
        }
      }
      people.settle();
      Authentication<Login> known = people.loginFrom("198.51.100.1", "ann", PASSWORD);
      assertThat(known)
          .isEqualTo(new Authentication.TryLater<Login>(Duration.ofSeconds(1)))
          .isEqualTo(people.loginFrom("198.51.100.1", "nobody", PASSWORD));
      assertThat(people.hasher.takeHashes()).isZero();
      assertThat(people.platform.stores.takeCalls()).isEmpty();
      assertThat(people.platform.audit.take())
          .extracting(AuditEvent::kind)
          .containsExactly(AuditKind.DELAYED, AuditKind.DELAYED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "nobody", "no name "})
  @DisplayName("R26 a busy hasher is TryLater for every name, and no guess was taken")
  void busyHasher_isTryLater(String name) {
    try (People people = new People()) {
      people.join("ann");
      people.hasher.beforeVerify(
          () -> {
            throw new HasherBusyException("full");
          });
      for (int i = 0; i < 50; i++) {
        assertThat(people.login(name, PASSWORD))
            .isEqualTo(new Authentication.TryLater<Login>(Duration.ofSeconds(1)));
      }
      people.hasher.beforeVerify(() -> false);
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "nobody", "no name "})
  @DisplayName("R26 a hasher that throws or answers null is unavailable, never a login")
  void brokenHasher_isUnavailable(String name) {
    List<FakeHasher.Disturbance> broken =
        List.of(
            () -> true,
            () -> {
              throw new IllegalStateException("the deadline has passed, " + PASSWORD);
            },
            () -> {
              throw new OutOfMemoryError(PASSWORD);
            });
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      for (FakeHasher.Disturbance disturbance : broken) {
        people.hasher.beforeVerify(disturbance);
        assertThatThrownBy(() -> people.login(name, PASSWORD))
            .isInstanceOf(UnavailableException.class)
            .hasMessageNotContaining(PASSWORD)
            .hasNoCause();
        assertThat(people.platform.audit.last().kind()).isEqualTo(AuditKind.UNAVAILABLE);
      }
      assertThat(people.stored(ann)).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "A29 100 failures in a row stop password login, and nothing else, until allowed again")
  void hardStop_endsPasswordLoginOnly() {
    ThrottlePolicy policy =
        ThrottlePolicy.builder().hardStop(10).failuresBeforeDelay(9).sourceFailures(1000).build();
    Duration life = Duration.ofHours(12);
    try (People people = new People(builder -> builder.throttle(policy).sessions(life, life))) {
      PrincipalId ann = people.join("ann");
      Login before = people.login("ann", PASSWORD).orElseThrow();
      for (int i = 0; i < 10; i++) {
        assertThat(people.record(ann).passwordLoginStopped()).isFalse();
        assertThat(people.loginFrom("198.51.100.1", "ann", OTHER)).isEqualTo(REFUSED);
        people.platform.time.pass(Duration.ofMinutes(2));
      }
      assertThat(people.record(ann).passwordLoginStopped()).isTrue();
      people.settle();
      people.platform.time.pass(Duration.ofMinutes(15));
      assertThat(people.login("ann", PASSWORD)).isEqualTo(REFUSED);
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
      assertThat(people.platform.audit.lastReason()).isEqualTo("PASSWORD_LOGIN_STOPPED");
      assertThat(people.isAlive(before)).isTrue();
      assertThat(people.isAlive(people.session(ann))).isTrue();
      assertThat(people.host.users().get(ann).passwordLoginStopped()).isTrue();

      assertThat(people.host.users().allowPasswordLogin(ann).passwordLoginStopped()).isFalse();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName(
      "A29 a stop that cannot be written changes no answer, and the next failure writes it")
  void hardStop_unwritten_isWrittenLater() {
    ThrottlePolicy policy = ThrottlePolicy.builder().hardStop(10).failuresBeforeDelay(9).build();
    try (People people = new People(builder -> builder.throttle(policy))) {
      PrincipalId ann = people.join("ann");
      people.platform.stores.disturb(
          (call, real) -> {
            if (call.equals("principals.replace")) {
              throw new StoreUnavailableException("down");
            }
            return real.run();
          });
      for (int i = 0; i < 10; i++) {
        assertThat(people.login("ann", OTHER)).isEqualTo(REFUSED);
        people.platform.time.pass(Duration.ofMinutes(2));
      }
      assertThat(people.record(ann).passwordLoginStopped()).isFalse();
      people.platform.stores.calm();
      people.platform.time.pass(Duration.ofMinutes(15));
      assertThat(people.login("ann", OTHER)).isEqualTo(REFUSED);
      assertThat(people.record(ann).passwordLoginStopped()).isTrue();
    }
  }

  @Test
  @DisplayName("A29 guesses at a password that was changed meanwhile do not stop the new one")
  void hardStop_ofAnOldPassword_isNotWritten() {
    ThrottlePolicy policy = ThrottlePolicy.builder().hardStop(10).failuresBeforeDelay(9).build();
    try (People people = new People(builder -> builder.throttle(policy))) {
      PrincipalId ann = people.join("ann");
      for (int i = 0; i < 9; i++) {
        assertThat(people.login("ann", OTHER)).isEqualTo(REFUSED);
      }
      people.platform.time.pass(Duration.ofMinutes(15));
      people.hasher.beforeVerify(
          () -> {
            try (ActivationCode code = people.host.users().issueActivation(ann)) {
              assertThat(people.activate(code, OTHER).toOptional()).isPresent();
            }
            return false;
          });
      assertThat(people.login("ann", "still the wrong one")).isEqualTo(REFUSED);
      people.hasher.beforeVerify(() -> false);
      assertThat(people.record(ann).passwordLoginStopped()).isFalse();
      assertThat(people.login("ann", OTHER).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("A30 who floods a name from elsewhere does not lock out its owner")
  void flood_fromElsewhere_leavesTheOwnerIn() {
    try (People people = new People()) {
      people.join("ann");
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      for (int i = 0; i < 40; i++) {
        assertThat(people.loginFrom("198.51.100." + i, "ann", OTHER))
            .isNotInstanceOf(Authentication.Authenticated.class);
      }
      assertThat(people.loginFrom("203.0.113.9", "ann", PASSWORD))
          .isInstanceOf(Authentication.TryLater.class);
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("B04 the spellings of a name have one counter")
  void spellings_haveOneCounter() {
    try (People people = new People()) {
      people.join("ann");
      for (String spelling : List.of("ann", "ANN", "Ann", "aNN", "anN")) {
        assertThat(people.login(spelling, OTHER)).isEqualTo(REFUSED);
      }
      assertThat(people.login("AnN", PASSWORD)).isInstanceOf(Authentication.TryLater.class);
    }
  }

  @Test
  @DisplayName("A07 a password does not get old: a login ten years later works")
  void password_neverExpires() {
    try (People people = new People()) {
      people.join("ann");
      people.platform.time.pass(Duration.ofDays(3_653));
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("A04 passwords count as typed: nothing is trimmed, cut short or mapped")
  void passwords_areExact() {
    String longest = "x".repeat(255);
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      for (String right :
          List.of(longest + "a", "  spaces and \u0000 count ", "Upper and lower case")) {
        assertThat(people.activate(people.host.users().issueActivation(ann), right).toOptional())
            .isPresent();
        assertThat(people.login("ann", right).toOptional()).isPresent();
        for (String wrong :
            List.of(
                longest + "b",
                longest,
                right.strip(),
                right.replace("\u0000", ""),
                right.toLowerCase(Locale.ROOT))) {
          if (!wrong.equals(right)) {
            assertThat(people.login("ann", wrong)).isEqualTo(REFUSED);
          }
        }
      }
    }
  }

  @Test
  @DisplayName(
      "A09 the composed and the decomposed spelling of a password are one; full width is not")
  void passwords_areNormalized() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      String composed = "caf\u00e9 caf\u00e9 caf\u00e9 caf\u00e9";
      assertThat(people.activate(people.host.users().issueActivation(ann), composed).toOptional())
          .isPresent();
      assertThat(people.login("ann", "cafe\u0301 cafe\u0301 cafe\u0301 cafe\u0301").toOptional())
          .isPresent();
      assertThat(people.login("ann", "\uff43af\u00e9 caf\u00e9 caf\u00e9 caf\u00e9"))
          .isEqualTo(REFUSED);
    }
  }

  @Test
  @DisplayName("R26 the audit names users, and no text that might be a password")
  void audit_namesUsersOnly() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      people.login("ann", OTHER);
      AuditEvent.Authentication wrong = (AuditEvent.Authentication) people.platform.audit.last();
      assertThat(wrong.method()).isEqualTo("password");
      assertThat(wrong.principal()).contains(ann);
      assertThat(wrong.username()).contains(new Username("ann"));
      assertThat(wrong.context()).isEqualTo(HOME);

      Login login = people.login("ANN", PASSWORD).orElseThrow();
      AuditEvent.Authentication right = (AuditEvent.Authentication) people.platform.audit.last();
      assertThat(right.kind()).isEqualTo(AuditKind.AUTHENTICATED);
      assertThat(right.credential()).contains(login.session().id());
      assertThat(right.username()).contains(new Username("ann"));

      people.login("nobody", OTHER);
      assertThat(((AuditEvent.Authentication) people.platform.audit.last()).username())
          .contains(new Username("nobody"));
      for (String slip : List.of(PASSWORD, "Tr0ub4dor", "Tr0ub4dor&3", "passw\u00f6rd")) {
        people.login(slip, PASSWORD);
        assertThat(people.platform.audit.last().toString()).doesNotContainIgnoringCase(slip);
      }
    }
  }

  @Test
  @DisplayName("R8 neither a login nor its outcome shows the password or the token")
  void secrets_areNotShown() {
    try (People people = new People()) {
      people.join("ann");
      try (Password password = typed(PASSWORD)) {
        assertThat(PasswordLogin.of(PASSWORD, password).toString()).doesNotContain(PASSWORD);
      }
      Authentication<Login> outcome = people.login("ann", PASSWORD);
      String token = new String(outcome.orElseThrow().session().secret().reveal());
      assertThat(outcome.toString()).doesNotContain(token.substring(30));
      outcome.orElseThrow().close();
      assertThatIllegalStateException()
          .isThrownBy(() -> outcome.orElseThrow().session().secret().reveal());
    }
  }

  @Test
  @DisplayName("R26 a library built without passwords says so, and issues no code")
  void withoutHasher_isMisuse() {
    try (Platform platform = new Platform();
        Password password = typed(PASSWORD)) {
      assertThat(platform.host.users().create("ann").activation()).isEmpty();
      PrincipalId ann = platform.host.users().findByUsername("ann").orElseThrow().id();
      assertThatIllegalStateException()
          .isThrownBy(() -> platform.thingward.login(PasswordLogin.of("ann", password), HOME));
      assertThatIllegalStateException()
          .isThrownBy(() -> platform.host.users().issueActivation(ann));
      assertThatIllegalStateException()
          .isThrownBy(() -> platform.host.users().forcePasswordChange(ann));
      try (Login login = platform.host.sessions(ann).issue(HOME)) {
        assertThat(login.subject().principal()).contains(ann);
        assertThatIllegalStateException()
            .isThrownBy(
                () ->
                    platform
                        .thingward
                        .as(login.subject())
                        .users()
                        .changePassword(password, password, HOME));
        assertThatIllegalStateException()
            .isThrownBy(
                () -> platform.thingward.activate("ann", login.session().secret(), password, HOME));
      }
    }
  }

  @Test
  @DisplayName(
      "A15 a hash under an older pepper is verified, and replaced by one under the present")
  void pepper_rotates() {
    Pepper old = Pepper.copyOf("2025", new byte[32]);
    Pepper fresh =
        Pepper.copyOf("2026", "a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8));
    PasswordHash under2025;
    try (People people = new People(builder -> builder.peppers(old))) {
      PrincipalId ann = people.join("ann");
      under2025 = people.record(ann).password().orElseThrow();
      assertThat(under2025.pepper()).contains("2025");
    }
    try (People people = new People(builder -> builder.peppers(fresh, old))) {
      PrincipalId ann = people.host.users().create(PrincipalId.of("u-ann"), "ann", under2025).id();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.record(ann).password().orElseThrow().pepper()).contains("2026");
      people.hasher.takeHashes();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
    }
  }
}
