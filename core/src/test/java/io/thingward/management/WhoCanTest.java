package io.thingward.management;

import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.SubjectKind;
import io.thingward.error.NotPermittedException;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.PageRequest;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may do this on that device: Ann owns Acme, Ben has a role there, Cid grants, Dan nothing. */
class WhoCanTest {
  private static final PageRequest ALL = PageRequest.first(100);
  private static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");

  private final Platform platform = new Platform();
  private final Management host = platform.host;
  private final PrincipalId ann = platform.user("ann");
  private final PrincipalId ben = platform.user("ben");
  private final PrincipalId cid = platform.user("cid");
  private final PrincipalId dan = platform.user("dan");
  private final WorkspaceId acme = platform.workspace("acme", ann);
  private final RoleId crew =
      host.roles(acme)
          .create("Crew", RoleChanges.builder().allowOnAssignedDevices(RECORD).build())
          .id();
  private final Device t1 =
      platform.fleet.put(Device.of(acme, "t1").tagged("site", "paris").tagged("floor", "1"));

  @BeforeEach
  void members() {
    host.members(acme).add(ben, ChangeSet.builder().assign(crew, PARIS).build());
    platform.member(
        acme,
        cid,
        Set.of(),
        Set.of(),
        grant(DeviceScope.anyOf("t1"), RECORD),
        grant(DeviceScope.anyOf("floor=1"), EDIT),
        grant(DeviceScope.anyOf("floor=2"), VIEW));
    host.members(acme).add(dan, ChangeSet.none());
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private List<AllowedPrincipal> whoCan(DevicePermission permission) {
    return host.whoCan(permission, t1).principals(ALL).items();
  }

  @Test
  @DisplayName("An owner by ownership, a member by role or grants, each way that gives it")
  void principals_withEachWay() {
    assertThat(whoCan(VIEW))
        .containsExactlyInAnyOrder(
            new AllowedPrincipal(
                ann,
                SubjectKind.USER,
                Optional.of(Username.parse("ann")),
                "",
                List.of(RightSource.ofOwnership())),
            new AllowedPrincipal(
                ben,
                SubjectKind.USER,
                Optional.of(Username.parse("ben")),
                "",
                List.of(RightSource.ofRole(crew, Optional.of(PARIS), Optional.of(RECORD.name())))),
            new AllowedPrincipal(
                cid,
                SubjectKind.USER,
                Optional.of(Username.parse("cid")),
                "",
                List.of(
                    RightSource.ofGrant(DeviceScope.anyOf("floor=1"), EDIT.name()),
                    RightSource.ofGrant(DeviceScope.anyOf("t1"), RECORD.name()))));
    assertThat(whoCan(EDIT)).extracting(AllowedPrincipal::id).containsExactlyInAnyOrder(ann, cid);
  }

  @Test
  @DisplayName("An API user is listed with its name; whoever is suspended, or ended, is not")
  void principals_areThoseWhoStand() {
    PrincipalId robot =
        host.apiUsers(acme).create("Robot", ChangeSet.builder().allow(PARIS, VIEW).build()).id();
    assertThat(whoCan(VIEW))
        .filteredOn(who -> who.kind() == SubjectKind.API_USER)
        .singleElement()
        .satisfies(
            who -> {
              assertThat(who.id()).isEqualTo(robot);
              assertThat(who.name()).isEqualTo("Robot");
              assertThat(who.username()).isEmpty();
            });

    host.users().suspend(ben);
    host.apiUsers(acme)
        .setEnd(robot, Optional.of(platform.time.instant().plus(Duration.ofHours(1))));
    platform.time.pass(Duration.ofHours(1));
    assertThat(whoCan(VIEW)).extracting(AllowedPrincipal::id).containsExactlyInAnyOrder(ann, cid);

    host.workspaces().suspend(acme);
    assertThat(whoCan(VIEW)).isEmpty();
    assertThat(host.whoCan(VIEW, t1).accessKeys(ALL).items()).isEmpty();
  }

  @Test
  @DisplayName("A key of whose scope the device is lets it record, and all its peers look")
  void accessKeys_byPeerOrSelf() {
    AccessKey paris = host.accessKeys(acme).create("Paris", PARIS).value();
    AccessKey rome = host.accessKeys(acme).create("Rome", DeviceScope.anyOf("site=rome")).value();
    AccessKey old = host.accessKeys(acme).create("Old", DeviceScope.all()).value();
    host.accessKeys(acme).suspend(old.id());

    assertThat(host.whoCan(VIEW, t1).accessKeys(ALL).items())
        .containsExactly(new AllowedAccessKey(paris, Reason.DEVICE_PEER));
    assertThat(host.whoCan(RECORD, t1).accessKeys(ALL).items())
        .containsExactly(new AllowedAccessKey(paris, Reason.DEVICE_SELF));
    assertThat(host.whoCan(EDIT, t1).accessKeys(ALL).items()).isEmpty();
    assertThat(host.accessKeys(acme).get(rome.id()).suspended()).isFalse();
  }

  @Test
  @DisplayName("R20: the report needs a permission of its own, that no reading of lists implies")
  void report_hasItsOwnPermission() {
    platform.member(
        platform.workspace("bolt", ann),
        ben,
        Set.of(),
        Set.of()); // R7: rights elsewhere say nothing
    Management byBen = platform.thingward.as(platform.by(ben));
    host.members(acme)
        .change(
            ben,
            ChangeSet.builder()
                .allow(ManagementPermissions.MEMBERS_EDIT)
                .allow(ManagementPermissions.API_USERS_EDIT)
                .allow(ManagementPermissions.ACCESS_KEYS_EDIT)
                .build());
    assertThatExceptionOfType(NotPermittedException.class)
        .isThrownBy(() -> byBen.whoCan(VIEW, t1).principals(ALL))
        .withMessageContaining("thingward.who-can.read");
    assertThatExceptionOfType(NotPermittedException.class)
        .isThrownBy(() -> byBen.whoCan(VIEW, t1).accessKeys(ALL));

    host.members(acme)
        .change(ben, ChangeSet.builder().allow(ManagementPermissions.WHO_CAN_READ).build());

    assertThat(byBen.whoCan(VIEW, t1).principals(ALL).items()).hasSize(3);
    assertThat(byBen.whoCan(VIEW, t1).accessKeys(ALL).items()).isEmpty();
  }

  @Test
  @DisplayName("A permission that the host did not declare is refused")
  void unknownPermission_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.whoCan(DevicePermission.of("device.reboot", "Reboot it"), t1));
  }
}
