package io.thingward.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingward.error.UnavailableException;
import io.thingward.password.PasswordRejectedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  private static final String HEAT_PUMP = new String(Character.toChars(0x1F525));

  private final PasswordPolicy policy = PasswordPolicy.ofDefaults();

  @Test
  void length_aroundFifteen_countsCodePoints_A01() {
    assertRejected(policy, "violet-kettle1", Reason.TOO_SHORT);
    assertAccepted(policy, "violet-kettle12");
  }

  @Test
  void length_ofEmoji_countsCodePoints_A02() {
    PasswordPolicy lengthOnly = new PasswordPolicy(15, password -> false, Set.of());
    assertThat(HEAT_PUMP.repeat(14)).hasSize(28);
    assertRejected(lengthOnly, HEAT_PUMP.repeat(14), Reason.TOO_SHORT);
    assertAccepted(lengthOnly, HEAT_PUMP.repeat(15));
  }

  @Test
  void length_aroundTheMaximum_isPasswordsOwn_A03() {
    assertAccepted(policy, "violet ".repeat(9) + "k");
    assertAccepted(policy, "violet k".repeat(32));
    assertRejected(policy, "violet k".repeat(32) + "k", Reason.TOO_LONG);
    assertRejected(policy, "\u20ac".repeat(342), Reason.TOO_LONG);
  }

  @Test
  void length_ofEight_isTheLeastThatAPolicyCanAskFor_A01() {
    PasswordPolicy beside = new PasswordPolicy(8, PasswordBlocklist.bundled(), Set.of());
    assertRejected(beside, "vk7tlqw", Reason.TOO_SHORT);
    assertAccepted(beside, "vk7tlqwz");
    assertRejected(beside, "Password1", Reason.COMMON);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordPolicy(7, beside.blocklist(), Set.of()))
        .withMessage("minimumLength is 7, it must be 8 to 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordPolicy(257, beside.blocklist(), Set.of()))
        .withMessage("minimumLength is 257, it must be 8 to 256");
    PasswordPolicy longest = new PasswordPolicy(256, password -> false, Set.of());
    assertRejected(longest, "k".repeat(255), Reason.TOO_SHORT);
    assertAccepted(longest, "k".repeat(256));
  }

  @Test
  void form_withHalfACharacter_isRejected_A09() {
    assertRejected(policy, "violet-kettle-7" + HEAT_PUMP.charAt(0), Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "violetkettlewalk",
        "VIOLETKETTLEWALK",
        "4710934827561029",
        "violet kettle walk",
        " violet kettle ",
        "\u0444\u0438\u043e\u043b\u0435\u0442\u043e\u0432\u044b\u0439\u0447\u0430\u0439\u043d\u0438\u043a"
      })
  void composition_ofAnyKind_isAccepted_A05(String password) {
    assertAccepted(policy, password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwordpassword",
        "PassWordPassWord",
        "qwertyuiopasdfg",
        "AZERTYUIOPQSDFG",
        "123456789012345",
        "Administrator123",
        "correct horse battery staple"
      })
  void common_inAnyCase_isRejected_A06(String password) {
    assertRejected(policy, password, Reason.COMMON);
  }

  @Test
  void common_asAPartOfAPassword_isAccepted_A06() {
    assertAccepted(policy, "my passwordpassword");
    assertAccepted(policy, "passwordpassword violet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann.b@acme.example", // the username
        "ANN.B@acme.EXAMPLE",
        "elpmaxe.emca@b.nna",
        "ann.bann.bann.bann.b", // its local part
        "Ann.bAnn.bAnn.b",
        "ann.bann.bann.ba",
        "B\u00c4CKEREI M\u00dcLLER", // the workspace
        "ba\u0308ckerei mu\u0308ller",
        "rell\u00fcM ierekc\u00e4B",
        "bakkerstra\u00dfe", // the company
        "BAKKERSTRASSE",
        "thermofleetthermofleet", // the product
        "THERMOFLEETTHER",
      })
  void context_asAWholePassword_isRejected_A06(String password) {
    PasswordPolicy ofHost =
        new PasswordPolicy(8, p -> false, Set.of("ThermoFleet", " Bakkerstra\u00dfe "));
    List<String> words = List.of("ann.b@acme.example", "B\u00e4ckerei M\u00fcller");
    PasswordRejectedException rejected =
        catchThrowableOfType(
            PasswordRejectedException.class, () -> ofHost.check(Password.of(password), words));
    assertThat(rejected.reason()).isEqualTo(Reason.CONTEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann.b likes her acme",
        "thermofleet or not",
        "acme.example@ann.b",
        "xthermofleetthermofleet",
      })
  void context_asAPartOfAPassword_isAccepted_A06(String password) {
    PasswordPolicy ofHost = new PasswordPolicy(15, p -> false, Set.of("ThermoFleet"));
    assertThatCode(
            () -> ofHost.check(Password.of(password), List.of("ann.b@acme.example", " ", "")))
        .doesNotThrowAnyException();
  }

  @Test
  void context_longerThanThePassword_isNoMatch() {
    assertThatCode(
            () ->
                policy.check(
                    Password.of("violet kettle w"), List.of("violet kettle walk", "@", "@acme")))
        .doesNotThrowAnyException();
  }

  @Test
  void caseMapping_underTurkishRules_staysTheSame_B14() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertRejected(policy, "ADMINISTRATOR123", Reason.COMMON);
      assertRejected(policy, "adm\u0131n\u0131strator123", Reason.COMMON);
      PasswordRejectedException rejected =
          catchThrowableOfType(
              PasswordRejectedException.class,
              () -> policy.check(Password.of("FIRINFIRINFIRIN"), List.of("firin")));
      assertThat(rejected.reason()).isEqualTo(Reason.CONTEXT);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void blocklist_thatFails_isUnavailable() {
    IllegalStateException down = new IllegalStateException("no route");
    PasswordPolicy failing =
        new PasswordPolicy(
            15,
            password -> {
              throw down;
            },
            Set.of());
    UnavailableException thrown =
        catchThrowableOfType(
            UnavailableException.class,
            () -> failing.check(Password.of("violet-kettle-7"), List.of()));
    assertThat(thrown).hasMessage("the password blocklist did not answer").hasCause(down);
  }

  @Test
  void blocklist_thatIsUnavailable_staysSo() {
    UnavailableException down = new UnavailableException("breach service");
    PasswordPolicy failing =
        new PasswordPolicy(
            15,
            password -> {
              throw down;
            },
            Set.of());
    assertThat(
            catchThrowableOfType(
                UnavailableException.class,
                () -> failing.check(Password.of("violet-kettle-7"), List.of())))
        .isSameAs(down);
  }

  @Test
  void blocklist_isAskedOnlyAboutWhatPassesTheRest() {
    List<Password> asked = new ArrayList<>();
    PasswordPolicy recording = new PasswordPolicy(15, asked::add, Set.of("thermofleet"));
    assertRejected(recording, "short", Reason.TOO_SHORT);
    assertRejected(recording, "k".repeat(257), Reason.TOO_LONG);
    assertRejected(recording, "thermofleetther", Reason.CONTEXT);
    assertThat(asked).isEmpty();
    assertRejected(recording, "violet-kettle-7", Reason.COMMON);
    assertThat(asked).hasSize(1);
  }

  @Test
  void check_leavesThePasswordAsItWas() {
    Password password = Password.of("Violet-Kettle-7");
    policy.check(password, List.of("ann"));
    assertThat(password.reveal()).asString().isEqualTo("Violet-Kettle-7");
  }

  @Test
  void parts_thatAreNull_areRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new PasswordPolicy(15, null, Set.of()))
        .withMessage("blocklist");
    assertThatNullPointerException()
        .isThrownBy(() -> new PasswordPolicy(15, password -> false, null));
    assertThatNullPointerException().isThrownBy(() -> policy.check(null, List.of()));
    assertThatNullPointerException()
        .isThrownBy(() -> policy.check(Password.of("violet-kettle-7"), null));
  }

  private static void assertAccepted(PasswordPolicy policy, String password) {
    assertThatCode(() -> policy.check(Password.of(password), List.of())).doesNotThrowAnyException();
  }

  private static void assertRejected(PasswordPolicy policy, String password, Reason reason) {
    PasswordRejectedException rejected =
        catchThrowableOfType(
            PasswordRejectedException.class, () -> policy.check(Password.of(password), List.of()));
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.toString()).doesNotContainIgnoringCase(password);
    assertThat(rejected).hasNoCause();
  }
}
