package io.thingward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.access.SubjectKind;
import io.thingward.access.SubjectWorkspace;
import io.thingward.authentication.Authentication.Refused;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.management.ApiKey;
import io.thingward.management.ApiUser;
import io.thingward.management.ChangeSet;
import io.thingward.management.CreatedApiUser;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.RightSource;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.LifecycleState;
import io.thingward.store.PageRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Datacake's access model on Thingward. Members and API users of a workspace hold workspace
 * permissions, one by one, and device permissions per device or on all devices. A personal token is
 * an API key of a user; an API user's token is an API key of an API user.
 */
class DatacakeScenarios {
  private static final DevicePermission VIEW = DevicePermission.of("view", "See the device");
  private static final DevicePermission EDIT_BASICS =
      DevicePermission.of("edit_basics", "Change name, location, tags").implying(VIEW);
  private static final DevicePermission EDIT_PRODUCT =
      DevicePermission.of("edit_product", "Change the product").implying(VIEW);
  private static final DevicePermission RECORD =
      DevicePermission.of("record_measurements", "Record measurements").implying(VIEW);
  private static final WorkspacePermission DEVICES =
      WorkspacePermission.of("devices", "Create, remove and move devices");
  private static final WorkspacePermission RULES = WorkspacePermission.of("rules", "Edit rules");
  private static final WorkspacePermission MEMBERS =
      WorkspacePermission.of("members", "Manage members and API users")
          .implying(ManagementPermissions.MEMBERS_EDIT, ManagementPermissions.API_USERS_EDIT);

  private Host datacake;
  private PrincipalId ann;
  private PrincipalId bob;
  private WorkspaceId brewery;
  private Device kettle;
  private Device cellar;

  @BeforeEach
  void openWorkspace() {
    datacake =
        new Host(
            builder ->
                builder.permissions(
                    VIEW, EDIT_BASICS, EDIT_PRODUCT, RECORD, DEVICES, RULES, MEMBERS));
    ann = datacake.user("ann@acme.example");
    bob = datacake.user("bob@acme.example");
    brewery = datacake.workspace("brewery", ann);
    kettle = datacake.device(brewery, "kettle");
    cellar = datacake.device(brewery, "cellar");
  }

  @AfterEach
  void closeWorkspace() {
    datacake.close();
  }

  private static ChangeSet.Builder rights() {
    return ChangeSet.builder();
  }

  private static DeviceScope only(Device device) {
    return DeviceScope.anyOf(device.id().value());
  }

  /** Speaks for a user by a personal token. */
  private Subject personal(PrincipalId user) {
    return datacake.by(user, NewApiKey.of("personal"));
  }

  private Subject member(PrincipalId user, ChangeSet.Builder rights) {
    datacake.management().members(brewery).add(user, rights.build());
    return personal(user);
  }

  private CreatedApiUser apiUser(String name, ChangeSet.Builder rights) {
    return datacake
        .management()
        .apiUsers(brewery)
        .create(NewApiUser.of(name, rights.build()), NewApiKey.of("token"));
  }

  private List<WorkspaceId> workspaces(Subject subject) {
    return subject.workspaces(PageRequest.first(10)).items().stream()
        .map(SubjectWorkspace::id)
        .toList();
  }

  // Tokens

