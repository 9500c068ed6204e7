package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {
  private final Locale locale = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @CsvSource({
    "ann, ann",
    "ANN, ann",
    "Ann@Acme.Example, ann@acme.example",
    "0, 0",
    "a.b_c+d-e@f, a.b_c+d-e@f",
    "AZaz09, azaz09",
  })
  @DisplayName("R2: the canonical form is ASCII, lower case")
  void parse_typedName_isCanonical(String typed, String canonical) {
    assertThat(Username.parse(typed)).hasToString(canonical).isEqualTo(new Username(canonical));
  }

  @Test
  @DisplayName("B14: upper case I stays i where the default locale makes it a dotless one")
  void parse_turkishLocale_changesNothing() {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));

    assertThat(Username.parse("ADMIN")).isEqualTo(new Username("admin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adm\u0131n", // dotless i, which equalsIgnoreCase takes for an i
        "\u0130lker", // dotted capital I, which lower-cases to two characters
        "\u212Aim", // Kelvin sign, which lower-cases to k
        "u\u017Fer", // long s, which upper-cases to S
        "\uFF41nn", // full-width a, which NFKC maps to a
        "\u1D43nn", // superscript a, likewise
        "\u0430nn", // Cyrillic a, which looks the same
        "ann\u00E9",
        "ann\u00A0", // neither strip() nor trim() removes it
        "ann\u200B",
        "\uFEFFann",
        "\uD83D\uDE00",
      })
  @DisplayName("B14: what Unicode mappings would join is refused")
  void parse_otherThanAscii_isRefused(String typed) {
    assertThatIllegalArgumentException().isThrownBy(() -> Username.parse(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ann",
        "ann ",
        "an n",
        ".ann",
        "@ann",
        "_ann",
        "+ann",
        "-ann",
        "an/n",
        "an#n",
        "an:n",
        "an\u0000n",
        "an\nn",
        "an\"n",
        "an,n",
        "an`n",
        "an{n",
        "an[n"
      })
  void parse_characterOutsideTheList_isRefused(String typed) {
    assertThatIllegalArgumentException().isThrownBy(() -> Username.parse(typed));
  }

  @Test
  void parse_refusedCharacter_isNamedByItsIndexOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Username.parse("ann/x"))
        .withMessage(
            "a username starts with a letter or digit and has only [a-z0-9@._+-]; index 3");
  }

  @Test
  void new_upperCase_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Username("Ann"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Username("aNN"));
  }

  @Test
  void parse_longestName_isKept() {
    String longest = "A".repeat(Limits.USERNAME_LENGTH);

    assertThat(Username.parse(longest).value()).hasSize(128).containsOnlyOnce("a".repeat(128));
  }

  @Test
  void parse_longerName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Username.parse("a".repeat(Limits.USERNAME_LENGTH + 1)))
        .withMessage("a username has 1 to 128 characters, not 129");
  }

  @Test
  void parse_empty_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Username.parse(""))
        .withMessage("a username has 1 to 128 characters, not 0");
  }

  @Test
  void compareTo_names_ordersAsTheirTextsDo() {
    assertThat(Username.parse("ann"))
        .isLessThan(Username.parse("bob"))
        .isEqualByComparingTo(Username.parse("ANN"));
  }
}
