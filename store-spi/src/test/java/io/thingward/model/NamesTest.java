package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @Test
  void check_nameOf1To255_isReturned() {
    assertThat(Names.check("x")).isEqualTo("x");
    assertThat(Names.check("x".repeat(255))).hasSize(255);
  }

  @Test
  void check_nameOutsideTheLimit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.check(""))
        .withMessage("name is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.check("x".repeat(256)))
        .withMessage("name has 256 characters, the limit is 255");
  }

  @Test
  void checkDescription_of0To1000_isReturned() {
    assertThat(Names.checkDescription("")).isEmpty();
    assertThat(Names.checkDescription("x".repeat(1_000))).hasSize(1_000);
  }

  @Test
  void checkDescription_longerOrWithControls_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.checkDescription("x".repeat(1_001)))
        .withMessage("description has 1001 characters, the limit is 1000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.checkDescription("a\nb"))
        .withMessage("description has a control character at index 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "device.view", "a_b/c:d-e", "._/:-", "az09AZ"})
  void check_permissionName_isReturned(String name) {
    assertThat(PermissionNames.check(name)).isEqualTo(name);
  }

  @Test
  void check_longestPermissionName_isReturned() {
    assertThat(PermissionNames.check("p".repeat(100))).hasSize(100);
  }

  @Test
  void check_permissionNameOutsideTheLimit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermissionNames.check(""))
        .withMessage("a permission name has 1 to 100 characters, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermissionNames.check("p".repeat(101)))
        .withMessage("a permission name has 1 to 100 characters, not 101");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a b",
        "a\u0000b",
        "a,b",
        "a\u00E9",
        "a@b",
        "a[b",
        "a`b",
        "a{b",
        "a;b",
        "a+b",
        "a\uFF0Fb",
        "a\u212Ab"
      })
  void check_permissionNameWithOtherCharacter_isRefusedWithItsIndex(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermissionNames.check(name))
        .withMessage(
            "a permission name has only [A-Za-z0-9._/:-]; see index "
                + (name.length() == 1 ? 0 : 1));
  }

  @Test
  void copy_names_isUnmodifiableAndDetached() {
    Set<String> names = new HashSet<>();
    names.add("view");
    Set<String> copy = PermissionNames.copy(names);
    names.add("edit");

    assertThat(copy).containsExactly("view").isUnmodifiable();
  }

  @Test
  void copy_manyNames_areLimited() {
    assertThat(PermissionNames.copy(permissions(1_000))).hasSize(1_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermissionNames.copy(permissions(1_001)))
        .withMessage("1001 permissions, the limit is 1000");
  }

  @Test
  void copy_oneBadName_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PermissionNames.copy(Set.of("a", "b c")));
  }

  private static Set<String> permissions(int count) {
    return IntStream.range(0, count).mapToObj(i -> "p" + i).collect(Collectors.toSet());
  }
}
