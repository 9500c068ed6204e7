package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The four ids that are a text: one rule, two lengths. */
class IdsTest {
  static Stream<Arguments> types() {
    return Stream.of(
        type("principal id", 128, PrincipalId::of),
        type("workspace id", 128, WorkspaceId::of),
        type("role id", 128, RoleId::of),
        type("device id", 255, DeviceId::of));
  }

  private static Arguments type(String what, int limit, Function<String, Object> of) {
    return Arguments.of(what, limit, of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_longestText_isKept(String what, int limit, Function<String, Object> of) {
    String longest = "x".repeat(limit);

    assertThat(of.apply(longest)).hasToString(longest);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_longerText_isRefused(String what, int limit, Function<String, Object> of) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of.apply("x".repeat(limit + 1)))
        .withMessage(what + " has " + (limit + 1) + " characters, the limit is " + limit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_emptyText_isRefused(String what, int limit, Function<String, Object> of) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of.apply(""))
        .withMessage(what + " is empty");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_textThatDiffersAnyhow_isAnotherId(String what, int limit, Function<String, Object> of) {
    // case, edges, normalisation forms, look-alikes
    assertThat(
            Stream.of("a", "A", "a ", " a", "a\u00A0", "\u00E9", "e\u0301", "\u0430", "\uFF41")
                .map(of)
                .distinct())
        .hasSize(9);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_fourByteCharacters_areKept(String what, int limit, Function<String, Object> of) {
    assertThat(of.apply("\uD83D\uDE00x\uD83D\uDE01")).hasToString("\uD83D\uDE00x\uD83D\uDE01");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_controlCharacter_isRefusedWithItsIndex(
      String what, int limit, Function<String, Object> of) {
    for (String control : new String[] {"\u0000", "\t", "\n", "\u001F", "\u007F", "\u009F"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> of.apply("\uD83D\uDE00" + control))
          .withMessage(what + " has a control character at index 2");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void of_unpairedSurrogate_isRefusedWithItsIndex(
      String what, int limit, Function<String, Object> of) {
    for (String unpaired : new String[] {"a\uD83D", "a\uDE00", "a\uDE00\uD83D", "a\uD83Dx"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> of.apply(unpaired))
          .withMessage(what + " has an unpaired surrogate at index 1");
    }
  }

  @Test
  void compareTo_ids_ordersAsTheirTextsDo() {
    assertThat(PrincipalId.of("a")).isLessThan(PrincipalId.of("b"));
    assertThat(WorkspaceId.of("a")).isLessThan(WorkspaceId.of("b"));
    assertThat(RoleId.of("a")).isLessThan(RoleId.of("b"));
    assertThat(DeviceId.of("a")).isLessThan(DeviceId.of("b"));
    assertThat(PrincipalId.of("a")).isEqualByComparingTo(PrincipalId.of("a"));
  }
}