  @Test
  @DisplayName("D46 a deleted token, a made-up one and none at all are refused alike")
  void revokedToken_isRefused() {
    Issued<ApiKey> token = datacake.management().apiKeys(ann).create(NewApiKey.of("personal"));
    assertThat(datacake.call(token.secret()).toOptional()).isPresent();
    datacake.management().apiKeys(ann).delete(token.id());
    assertThat(datacake.call(token.secret())).isEqualTo(new Refused<>());
    assertThat(datacake.call(Secret.of("Token 0123456789abcdef"))).isEqualTo(new Refused<>());
    assertThat(datacake.call(Secret.of(""))).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("D47 a personal token reaches every workspace of its user, an API user's its own")
  void tokens_reachTheirWorkspaces() {
    WorkspaceId dairy = datacake.workspace("dairy", bob);
    datacake.management().members(dairy).add(ann, ChangeSet.none());
    Subject personal = personal(ann);
    assertThat(personal.kind()).isEqualTo(SubjectKind.USER);
    assertThat(workspaces(personal)).containsExactlyInAnyOrder(brewery, dairy);
    assertThat(personal.workspaces(PageRequest.first(10)).items())
        .contains(new SubjectWorkspace(brewery, "brewery", true))
        .contains(new SubjectWorkspace(dairy, "dairy", false));

    CreatedApiUser robot = apiUser("robot", rights().allow(RULES));
    Subject machine = datacake.call(robot.key().secret()).orElseThrow();
    assertThat(machine.kind()).isEqualTo(SubjectKind.API_USER);
    assertThat(machine.workspace()).contains(brewery);
    assertThat(workspaces(machine)).containsExactly(brewery);
  }

  @Test
  @DisplayName("A personal token is its user: what the user gains or loses, it gains or loses")
  void personalToken_followsItsUser() {
    Subject held = member(bob, rights().allow(only(kettle), RECORD));
    assertThat(held.isAllowed(RECORD, kettle)).isTrue();
    datacake
        .management()
        .members(brewery)
        .change(bob, rights().withdraw(only(kettle), RECORD).allow(only(cellar), VIEW).build());
    assertThat(held.isAllowed(RECORD, kettle)).isFalse();
    assertThat(held.isAllowed(VIEW, kettle)).isFalse();
    assertThat(held.isAllowed(VIEW, cellar)).isTrue();
  }

  @Test
  @DisplayName("A token is shown at its creation and never again")
  void token_isShownOnce() {
    CreatedApiUser robot = apiUser("robot", rights().allow(RULES));
    String token = new String(robot.key().secret().reveal());
    assertThat(
            datacake.management().apiUsers(brewery).get(robot.apiUser().id()).toString()
                + datacake
                    .management()
                    .apiKeys(brewery, robot.apiUser().id())
                    .list(PageRequest.first(10)))
        .contains("robot", robot.key().id().toString())
        .doesNotContain(token, token.substring(token.length() - 20));
    assertThat(
            Arrays.stream(ApiUser.class.getRecordComponents())
                .noneMatch(component -> component.getType() == Secret.class))
        .isTrue();
  }

  // Device permissions

  @Test
  @DisplayName("D49 whoever may record on a device records and sees it, but does not rename it")
  void grant_coversWhatItNames() {
    Subject subject = member(bob, rights().allow(only(kettle), RECORD));
    assertThat(subject.decide(RECORD, kettle).reason()).isEqualTo(Reason.GRANT);
    assertThat(subject.isAllowed(VIEW, kettle)).as("view is implied").isTrue();
    assertThat(subject.isAllowed(EDIT_BASICS, kettle)).isFalse();
    assertThat(subject.isAllowed(VIEW, cellar)).isFalse();
    assertThat(datacake.fleet().all().stream().filter(subject.devices(VIEW, brewery)))
        .containsExactly(kettle);
  }

  @Test
  @DisplayName("D51 the permission to create devices shows none of those that exist")
  void workspacePermission_isNoDeviceGrant() {
    Subject subject = member(bob, rights().allow(DEVICES));
    assertThat(subject.isAllowed(DEVICES, brewery)).isTrue();
    assertThat(subject.decide(VIEW, kettle).reason()).isEqualTo(Reason.NOT_GRANTED);
    assertThat(subject.devices(VIEW, brewery).set().isNothing()).isTrue();
  }

  @Test
  @DisplayName("A grant on all devices reaches those that are added later, too")
  void grantOnAllDevices_reachesLaterOnes() {
    Subject subject = member(bob, rights().allow(DeviceScope.all(), VIEW));
    assertThat(subject.isAllowed(VIEW, datacake.device(brewery, "bottling"))).isTrue();
  }

  @Test
  @DisplayName("A member without any permission is an observer: there, and able to do nothing")
  void member_withoutRights() {
    Subject observer = member(bob, rights());
    assertThat(workspaces(observer)).containsExactly(brewery);
    assertThat(observer.permissions(brewery)).isEmpty();
    assertThat(observer.permissions(kettle)).isEmpty();
    assertThat(datacake.management().members(brewery).get(bob).grants()).isEmpty();
  }

  @Test
  @DisplayName("A grant of nothing is refused: some read it as view only, some as removal")
  void emptyGrant_isRefused() {
    assertThatThrownBy(() -> rights().allow(only(kettle)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ambiguous");
    assertThatThrownBy(() -> rights().withdraw(only(kettle)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("D63 a device that is shared with a second workspace is seen by the grants of each")
  void sharedDevice_isOneValuePerWorkspace() {
    PrincipalId carl = datacake.user("carl@dairy.example");
    PrincipalId dora = datacake.user("dora@dairy.example");
    WorkspaceId dairy = datacake.workspace("dairy", carl);
    Device shared = datacake.device(dairy, "kettle");
    datacake
        .management()
        .members(dairy)
        .add(dora, rights().allow(DeviceScope.anyOf("kettle"), VIEW).build());
    assertThat(personal(dora).isAllowed(VIEW, shared)).isTrue();
    assertThat(personal(dora).isAllowed(VIEW, kettle)).isFalse();
    assertThat(personal(carl).isAllowed(EDIT_BASICS, shared)).isTrue();
    assertThat(personal(ann).isAllowed(VIEW, kettle)).as("the owner still sees it").isTrue();
    assertThat(personal(ann).isAllowed(VIEW, shared)).isFalse();
  }

  // Workspace permissions and members

  @Test
  @DisplayName("D52 without the members permission nobody lists members or API users")
  void members_needThePermission() {
    Management by = datacake.thingward().as(member(bob, rights().allow(RULES)));
    assertThatThrownBy(() -> by.members(brewery).list(PageRequest.first(10)))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by.apiUsers(brewery).list(PageRequest.first(10)))
        .isInstanceOf(NotPermittedException.class);
    datacake.management().members(brewery).change(bob, rights().allow(MEMBERS).build());
    assertThat(by.members(brewery).list(PageRequest.first(10)).items()).hasSize(2);
    assertThat(by.apiUsers(brewery).list(PageRequest.first(10)).items()).isEmpty();
  }

  @Test
  @DisplayName("D53 a change set changes what it names and leaves the rest")
  void changeSet_leavesTheRest() {
    Subject subject = member(bob, rights().allow(RULES, DEVICES).allow(only(kettle), VIEW));
    datacake.management().members(brewery).change(bob, rights().withdraw(RULES).build());
    assertThat(subject.permissions(brewery)).containsExactly(DEVICES);
    assertThat(subject.isAllowed(VIEW, kettle)).isTrue();
  }

  @Test
  @DisplayName("Withdrawing the last permission on a device removes the grant")
  void lastPermission_removesTheGrant() {
    Subject subject = member(bob, rights().allow(only(kettle), RECORD));
    datacake
        .management()
        .members(brewery)
        .change(bob, rights().withdraw(only(kettle), RECORD).build());
    assertThat(datacake.management().members(brewery).get(bob).grants()).isEmpty();
    assertThat(subject.isAllowed(VIEW, kettle)).isFalse();
  }

  @Test
  @DisplayName("A withdrawal says what still gives the right")
  void withdrawal_namesWhatRemains() {
    datacake
        .management()
        .members(brewery)
        .add(bob, rights().allow(only(kettle), VIEW).allow(DeviceScope.all(), RECORD).build());
    ChangeSet.Outcome outcome =
        datacake
            .management()
            .members(brewery)
            .change(bob, rights().withdraw(only(kettle), VIEW).build())
            .outcomes()
            .get(0);
    assertThat(outcome.applied()).isTrue();
    assertThat(outcome.still()).hasSize(1);
    assertThat(outcome.still().get(0).kind()).isEqualTo(RightSource.Kind.GRANT);
    assertThat(outcome.still().get(0).permission()).contains(RECORD.name());
    assertThat(personal(bob).isAllowed(VIEW, kettle)).isTrue();
  }

  @Test
  @DisplayName("D59 the owner is removed by no member, and the last owner by nobody")
  void owner_isNotRemoved() {
    Management byBob = datacake.thingward().as(member(bob, rights().allow(MEMBERS)));
    assertThatThrownBy(() -> byBob.members(brewery).remove(ann))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> datacake.management().members(brewery).remove(ann))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> datacake.thingward().as(personal(ann)).members(brewery).leave())
        .isInstanceOf(ConflictException.class);
    assertThat(personal(ann).isAllowed(EDIT_PRODUCT, kettle)).isTrue();
  }

  @Test
  @DisplayName("A removed member loses this workspace and no other, and comes back with nothing")
  void removedMember_losesThisWorkspaceOnly() {
    Subject held = member(bob, rights().allow(RULES).allow(DeviceScope.all(), VIEW));
    WorkspaceId dairy = datacake.workspace("dairy", bob);
    datacake.management().members(brewery).remove(bob);
    assertThat(held.decide(VIEW, kettle).reason()).isEqualTo(Reason.NOT_GRANTED);
    assertThat(workspaces(held)).containsExactly(dairy);
    assertThat(held.isAllowed(RULES, dairy)).isTrue();
    datacake.management().members(brewery).add(bob, ChangeSet.none());
    assertThat(held.permissions(brewery)).isEmpty();
  }

  @Test
  @DisplayName("A member leaves without anybody's permission, and hands over what it owns first")
  void member_leaves() {
    Subject subject = member(bob, rights().allow(RULES));
    datacake.thingward().as(subject).members(brewery).leave();
    assertThat(subject.isAllowed(RULES, brewery)).isFalse();

    datacake.management().members(brewery).add(bob, ChangeSet.none());
    Management byAnn = datacake.thingward().as(personal(ann));
    byAnn.workspaces().handOver(brewery, ann, bob);
    byAnn.members(brewery).leave();
    assertThat(datacake.management().workspaces().get(brewery).owners()).containsExactly(bob);
  }

  @Test
  @DisplayName("Nobody gives more than they hold, neither to others nor to themselves")
  void escalation_isRefused() {
    PrincipalId carl = datacake.user("carl@acme.example");
    Management byBob =
        datacake.thingward().as(member(bob, rights().allow(MEMBERS).allow(only(kettle), RECORD)));
    byBob.members(brewery).add(carl, rights().allow(only(kettle), VIEW).build());
    List<ChangeSet> tooMuch =
        List.of(
            rights().allow(RULES).build(),
            rights().allow(only(kettle), EDIT_BASICS).build(),
            rights().allow(only(cellar), VIEW).build(),
            rights().allow(DeviceScope.all(), RECORD).build());
    for (ChangeSet more : tooMuch) {
      assertThatThrownBy(() -> byBob.members(brewery).change(carl, more))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> byBob.members(brewery).change(bob, more))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> byBob.apiUsers(brewery).create("robot", more))
          .isInstanceOf(NotPermittedException.class);
      assertThat(byBob.covers(brewery, more)).isFalse();
    }
    assertThatThrownBy(() -> byBob.workspaces().addOwner(brewery, bob))
        .isInstanceOf(NotPermittedException.class);
    assertThat(personal(carl).permissions(kettle)).containsExactly(VIEW);
  }

  @Test
  @DisplayName("Whoever holds less does not touch whoever holds more")
  void strongerMember_isOutOfReach() {
    PrincipalId carl = datacake.user("carl@acme.example");
    datacake.management().members(brewery).add(carl, rights().allow(MEMBERS, RULES).build());
    Management byBob = datacake.thingward().as(member(bob, rights().allow(MEMBERS)));
    assertThatThrownBy(() -> byBob.members(brewery).remove(carl))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> byBob.members(brewery).change(carl, rights().withdraw(RULES).build()))
        .isInstanceOf(NotPermittedException.class);
    assertThat(byBob.covers(brewery, carl)).isFalse();
  }

