package io.thingward.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.testing.EqualsTester;
import io.thingward.model.Limits;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host may declare, and what the catalog then says. */
class CatalogTest {
  private static DevicePermission device(String name, DevicePermission... implied) {
    return DevicePermission.of("device." + name, "May " + name).implying(implied);
  }

  private static WorkspacePermission workspace(String name, WorkspacePermission... implied) {
    return WorkspacePermission.of("workspace." + name, "May " + name).implying(implied);
  }

  private static List<DevicePermission> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> device("p" + i)).toList();
  }

  private static void assertRefused(String why, Permission... declared) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalog.of(List.of(declared)))
        .withMessageContaining(why);
  }

  @Test
  @DisplayName("A permission is found by its name, in its own kind only, as it was declared")
  void catalog_finds() {
    DevicePermission view = device("view");
    WorkspacePermission rules = workspace("rules");
    WorkspacePermission billing = workspace("billing", rules);
    Catalog catalog = Catalog.of(List.of(billing, view, rules));

    assertThat(catalog.devicePermission("device.view"))
        .contains(view)
        .map(Permission::description)
        .contains("May view");
    assertThat(catalog.workspacePermission("workspace.billing"))
        .map(WorkspacePermission::implied)
        .contains(Set.of(rules));
    assertThat(catalog.workspacePermission("device.view")).isEmpty();
    assertThat(catalog.devicePermission("workspace.rules")).isEmpty();
    assertThat(catalog.devicePermissions()).containsExactly(view);
    assertThat(catalog.workspacePermissions())
        .startsWith(billing, rules)
        .endsWith(ManagementPermissions.WHO_CAN_READ)
        .containsAll(ManagementPermissions.all())
        .hasSize(2 + ManagementPermissions.all().size());
  }

  @Test
  @DisplayName("R5 whoever holds a permission holds all that it implies, step by step")
  void catalog_closes() {
    DevicePermission see = device("see");
    DevicePermission view = device("view", see);
    DevicePermission edit = device("edit", view);
    DevicePermission both = device("both").implying(see).implying(view);
    Catalog catalog = Catalog.of(List.of(edit, both, view, see, workspace("rules")));

    assertThat(catalog.closeDevice(List.of("device.edit")))
        .containsExactlyInAnyOrder("device.edit", "device.view", "device.see");
    assertThat(catalog.closeDevice(List.of("device.both")))
        .containsExactlyInAnyOrder("device.both", "device.view", "device.see");
    assertThat(catalog.closeDevice(List.of("device.see", "of.tomorrow")))
        .containsExactlyInAnyOrder("device.see", "of.tomorrow");
    assertThat(catalog.closeWorkspace(List.of("thingward.roles.edit")))
        .containsExactlyInAnyOrder("thingward.roles.edit", "thingward.roles.read");
  }

  @Test
  @DisplayName("R5 permissions that imply each other in a circle are refused, however long it is")
  void catalog_circle_isRefused() {
    DevicePermission view = device("view");
    DevicePermission edit = device("edit", view);
    DevicePermission record = device("record", edit);
    assertRefused("circle", device("view", view), edit);
    assertRefused("circle", device("view", edit), edit);
    assertRefused("circle", device("view", record), edit, record, device("other"));
    WorkspacePermission rules = workspace("rules");
    WorkspacePermission billing = workspace("billing", rules);
    assertRefused("circle", workspace("rules", billing), billing);
  }

  @Test
  @DisplayName("R5 a name is declared once, by the host, and implies only what is declared")
  void catalog_name_isRefused() {
    assertRefused("twice", device("view"), device("edit"), device("view"));
    assertRefused("twice", workspace("rules"), workspace("rules"));
    assertRefused("both", DevicePermission.of("rules", ""), WorkspacePermission.of("rules", ""));
    assertRefused("reserved", WorkspacePermission.of("thingward.mine", ""));
    assertRefused("reserved", ManagementPermissions.ROLES_READ);
    assertRefused("not declared", device("edit", device("view")));
  }

  @Test
  @DisplayName("R29 a catalog has as many permissions of one kind as the limit says, and no more")
  void catalog_limit() {
    assertThat(Catalog.of(many(Limits.PERMISSIONS)).devicePermissions())
        .hasSize(Limits.PERMISSIONS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalog.of(many(Limits.PERMISSIONS + 1)))
        .withMessageContaining("limit");
  }

  @Test
  @DisplayName("Two permissions of one kind and name are equal, whatever they say or imply")
  void permission_equality() {
    DevicePermission view = DevicePermission.of("view", "See it");
    new EqualsTester()
        .addEqualityGroup(view, DevicePermission.of("view", "Look at it"))
        .addEqualityGroup(
            DevicePermission.of("edit", ""), DevicePermission.of("edit", "").implying(view))
        .addEqualityGroup(WorkspacePermission.of("view", "See it"))
        .testEquals();
  }
}
