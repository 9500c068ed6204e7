package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;

class CredentialIdTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(128);
  private static final String HIGHEST = "7n42DGM5Tflk9n8mt7Fhc7";

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0000000000000000000000",
    "0, 1, 0000000000000000000001",
    "0, 61, 000000000000000000000z",
    "0, 62, 0000000000000000000010",
    "0, -1, 00000000000LygHa16AHYF",
    "1, 0, 00000000000LygHa16AHYG",
    "-1, -1, " + HIGHEST,
  })
  void toString_knownId_isBase62OfTheNumber(long high, long low, String text) {
    CredentialId id = new CredentialId(high, low);

    assertThat(id).hasToString(text);
    assertThat(CredentialId.parse(text)).isEqualTo(id);
  }

  @Test
  void toString_anyId_agreesWithBigInteger() {
    qt().forAll(ids()).check(id -> id.toString().equals(base62(number(id))));
  }

  @Test
  void parse_textOfAnyId_isThatId() {
    qt().forAll(ids()).check(id -> CredentialId.parse(id.toString()).equals(id));
  }

  @Test
  void parse_anyTextOfDigits_isAcceptedBelowTheLimitAndThenPrintedAgain() {
    Gen<String> texts =
        integers()
            .between(0, 61)
            .map((Integer digit) -> DIGITS.substring(digit, digit + 1))
            .zip(ids(), (first, id) -> first + id.toString().substring(1));
    qt().forAll(texts).check(text -> accepted(text) == (number(text).compareTo(LIMIT) < 0));
  }

  @Test
  void compareTo_anyTwoIds_ordersAsTheirTextsDo() {
    qt().forAll(ids(), ids())
        .check(
            (a, b) ->
                Integer.signum(a.compareTo(b))
                    == Integer.signum(a.toString().compareTo(b.toString())));
  }

  @Test
  void compareTo_equalHalves_looksAtTheOther() {
    CredentialId id = new CredentialId(1, 1);

    assertThat(id)
        .isEqualByComparingTo(new CredentialId(1, 1))
        .isLessThan(new CredentialId(1, 2))
        .isLessThan(new CredentialId(1, -1))
        .isLessThan(new CredentialId(-1, 0))
        .isGreaterThan(new CredentialId(0, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7n42DGM5Tflk9n8mt7Fhc8",
        "7n42DGM5Tflk9n8mt7Fi00",
        "8000000000000000000000",
        "zzzzzzzzzzzzzzzzzzzzzz"
      })
  void parse_numberFrom2To128On_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CredentialId.parse(text))
        .withMessage("a credential id is below 2^128");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0660", // Arabic-Indic 0
        "\uFF11", // full-width 1
        "\uFF21", // full-width A
        "\u212A", // Kelvin sign
        "\u0131", // dotless i
        "-", "_", "/", ":", "@", "[", "`", "{", " ", "\u0000", "\u007F", "\u00E9"
      })
  void parse_otherDigit_isRefusedWithItsIndex(String digit) {
    String text = "00000" + digit + "0000000000000000";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CredentialId.parse(text))
        .withMessage("not a Base62 digit at index 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "000000000000000000000", "00000000000000000000000"})
  void parse_otherLength_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CredentialId.parse(text))
        .withMessage("a credential id has 22 characters, not " + text.length());
  }

  @Test
  void parse_insideOfText_readsFromTheIndex() {
    CredentialId id = new CredentialId(1L << 60, 5);

    assertThat(CredentialId.parse("tw_a_" + id + "rest", 5)).isEqualTo(id);
    assertThat(CredentialId.parse("tw_a_" + id, 5)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6, 100, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void parse_indexWithoutAnId_isRefused(int start) {
    String text = "tw_a_" + new CredentialId(1, 5);

    assertThatIllegalArgumentException().isThrownBy(() -> CredentialId.parse(text, start));
  }

  private static boolean accepted(String text) {
    try {
      return CredentialId.parse(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Gen<CredentialId> ids() {
    Gen<Long> halves = longs().between(-100, 100).mix(longs().all());
    return halves.zip(halves, CredentialId::new);
  }

  private static BigInteger number(CredentialId id) {
    return new BigInteger(Long.toUnsignedString(id.high()))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(id.low())));
  }

  private static BigInteger number(String text) {
    return text.chars()
        .mapToObj(digit -> BigInteger.valueOf(DIGITS.indexOf(digit)))
        .reduce(BigInteger.ZERO, (sum, digit) -> sum.multiply(BigInteger.valueOf(62)).add(digit));
  }

  private static String base62(BigInteger number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < CredentialId.TEXT_LENGTH; i++) {
      BigInteger[] parts = number.divideAndRemainder(BigInteger.valueOf(62));
      text.insert(0, DIGITS.charAt(parts[1].intValue()));
      number = parts[0];
    }
    return text.toString();
  }
}
