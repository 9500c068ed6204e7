package io.thingward.model;

import static io.thingward.model.Selectors.devices;
import static io.thingward.model.Selectors.fewTexts;
import static io.thingward.model.Selectors.hostileTexts;
import static io.thingward.model.Selectors.scopes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;

import org.junit.jupiter.api.Test;

class DeviceScopeTest {
  private static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");

  @Test
  void none_always_hasNoSelectorAndItsText() {
    assertThat(DeviceScope.none().isNone()).isTrue();
    assertThat(DeviceScope.none().isAll()).isFalse();
    assertThat(DeviceScope.none().selector()).isEmpty();
    assertThat(DeviceScope.none().terms()).isZero();
    assertThat(DeviceScope.none()).hasToString("-");
  }

  @Test
  void all_always_hasNoSelectorAndItsText() {
    assertThat(DeviceScope.all().isAll()).isTrue();
    assertThat(DeviceScope.all().isNone()).isFalse();
    assertThat(DeviceScope.all().selector()).isEmpty();
    assertThat(DeviceScope.all().terms()).isZero();
    assertThat(DeviceScope.all()).hasToString("*");
  }

  @Test
  void anyOf_terms_isTheirSelector() {
    DeviceScope scope = DeviceScope.anyOf("t,1", "site=paris");

    assertThat(scope.isAll()).isFalse();
    assertThat(scope.isNone()).isFalse();
    assertThat(scope.selector()).contains(DeviceSelector.anyOf("t,1", "site=paris"));
    assertThat(scope.terms()).isEqualTo(2);
    assertThat(scope).hasToString("\"t,1\", site=paris");
  }

  @Test
  void anyOf_noTermAtAll_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(DeviceScope::anyOf);
  }

  @Test
  void anyOf_textOfAllOrNone_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DeviceScope.anyOf("*"));
    assertThatIllegalArgumentException().isThrownBy(() -> DeviceScope.anyOf("-"));
  }

  @Test
  void parse_emptyText_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DeviceScope.parse(""));
  }

  @Test
  void parse_fixedScopes_areFound() {
    assertThat(DeviceScope.parse("-")).isEqualTo(DeviceScope.none());
    assertThat(DeviceScope.parse("*")).isEqualTo(DeviceScope.all());
  }

  @Test
  void parse_deviceNamedLikeAFixedScope_isThatDevice() {
    assertThat(DeviceScope.parse("\"-\"").selector())
        .contains(DeviceSelector.builder().id(DeviceId.of("-")).build());
    assertThat(DeviceScope.parse("\"*\"").selector())
        .contains(DeviceSelector.builder().id(DeviceId.of("*")).build());
  }

  @Test
  void parse_printedScope_isThatScope() {
    qt().withExamples(5_000)
        .forAll(scopes(hostileTexts()))
        .check(scope -> DeviceScope.parse(scope.toString()).equals(scope));
  }

  @Test
  void covers_fixedScopes_boundEverything() {
    assertThat(DeviceScope.all().covers(DeviceScope.all())).isTrue();
    assertThat(DeviceScope.all().covers(PARIS)).isTrue();
    assertThat(DeviceScope.all().covers(DeviceScope.none())).isTrue();
    assertThat(DeviceScope.none().covers(DeviceScope.none())).isTrue();
    assertThat(PARIS.covers(DeviceScope.none())).isTrue();
    assertThat(PARIS.covers(PARIS)).isTrue();

    assertThat(DeviceScope.none().covers(PARIS)).isFalse();
    assertThat(DeviceScope.none().covers(DeviceScope.all())).isFalse();
    assertThat(PARIS.covers(DeviceScope.all())).isFalse();
    assertThat(PARIS.covers(DeviceScope.anyOf("site=lyon"))).isFalse();
  }

  @Test
  void covers_whateverItSays_isSound() {
    qt().withExamples(10_000)
        .forAll(scopes(fewTexts()), scopes(fewTexts()), devices(fewTexts()))
        .check((a, b, device) -> !a.covers(b) || !reaches(b, device) || reaches(a, device));
  }

  private static boolean reaches(DeviceScope scope, Selectors.Device device) {
    return scope.isAll()
        || scope.selector().filter(s -> s.matches(device.id(), device.tags())).isPresent();
  }
}
