package io.thingward.management;

import static io.thingward.testing.Platform.BILLING;
import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Device;
import io.thingward.access.Subject;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.testing.Platform;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RolesTest {
  private static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");
  private static final RoleChanges TECHNICIAN =
      RoleChanges.builder()
          .allow(RULES)
          .allowOnAllDevices(VIEW)
          .allowOnAssignedDevices(RECORD)
          .build();

  private final Platform platform = new Platform();
  private final PrincipalId ann = platform.user("ann");
  private final PrincipalId bob = platform.user("bob");
  private final WorkspaceId acme = platform.workspace("acme", ann);
  private final WorkspaceId beta = platform.workspace("beta", ann);
  private final Device t1 = Device.of(acme, "t1").tagged("site", "paris");
  private final Device t2 = Device.of(acme, "t2");
  private final Roles roles = platform.host.roles(acme);

  @AfterEach
  void close() {
    platform.close();
  }

  private PrincipalId manager(Grant... grants) {
    PrincipalId manager = platform.user("manager");
    platform.member(
        acme,
        manager,
        Set.of(ManagementPermissions.ROLES_EDIT.name(), RULES.name()),
        Set.of(),
        grants);
    return manager;
  }

  private Roles by(PrincipalId user) {
    return platform.thingward.as(platform.by(user)).roles(acme);
  }

  @Test
  @DisplayName("R4: a role gives its permissions on all devices, the assigned ones on their scope")
  void assignment_reachesItsScope() {
    Role role = roles.create("Technician", TECHNICIAN);
    platform.host.members(acme).add(bob, ChangeSet.builder().assign(role.id(), PARIS).build());
    Subject subject = platform.by(bob);
    assertThat(subject.permissions(acme)).containsExactly(RULES);
    assertThat(subject.permissions(t1)).containsExactlyInAnyOrder(VIEW, RECORD);
    assertThat(subject.permissions(t2)).containsExactly(VIEW);
  }

  @Test
  @DisplayName("F1: a changed role takes effect at once for subjects held on this node")
  void change_takesEffectForHeldSubjects() {
    Role role = roles.create("Technician", TECHNICIAN);
    platform.host.members(acme).add(bob, ChangeSet.builder().assign(role.id(), PARIS).build());
    Subject subject = platform.by(bob);
    assertThat(subject.isAllowed(EDIT, t2)).isFalse();
    Role changed =
        roles.change(
            role.id(),
            RoleChanges.builder()
                .allowOnAllDevices(EDIT)
                .withdrawOnAssignedDevices(RECORD)
                .withdraw(RULES)
                .build());
    assertThat(changed.onAllDevices()).containsExactlyInAnyOrder(VIEW.name(), EDIT.name());
    assertThat(changed.onAssignedDevices()).isEmpty();
    assertThat(subject.isAllowed(EDIT, t2)).isTrue();
    assertThat(subject.isAllowed(RECORD, t1)).isFalse();
    assertThat(subject.isAllowed(RULES, acme)).isFalse();
    roles.delete(role.id());
    assertThat(subject.isAllowed(VIEW, t1)).isFalse();
    assertThatThrownBy(() -> roles.get(role.id())).isInstanceOf(NotFoundException.class);
    // the dangling assignment gives nothing, and can be taken away
    assertThat(
            platform
                .host
                .members(acme)
                .change(bob, ChangeSet.builder().unassign(role.id(), PARIS).build())
                .outcomes())
        .extracting(ChangeSet.Outcome::applied)
        .containsExactly(true);
  }

  @Test
  @DisplayName("R1: the id of a deleted role is never used again")
  void delete_leavesTheIdUsed() {
    RoleId id = RoleId.of("technician");
    roles.create(id, "Technician", TECHNICIAN);
    roles.delete(id);
    assertThatThrownBy(() -> roles.create(id, "Technician", TECHNICIAN))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> platform.host.members(acme).add(bob, assign(id)))
        .isInstanceOf(NotFoundException.class);
  }

  private static ChangeSet assign(RoleId role) {
    return ChangeSet.builder().assign(role, DeviceScope.all()).build();
  }

  @Test
  @DisplayName("R5: names in a role that the catalog lacks survive an edit")
  void change_keepsUnknownNames() {
    RoleId id = RoleId.of("old");
    boolean stored =
        platform
            .memory
            .workspaces()
            .insertRole(
                RoleRecord.builder(id, platform.version(), platform.time.instant())
                    .workspace(Optional.of(acme))
                    .name("Old")
                    .permissions(Set.of("workspace.later"))
                    .onAllDevices(Set.of("device.later"))
                    .build());
    assertThat(stored).isTrue();
    roles.change(id, RoleChanges.builder().allow(RULES).allowOnAllDevices(VIEW).build());
    roles.rename(id, "Older");
    Role after = roles.get(id);
    assertThat(after.name()).isEqualTo("Older");
    assertThat(after.permissions()).containsExactlyInAnyOrder("workspace.later", RULES.name());
    assertThat(after.onAllDevices()).containsExactlyInAnyOrder("device.later", VIEW.name());
    DevicePermission later = DevicePermission.of("device.later", "Of a newer node");
    assertThatThrownBy(
            () -> roles.change(id, RoleChanges.builder().allowOnAssignedDevices(later).build()))
        .isInstanceOf(IllegalArgumentException.class);
    PrincipalId manager = manager(grant(DeviceScope.all(), VIEW));
    assertThatThrownBy(() -> by(manager).rename(id, "Mine"))
        .isInstanceOf(NotPermittedException.class);
    RoleChanges byName =
        RoleChanges.builder()
            .withdrawNamed(RoleChanges.Reach.WORKSPACE, "workspace.later")
            .withdrawNamed(RoleChanges.Reach.ALL_DEVICES, "device.later")
            .build();
    assertThat(by(ann).change(id, byName).onAllDevices()).containsExactly(VIEW.name());
    by(manager).rename(id, "Mine");
  }

  @Test
  @DisplayName("R21: a device permission put into a role counts as given on all devices")
  void give_countsAsGivenOnAllDevices() {
    PrincipalId manager = manager(grant(PARIS, EDIT), grant(DeviceScope.all(), VIEW));
    Role role =
        by(manager).create("Viewer", RoleChanges.builder().allowOnAssignedDevices(VIEW).build());
    for (RoleChanges tooMuch :
        new RoleChanges[] {
          RoleChanges.builder().allowOnAssignedDevices(EDIT).build(),
          RoleChanges.builder().allowOnAllDevices(EDIT).build(),
          RoleChanges.builder().allow(BILLING).build()
        }) {
      assertThatThrownBy(() -> by(manager).change(role.id(), tooMuch))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> by(manager).create("More", tooMuch))
          .isInstanceOf(NotPermittedException.class);
    }
    assertThat(roles.get(role.id())).isEqualTo(role);
    assertThat(roles.list(PageRequest.first(10)).items()).containsExactly(role);
  }

  @Test
  @DisplayName("R21: a role that has more than the actor is neither changed nor deleted by it")
  void touch_isCovered() {
    PrincipalId manager = manager(grant(DeviceScope.all(), VIEW));
    Role role = roles.create("Technician", TECHNICIAN);
    assertThatThrownBy(() -> by(manager).rename(role.id(), "Mine"))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                by(manager)
                    .change(
                        role.id(), RoleChanges.builder().withdrawOnAssignedDevices(RECORD).build()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by(manager).delete(role.id()))
        .isInstanceOf(NotPermittedException.class);
    assertThat(roles.get(role.id())).isEqualTo(role);
    by(ann).delete(role.id());
  }

  @Test
  @DisplayName("R20: shared roles are the host's alone; a workspace sees and assigns them")
  void sharedRoles_areTheHosts() {
    Role shared = platform.host.sharedRoles().create("Viewer", TECHNICIAN);
    assertThat(shared.workspace()).isEmpty();
    assertThat(by(ann).get(shared.id())).isEqualTo(shared);
    assertThat(by(ann).listShared(PageRequest.first(10)).items()).containsExactly(shared);
    assertThat(by(ann).list(PageRequest.first(10)).items()).isEmpty();
    assertThatThrownBy(() -> by(ann).delete(shared.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> by(ann).rename(shared.id(), "x"))
        .isInstanceOf(NotFoundException.class);
    Roles bySubject = platform.thingward.as(platform.by(ann)).sharedRoles();
    assertThatThrownBy(() -> bySubject.create("x", RoleChanges.none()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> bySubject.get(shared.id())).isInstanceOf(NotPermittedException.class);
    platform.host.members(beta).add(bob, assign(shared.id()));
    assertThat(platform.by(bob).isAllowed(RECORD, Device.of(beta, "b"))).isTrue();
    platform.host.sharedRoles().delete(shared.id());
    assertThat(platform.by(bob).isAllowed(RECORD, Device.of(beta, "b"))).isFalse();
  }

  @Test
  void choosingAnId_isForTheHost() {
    assertThatThrownBy(() -> by(ann).create(RoleId.of("x"), "x", RoleChanges.none()))
        .isInstanceOf(NotPermittedException.class);
    assertThat(by(ann).create("x", RoleChanges.none()).id().value()).hasSize(25);
    assertThatThrownBy(
            () -> platform.host.roles(WorkspaceId.of("none")).create("x", RoleChanges.none()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void ambiguous_isRefused() {
    RoleChanges.Builder builder = RoleChanges.builder();
    assertThatThrownBy(builder::allowOnAllDevices).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.allow(RULES).withdraw(RULES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.allow(RULES).build().changes()).hasSize(1);
    assertThat(builder.build().toBuilder().build()).isEqualTo(builder.build());
  }
}
