package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestrictionTest {
  private static final Restriction.Row ROW =
      new Restriction.Row(WorkspaceId.of("acme"), Set.of("view"), DeviceScope.all());

  @Test
  @DisplayName("B13: unrestricted and no rows are different states")
  void unrestricted_andNoRows_differ() {
    assertThat(Restriction.unrestricted()).isNotEqualTo(Restriction.to(List.of()));
    assertThat(Restriction.unrestricted().hashCode())
        .isNotEqualTo(Restriction.to(List.of()).hashCode());
    assertThat(Restriction.unrestricted().isUnrestricted()).isTrue();
    assertThat(Restriction.unrestricted().rows()).isEmpty();
    assertThat(Restriction.unrestricted()).hasToString("unrestricted");
    assertThat(Restriction.to(List.of()).isUnrestricted()).isFalse();
    assertThat(Restriction.to(List.of())).hasToString("[]");
  }

  @Test
  void to_rows_areKeptInOrderAndDetached() {
    Restriction.Row other =
        new Restriction.Row(WorkspaceId.of("beta"), Set.of("edit"), DeviceScope.none());
    List<Restriction.Row> rows = new ArrayList<>(List.of(ROW, other));
    Restriction restriction = Restriction.to(rows);
    rows.clear();

    assertThat(restriction.isUnrestricted()).isFalse();
    assertThat(restriction.rows()).containsExactly(ROW, other).isUnmodifiable();
  }

  @Test
  void to_manyRows_areLimited() {
    assertThat(Restriction.to(Collections.nCopies(100, ROW)).rows()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Restriction.to(Collections.nCopies(101, ROW)))
        .withMessage("101 rows, the limit is 100");
  }

  @Test
  @DisplayName("R29 the limit of selector terms is for all rows of a restriction together")
  void to_manyTerms_areLimited() {
    Restriction.Row half = row(Limits.TERMS_PER_RESTRICTION / 2);
    assertThat(Restriction.to(List.of(half, half, ROW)).rows()).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Restriction.to(List.of(half, half, row(1))))
        .withMessage("50001 selector terms in a restriction, the limit is 50000");
  }

  private static Restriction.Row row(int terms) {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    IntStream.range(0, terms).forEach(i -> selector.id(DeviceId.of("t" + i)));
    return new Restriction.Row(
        WorkspaceId.of("acme"), Set.of("view"), DeviceScope.of(selector.build()));
  }

  @Test
  void row_badPermission_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Restriction.Row(WorkspaceId.of("acme"), Set.of("*"), DeviceScope.all()));
  }

  @Test
  void row_permissions_areDetached() {
    Set<String> permissions = new HashSet<>(Set.of("view"));
    Restriction.Row row =
        new Restriction.Row(WorkspaceId.of("acme"), permissions, DeviceScope.all());
    permissions.add("edit");

    assertThat(row.permissions()).containsExactly("view").isUnmodifiable();
  }
}
