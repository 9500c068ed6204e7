package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantTest {
  @Test
  void new_onNoDeviceOrOfNoPermission_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(DeviceScope.none(), Set.of("view")))
        .withMessage("a grant on no device is no grant");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(DeviceScope.all(), Set.of()))
        .withMessage("a grant has at least one permission");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(DeviceScope.all(), Set.of("a b")));
  }

  @Test
  void new_permissions_areDetached() {
    Set<String> permissions = new HashSet<>(Set.of("view"));
    Grant grant = new Grant(DeviceScope.all(), permissions);
    permissions.add("edit");

    assertThat(grant.permissions()).containsExactly("view").isUnmodifiable();
  }
}