  @Test
  @DisplayName("Another workspace, an unknown one and a deleted one answer alike")
  void foreignWorkspace_looksLikeNone() {
    WorkspaceId dairy = datacake.workspace("dairy", bob);
    Device churn = datacake.device(dairy, "churn");
    Subject subject = personal(ann);
    Management by = datacake.thingward().as(subject);
    WorkspaceId nowhere = WorkspaceId.of("nowhere");
    assertThat(subject.decide(VIEW, churn))
        .isEqualTo(subject.decide(VIEW, Device.of(nowhere, "churn")));
    assertThatThrownBy(() -> by.members(dairy).list(PageRequest.first(10)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no workspace dairy");
    assertThatThrownBy(() -> by.members(nowhere).list(PageRequest.first(10)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no workspace nowhere");
  }

  // API users

  @Test
  @DisplayName("An API user holds workspace permissions and devices like a member")
  void apiUser_holdsRightsLikeAMember() {
    CreatedApiUser robot =
        apiUser(
            "Node-RED",
            rights().allow(RULES).allow(only(kettle), RECORD).allow(only(cellar), VIEW));
    Subject subject = datacake.call(robot.key().secret()).orElseThrow();
    assertThat(subject.permissions(brewery)).containsExactly(RULES);
    assertThat(subject.permissions(kettle)).containsExactlyInAnyOrder(RECORD, VIEW);
    assertThat(subject.permissions(cellar)).containsExactly(VIEW);

    datacake
        .management()
        .apiUsers(brewery)
        .change(robot.apiUser().id(), rights().allow(DEVICES).withdraw(RULES).build());
    assertThat(subject.permissions(brewery)).containsExactly(DEVICES);
  }

  @Test
  @DisplayName("D57 a deleted API user's token is refused at once, and so is who came with it")
  void deletedApiUser_isRefusedAtOnce() {
    CreatedApiUser robot = apiUser("robot", rights().allow(DeviceScope.all(), VIEW));
    Subject held = datacake.call(robot.key().secret()).orElseThrow();
    assertThat(held.isAllowed(VIEW, kettle)).isTrue();
    datacake.management().apiUsers(brewery).delete(robot.apiUser().id());
    assertThat(datacake.call(robot.key().secret())).isEqualTo(new Refused<>());
    assertThat(held.isAllowed(VIEW, kettle)).isFalse();
    assertThat(held.isActive()).isFalse();
    assertThatThrownBy(() -> datacake.management().apiUsers(brewery).get(robot.apiUser().id()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("A suspended API user admits nobody and recovers whole; one with an end ends then")
  void apiUser_statusAndEnd() {
    CreatedApiUser robot = apiUser("robot", rights().allow(DeviceScope.all(), VIEW));
    PrincipalId id = robot.apiUser().id();
    Subject held = datacake.call(robot.key().secret()).orElseThrow();
    assertThat(datacake.management().apiUsers(brewery).suspend(id).state())
        .isEqualTo(LifecycleState.SUSPENDED);
    assertThat(datacake.call(robot.key().secret())).isEqualTo(new Refused<>());
    assertThat(held.decide(VIEW, kettle).reason()).isEqualTo(Reason.PRINCIPAL_SUSPENDED);
    datacake.management().apiUsers(brewery).resume(id);
    assertThat(held.isAllowed(VIEW, kettle)).isTrue();

    datacake
        .management()
        .apiUsers(brewery)
        .setEnd(id, java.util.Optional.of(datacake.clock().instant().plus(Duration.ofDays(1))));
    datacake.clock().pass(Duration.ofDays(1));
    assertThat(datacake.call(robot.key().secret())).isEqualTo(new Refused<>());
  }

  @Test
  @DisplayName("An API user is renamed without losing its token, and its token is replaced alone")
  void apiUser_renameAndRotate() {
    CreatedApiUser robot = apiUser("robot", rights().allow(RULES));
    PrincipalId id = robot.apiUser().id();
    datacake.management().apiUsers(brewery).rename(id, "press");
    assertThat(datacake.call(robot.key().secret()).toOptional()).isPresent();
    Issued<ApiKey> fresh =
        datacake.management().apiKeys(brewery, id).rotate(robot.key().id(), Duration.ZERO);
    assertThat(datacake.call(robot.key().secret())).isEqualTo(new Refused<>());
    assertThat(datacake.call(fresh.secret()).orElseThrow().permissions(brewery))
        .containsExactly(RULES);
  }

  @Test
  @DisplayName("An API user is never an owner and mints no token of its own")
  void apiUser_isNoOwnerAndMintsNothing() {
    CreatedApiUser robot = apiUser("robot", rights().allow(MEMBERS));
    PrincipalId id = robot.apiUser().id();
    assertThatThrownBy(() -> datacake.management().workspaces().addOwner(brewery, id))
        .isInstanceOf(NotFoundException.class);
    Management by = datacake.thingward().as(datacake.call(robot.key().secret()).orElseThrow());
    assertThatThrownBy(() -> by.apiKeys(brewery, id).create(NewApiKey.of("successor")))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by.apiUsers(brewery).change(id, rights().withdraw(MEMBERS).build()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by.apiUsers(brewery).create("stronger", rights().allow(RULES).build()))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  @DisplayName("A principal has at most 100 tokens, each listed once")
  void tokens_areLimited() {
    CreatedApiUser robot = apiUser("robot", rights());
    var keys = datacake.management().apiKeys(brewery, robot.apiUser().id());
    IntStream.range(1, 100).forEach(i -> keys.create(NewApiKey.of("token " + i)).close());
    assertThatThrownBy(() -> keys.create(NewApiKey.of("one more")))
        .isInstanceOf(LimitException.class);
    assertThat(Set.copyOf(keys.list(PageRequest.first(1_000)).items())).hasSize(100);
  }

  // The workspace itself

  @Test
  @DisplayName("A suspended workspace admits nobody and recovers with all it held")
  void suspendedWorkspace_recovers() {
    CreatedApiUser robot = apiUser("robot", rights().allow(DeviceScope.all(), VIEW));
    Subject held = member(bob, rights().allow(RULES));
    datacake.management().workspaces().suspend(brewery);
    assertThat(datacake.call(robot.key().secret())).isEqualTo(new Refused<>());
    assertThat(held.decide(RULES, brewery).reason()).isEqualTo(Reason.WORKSPACE_SUSPENDED);
    assertThat(workspaces(held)).isEmpty();
    datacake.management().workspaces().resume(brewery);
    assertThat(datacake.call(robot.key().secret()).toOptional()).isPresent();
    assertThat(held.isAllowed(RULES, brewery)).isTrue();
  }

  @Test
  @DisplayName("A deleted workspace takes its API users along; its id is never used again")
  void deletedWorkspace_isGone() {
    CreatedApiUser robot = apiUser("robot", rights().allow(DeviceScope.all(), VIEW));
    Subject owner = personal(ann);
    datacake.thingward().as(owner).workspaces().delete(brewery);
    assertThat(datacake.call(robot.key().secret())).isEqualTo(new Refused<>());
    assertThat(owner.isAllowed(VIEW, kettle)).isFalse();
    assertThat(owner.isActive()).as("the user remains").isTrue();
    assertThatThrownBy(() -> datacake.workspace("brewery", bob))
        .isInstanceOf(ConflictException.class);
  }
}
