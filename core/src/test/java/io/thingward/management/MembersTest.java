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
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.testing.Platform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MembersTest {
  private static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");
  private static final DeviceScope T1 = DeviceScope.anyOf("t1");

  private final Platform platform = new Platform();
  private final PrincipalId ann = platform.user("ann");
  private final PrincipalId bob = platform.user("bob");
  private final PrincipalId eve = platform.user("eve");
  private final WorkspaceId acme = platform.workspace("acme", ann);
  private final Device t1 = Device.of(acme, "t1").tagged("site", "paris");
  private final Device t2 = Device.of(acme, "t2");
  private final Members members = platform.host.members(acme);

  @AfterEach
  void close() {
    platform.close();
  }

  private Members by(PrincipalId user) {
    return platform.thingward.as(platform.by(user)).members(acme);
  }

  /* A member who may manage members and holds these rights besides. */
  private PrincipalId manager(Grant... grants) {
    PrincipalId manager = platform.user("manager");
    platform.member(
        acme,
        manager,
        Set.of(ManagementPermissions.MEMBERS_EDIT.name(), RULES.name()),
        Set.of(),
        grants);
    return manager;
  }

  private RoleId role(
      String id, Optional<WorkspaceId> workspace, Set<String> onAll, Set<String> onAssigned) {
    RoleId role = RoleId.of(id);
    boolean stored =
        platform
            .memory
            .workspaces()
            .insertRole(
                RoleRecord.builder(role, platform.version(), platform.time.instant())
                    .workspace(workspace)
                    .name(id)
                    .onAllDevices(onAll)
                    .onAssignedDevices(onAssigned)
                    .build());
    assertThat(stored).isTrue();
    return role;
  }

  private MembershipRecord stored(PrincipalId user) {
    return platform.memory.workspaces().findMembership(new MembershipId(acme, user)).orElseThrow();
  }

  private static ChangeSet allow(DeviceScope scope, DevicePermission... permissions) {
    return ChangeSet.builder().allow(scope, permissions).build();
  }

  private static ChangeSet allow(WorkspacePermission... permissions) {
    return ChangeSet.builder().allow(permissions).build();
  }

  private static ChangeSet withdraw(DeviceScope scope, DevicePermission... permissions) {
    return ChangeSet.builder().withdraw(scope, permissions).build();
  }

  @Test
  void add_givesAnExistingUserExactlyTheseRights() {
    members.add(bob, ChangeSet.builder().allow(RULES).allow(T1, RECORD).build());
    Subject subject = platform.by(bob);
    assertThat(subject.permissions(acme)).containsExactly(RULES);
    assertThat(subject.permissions(t1)).containsExactlyInAnyOrder(RECORD, VIEW);
    assertThat(subject.permissions(t2)).isEmpty();
  }

  @Test
  void addByUsername_findsWhoHasTheNameNow() {
    assertThat(members.addByUsername("BOB", ChangeSet.none()).id()).isEqualTo(bob);
    assertThatThrownBy(() -> members.addByUsername("nobody", ChangeSet.none()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no user nobody");
    assertThatThrownBy(() -> members.addByUsername("no body", ChangeSet.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void add_refusesAMemberAndAnUnknownUser() {
    members.add(bob, allow(RULES));
    assertThatThrownBy(() -> members.add(bob, allow(BILLING)))
        .isInstanceOf(ConflictException.class);
    assertThat(stored(bob).permissions()).containsExactly(RULES.name());
    assertThatThrownBy(() -> members.add(ann, ChangeSet.none()))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> members.add(PrincipalId.of("x"), ChangeSet.none()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R6: a change set leaves alone whatever it does not mention")
  void change_leavesTheRest() {
    RoleId tech = role("tech", Optional.of(acme), Set.of(), Set.of(VIEW.name()));
    members.add(
        bob,
        ChangeSet.builder()
            .allow(RULES)
            .allow(PARIS, RECORD)
            .allow(T1, EDIT)
            .assign(tech, T1)
            .build());
    members.change(bob, ChangeSet.builder().allow(BILLING).withdraw(T1, EDIT).build());
    MembershipRecord after = stored(bob);
    assertThat(after.permissions()).containsExactlyInAnyOrder(RULES.name(), BILLING.name());
    assertThat(after.grants()).containsExactly(grant(PARIS, RECORD));
    assertThat(after.roles()).containsExactly(new RoleAssignment(tech, T1));
  }

  @Test
  @DisplayName("R6: the scope is the key of a grant, of which there is one at most")
  void allow_onTheSameScope_extendsItsGrant() {
    members.add(bob, allow(DeviceScope.anyOf("t1", "site=paris"), VIEW));
    members.change(bob, allow(DeviceScope.anyOf("site=paris", "t1"), EDIT));
    members.change(bob, allow(PARIS, RECORD));
    assertThat(stored(bob).grants())
        .containsExactlyInAnyOrder(
            grant(DeviceScope.anyOf("t1", "site=paris"), VIEW, EDIT), grant(PARIS, RECORD));
  }

  @Test
  @DisplayName("R6: thousands of changes are one write and one event, with an outcome each")
  void change_ofThousands_isOneWriteAndOneEvent() {
    members.add(bob, allow(DeviceScope.anyOf("d0"), VIEW));
    ChangeSet.Builder changes = ChangeSet.builder();
    IntStream.range(0, 9_000).forEach(i -> changes.allow(DeviceScope.anyOf("d" + i), VIEW));
    platform.stores.takeCalls();
    platform.audit.take();

    ChangeResult<Member> result = members.change(bob, changes.build());

    assertThat(result.outcomes()).hasSize(9_000);
    assertThat(result.outcomes()).filteredOn(outcome -> !outcome.applied()).hasSize(1);
    assertThat(result.outcomes().get(8_999).change())
        .isEqualTo(new ChangeSet.OfGrant(true, DeviceScope.anyOf("d8999"), VIEW.name()));
    assertThat(platform.stores.takeCalls())
        .filteredOn(call -> call.contains("replace") || call.contains("insert"))
        .containsExactly("workspaces.replaceMembership");
    List<AuditEvent> events = platform.audit.take();
    assertThat(events).hasSize(1);
    AuditEvent.Change event = (AuditEvent.Change) events.get(0);
    assertThat(event.kind()).isEqualTo(AuditKind.CHANGED);
    assertThat(event.operation()).isEqualTo("member-change");
    assertThat(event.workspace()).contains(acme);
    assertThat(event.details()).containsEntry("changed", "8999 of 9000");
    assertThat(event.details().get("changes")).hasSizeLessThan(5_000).endsWith(" more");
    assertThat(stored(bob).grants()).hasSize(9_000);
  }

  @Test
  @DisplayName("R20: a refusal tells its actor what the operation needs")
  void refusal_saysWhatIsNeeded() {
    members.add(bob, allow(RULES));
    Management byBob = platform.thingward.as(platform.by(bob));
    assertThatThrownBy(() -> byBob.members(acme).list(PageRequest.first(10)))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("thingward.members.read");
    assertThatThrownBy(() -> byBob.workspaces().addOwner(acme, bob))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("an owner");
  }

  @Test
  void change_thatChangesNothing_writesNothing() {
    members.add(bob, allow(RULES));
    platform.stores.takeCalls();
    ChangeResult<Member> result =
        members.change(bob, ChangeSet.builder().allow(RULES).withdraw(T1, VIEW).build());
    assertThat(result.outcomes()).extracting(ChangeSet.Outcome::applied).containsOnly(false);
    assertThat(platform.stores.takeCalls()).noneMatch(call -> call.contains("replace"));
  }

  @Test
  @DisplayName("R6: a withdrawal names the grant, role and ownership that still give the right")
  void withdraw_namesWhatStillGivesTheRight() {
    RoleId tech = role("tech", Optional.of(acme), Set.of(EDIT.name()), Set.of(VIEW.name()));
    members.add(
        bob,
        ChangeSet.builder()
            .allow(T1, VIEW)
            .allow(DeviceScope.anyOf("t1", "t2"), RECORD)
            .allow(DeviceScope.anyOf("t3"), VIEW)
            .allow(PARIS, VIEW)
            .assign(tech, T1)
            .build());
    assertThat(members.change(bob, withdraw(T1, VIEW)).outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.applied()).isTrue();
              assertThat(outcome.still())
                  .containsExactlyInAnyOrder(
                      RightSource.ofGrant(DeviceScope.anyOf("t1", "t2"), RECORD.name()),
                      RightSource.ofGrant(PARIS, VIEW.name()),
                      RightSource.ofRole(tech, Optional.of(T1), Optional.of(VIEW.name())),
                      RightSource.ofRole(
                          tech, Optional.of(DeviceScope.all()), Optional.of(EDIT.name())));
            });
    assertThat(members.change(bob, withdraw(DeviceScope.anyOf("t9"), VIEW)).outcomes().get(0))
        .satisfies(
            outcome -> {
              assertThat(outcome.applied()).isFalse();
              assertThat(outcome.still()).hasSize(2); // site=paris, and the role on all
            });
  }

  @Test
  void withdraw_ofAWorkspacePermission_namesWhatImpliesIt() {
    members.add(bob, allow(RULES, BILLING));
    assertThat(
            members
                .change(bob, ChangeSet.builder().withdraw(RULES).build())
                .outcomes()
                .get(0)
                .still())
        .containsExactly(RightSource.ofPermission(BILLING.name()));
    assertThat(platform.by(bob).isAllowed(RULES, acme)).isTrue();
    platform.host.workspaces().addOwner(acme, bob);
    assertThat(
            members
                .change(bob, ChangeSet.builder().withdraw(BILLING).build())
                .outcomes()
                .get(0)
                .still())
        .containsExactly(RightSource.ofOwnership());
  }

  @Test
  void unassign_namesTheOtherAssignmentsOfTheRole() {
    RoleId tech = role("tech", Optional.empty(), Set.of(), Set.of(VIEW.name()));
    members.add(bob, ChangeSet.builder().assign(tech, T1).assign(tech, PARIS).build());
    assertThat(
            members
                .change(bob, ChangeSet.builder().unassign(tech, T1).build())
                .outcomes()
                .get(0)
                .still())
        .containsExactly(RightSource.ofRole(tech, Optional.of(PARIS), Optional.empty()));
  }

  @Test
  void still_namesSourcesUpToALimit() {
    ChangeSet.Builder grants = ChangeSet.builder();
    IntStream.range(0, 300).forEach(i -> grants.allow(DeviceScope.anyOf("k=" + i), VIEW));
    members.add(bob, grants.build());
    assertThat(members.change(bob, withdraw(T1, VIEW)).outcomes().get(0).still())
        .hasSize(ChangeSet.Outcome.SOURCES);
  }

  @Test
  @DisplayName("R6: withdrawing the last permission removes the grant")
  void withdraw_ofTheLastPermission_removesTheGrant() {
    members.add(bob, allow(T1, VIEW, EDIT));
    members.change(bob, withdraw(T1, VIEW));
    assertThat(stored(bob).grants()).containsExactly(grant(T1, EDIT));
    members.change(bob, withdraw(T1, EDIT));
    assertThat(stored(bob).grants()).isEmpty();
  }

  @Test
  @DisplayName("R6: a change without a permission is refused as ambiguous, so is a contradiction")
  void ambiguous_isRefused() {
    ChangeSet.Builder builder = ChangeSet.builder();
    assertThatThrownBy(() -> builder.allow(T1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ambiguous");
    assertThatThrownBy(() -> builder.withdrawNamed(T1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.allow(new WorkspacePermission[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.allow(DeviceScope.none(), VIEW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.allow(T1, VIEW).withdraw(T1, VIEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ambiguous");
    assertThat(builder.allow(T1, VIEW).allow(T1, VIEW).build().changes()).hasSize(1);
  }

  @Test
  @DisplayName("R6: limits of a membership are refused whole")
  void limits_areRefusedWhole() {
    ChangeSet.Builder full = ChangeSet.builder();
    IntStream.range(0, Limits.GRANTS_PER_MEMBERSHIP)
        .forEach(i -> full.allow(DeviceScope.anyOf("d" + i), VIEW));
    members.add(bob, full.build());
    assertThatThrownBy(() -> members.change(bob, allow(T1, VIEW)))
        .isInstanceOf(LimitException.class);
    assertThat(stored(bob).grants()).hasSize(Limits.GRANTS_PER_MEMBERSHIP);
    assertThatThrownBy(() -> full.allow(T1, VIEW).build()).isInstanceOf(LimitException.class);

    DeviceSelector.Builder large = DeviceSelector.builder();
    IntStream.range(0, Limits.TERMS_PER_MEMBERSHIP).forEach(i -> large.id(DeviceId.of("d" + i)));
    DeviceScope many = DeviceScope.of(large.build());
    members.add(eve, allow(many, VIEW));
    assertThatThrownBy(() -> members.change(eve, allow(T1, VIEW)))
        .isInstanceOf(LimitException.class);
    RoleId tech = role("tech", Optional.of(acme), Set.of(), Set.of(VIEW.name()));
    assertThatThrownBy(() -> members.change(eve, ChangeSet.builder().assign(tech, T1).build()))
        .isInstanceOf(LimitException.class);
    assertThat(stored(eve).grants()).containsExactly(grant(many, VIEW));
  }

  @Test
  void roleAssignments_areLimited() {
    RoleId tech = role("tech", Optional.of(acme), Set.of(), Set.of(VIEW.name()));
    ChangeSet.Builder many = ChangeSet.builder();
    IntStream.range(0, Limits.ROLES_PER_MEMBERSHIP)
        .forEach(i -> many.assign(tech, DeviceScope.anyOf("d" + i)));
    members.add(bob, many.build());
    assertThatThrownBy(() -> members.change(bob, ChangeSet.builder().assign(tech, T1).build()))
        .isInstanceOf(LimitException.class);
  }

  @Test
  @DisplayName(
      "R5: what the catalog lacks is not granted, but survives an edit and can be withdrawn")
  void unknownNames_surviveAnEdit() {
    DevicePermission later = DevicePermission.of("device.later", "Of a newer node");
    WorkspacePermission alsoLater = WorkspacePermission.of("workspace.later", "Of a newer node");
    members.add(bob, ChangeSet.none());
    assertThatThrownBy(() -> members.change(bob, allow(T1, later)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device.later");
    assertThatThrownBy(() -> members.change(bob, allow(alsoLater)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> members.change(bob, allow(WorkspacePermission.of(VIEW.name(), "wrong kind"))))
        .isInstanceOf(IllegalArgumentException.class);

    platform.member(
        acme,
        eve,
        Set.of(alsoLater.name()),
        Set.of(),
        new Grant(T1, Set.of(later.name(), VIEW.name())));
    members.change(eve, ChangeSet.builder().allow(RULES).allow(T1, EDIT).build());
    assertThat(stored(eve).permissions()).containsExactlyInAnyOrder(alsoLater.name(), RULES.name());
    assertThat(stored(eve).grants())
        .containsExactly(new Grant(T1, Set.of(later.name(), VIEW.name(), EDIT.name())));
    assertThat(platform.by(eve).permissions(acme)).containsExactly(RULES);

    // a manager who is no owner cannot know what it would be touching; an owner can
    PrincipalId manager = manager(grant(DeviceScope.all(), RECORD, EDIT));
    ChangeSet byName =
        ChangeSet.builder().withdrawNamed(alsoLater.name()).withdrawNamed(T1, later.name()).build();
    assertThatThrownBy(() -> by(manager).change(eve, byName))
        .isInstanceOf(NotPermittedException.class);
    assertThat(by(ann).change(eve, byName).outcomes())
        .extracting(ChangeSet.Outcome::applied)
        .containsOnly(true);
    assertThat(stored(eve).permissions()).containsExactly(RULES.name());
    by(manager).change(eve, withdraw(T1, VIEW));
  }

  @Test
  @DisplayName("R7: removing a member takes the rights in this workspace and in no other")
  void remove_takesOnlyThisWorkspacesRights() {
    WorkspaceId beta = platform.workspace("beta", ann);
    members.add(bob, allow(DeviceScope.all(), VIEW));
    platform.host.members(beta).add(bob, allow(DeviceScope.all(), VIEW));
    Subject subject = platform.by(bob);
    members.remove(bob);
    assertThat(subject.isAllowed(VIEW, t1)).isFalse();
    assertThat(subject.isAllowed(VIEW, Device.of(beta, "b1"))).isTrue();
    assertThatThrownBy(() -> members.get(bob)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> members.remove(bob)).isInstanceOf(NotFoundException.class);
    members.add(bob, ChangeSet.none());
    assertThat(subject.isAllowed(VIEW, t1)).isFalse(); // back, from nothing
  }

  @Test
  @DisplayName("R3: removing an owner takes the ownership too, unless it is the last one's")
  void remove_ofAnOwner() {
    assertThatThrownBy(() -> members.remove(ann)).isInstanceOf(ConflictException.class);
    platform.host.workspaces().addOwner(acme, bob);
    members.remove(ann);
    assertThat(platform.host.workspaces().get(acme).owners()).containsExactly(bob);
    assertThat(platform.by(ann).isAllowed(RULES, acme)).isFalse();
    assertThat(members.list(PageRequest.first(10)).items())
        .extracting(Member::id)
        .containsExactly(bob);
  }

  @Test
  @DisplayName("R3: an owner leaves with the ownership; the last one hands over first")
  void leave_byAnOwner() {
    assertThatThrownBy(() -> by(ann).leave()).isInstanceOf(ConflictException.class);
    assertThat(platform.host.workspaces().get(acme).owners()).containsExactly(ann);
    platform.host.workspaces().addOwner(acme, bob);
    by(ann).leave();
    assertThat(platform.host.workspaces().get(acme).owners()).containsExactly(bob);
    assertThatThrownBy(() -> members.get(ann)).isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R23: a refused change of owners makes nobody a member")
  void refusedChangeOfOwners_changesNothing() {
    assertThatThrownBy(() -> platform.host.workspaces().handOver(acme, eve, bob))
        .isInstanceOf(NotFoundException.class);
    for (int i = 1; i < Limits.OWNERS_PER_WORKSPACE; i++) {
      platform.host.workspaces().addOwner(acme, platform.user("owner" + i));
    }
    assertThatThrownBy(() -> platform.host.workspaces().addOwner(acme, bob))
        .isInstanceOf(LimitException.class);
    assertThatThrownBy(() -> members.get(bob)).isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R21: one's own membership can be left, never changed")
  void ownMembership_isLeftNotChanged() {
    PrincipalId manager = manager(grant(DeviceScope.all(), VIEW));
    assertThatThrownBy(() -> by(manager).change(manager, withdraw(T1, VIEW)))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by(manager).remove(manager)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by(ann).change(ann, allow(RULES)))
        .isInstanceOf(NotPermittedException.class);
    by(manager).leave();
    assertThat(stored(manager).removed()).isTrue();
    assertThatThrownBy(() -> platform.host.members(acme).leave())
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void leave_needsACredentialWithoutRestriction() {
    members.add(bob, allow(T1, VIEW));
    Subject narrowed =
        platform.by(bob, NewApiKey.of("narrow").restrictedTo(acme, DeviceScope.all(), VIEW));
    assertThatThrownBy(() -> platform.thingward.as(narrowed).members(acme).leave())
        .isInstanceOf(NotPermittedException.class);
    assertThat(stored(bob).removed()).isFalse();
  }

  @Test
  @DisplayName(
      "R21: nobody gives more than the presented credential holds, in permissions or scope")
  void give_isCovered() {
    PrincipalId manager = manager(grant(PARIS, RECORD));
    members.add(bob, ChangeSet.none());
    for (ChangeSet tooMuch :
        List.of(
            allow(BILLING),
            allow(PARIS, EDIT),
            allow(T1, VIEW), // it is in Paris today; tags change
            allow(DeviceScope.all(), VIEW),
            allow(DeviceScope.anyOf("site=*"), VIEW))) {
      assertThatThrownBy(() -> by(manager).change(bob, tooMuch))
          .as("%s", tooMuch)
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> by(manager).add(eve, tooMuch))
          .as("%s", tooMuch)
          .isInstanceOf(NotPermittedException.class);
    }
    assertThat(stored(bob).grants()).isEmpty();
    by(manager).change(bob, ChangeSet.builder().allow(RULES).allow(PARIS, VIEW).build());
    by(manager).add(eve, allow(PARIS, RECORD));

    Subject narrowed =
        platform.by(
            manager,
            NewApiKey.of("narrow")
                .restrictedTo(acme, DeviceScope.all(), ManagementPermissions.MEMBERS_EDIT, RECORD));
    assertThatThrownBy(
            () -> platform.thingward.as(narrowed).members(acme).change(eve, allow(RULES)))
        .isInstanceOf(NotPermittedException.class);
    platform.thingward.as(narrowed).members(acme).change(eve, withdraw(PARIS, RECORD));
  }

  @Test
  @DisplayName("R21: assigning a role needs all that the assignment gives")
  void assign_isCovered() {
    RoleId onAll = role("on-all", Optional.of(acme), Set.of(VIEW.name()), Set.of());
    RoleId assigned = role("assigned", Optional.empty(), Set.of(), Set.of(VIEW.name()));
    PrincipalId manager = manager(grant(PARIS, VIEW));
    members.add(bob, ChangeSet.none());
    assertThatThrownBy(
            () -> by(manager).change(bob, ChangeSet.builder().assign(onAll, PARIS).build()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () -> by(manager).change(bob, ChangeSet.builder().assign(assigned, T1).build()))
        .isInstanceOf(NotPermittedException.class);
    by(manager)
        .change(
            bob,
            ChangeSet.builder()
                .assign(assigned, PARIS)
                .assign(assigned, DeviceScope.none())
                .build());
    assertThat(platform.by(bob).isAllowed(VIEW, t1)).isTrue();
  }

  @Test
  @DisplayName("R21: who holds more than the actor is neither changed nor removed by it")
  void touch_isCovered() {
    PrincipalId manager = manager(grant(PARIS, VIEW));
    members.add(bob, allow(T1, VIEW));
    assertThatThrownBy(() -> by(manager).change(bob, withdraw(T1, VIEW)))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by(manager).remove(bob)).isInstanceOf(NotPermittedException.class);
    platform.host.workspaces().addOwner(acme, eve);
    assertThatThrownBy(() -> by(manager).remove(eve)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> by(manager).change(eve, allow(PARIS, VIEW)))
        .isInstanceOf(NotPermittedException.class);
    Subject narrowed =
        platform.by(
            ann,
            NewApiKey.of("narrow")
                .restrictedTo(
                    acme, DeviceScope.all(), platform.thingward.catalog().workspacePermissions())
                .restrictedTo(
                    acme, DeviceScope.all(), platform.thingward.catalog().devicePermissions()));
    assertThatThrownBy(() -> platform.thingward.as(narrowed).members(acme).remove(eve))
        .isInstanceOf(NotPermittedException.class);
    by(ann).remove(eve);
    assertThat(platform.host.workspaces().get(acme).owners()).containsExactly(ann);
  }

  @Test
  @DisplayName("R20: managing members needs the permission, as the store has it now")
  void manage_needsThePermission() {
    members.add(bob, allow(DeviceScope.all(), VIEW));
    Members withoutPermission = by(bob);
    assertThatThrownBy(() -> withoutPermission.add(eve, ChangeSet.none()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> withoutPermission.list(PageRequest.first(1)))
        .isInstanceOf(NotPermittedException.class);
    members.change(bob, allow(ManagementPermissions.MEMBERS_READ));
    assertThat(by(bob).get(ann).owner()).isTrue();
    assertThatThrownBy(() -> by(bob).add(eve, ChangeSet.none()))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void list_isPagedAndShowsUsersOnly() {
    members.add(bob, ChangeSet.builder().allow(RULES).allow(T1, VIEW).build());
    members.add(eve, ChangeSet.none());
    Page<Member> first = members.list(PageRequest.first(2));
    Page<Member> second = members.list(PageRequest.after(first.next().orElseThrow(), 2));
    assertThat(first.items()).extracting(Member::id).containsExactly(ann, bob);
    assertThat(second.items()).extracting(Member::id).containsExactly(eve);
    assertThat(first.items().get(0).owner()).isTrue();
    Member shown = first.items().get(1);
    assertThat(shown).isEqualTo(members.get(bob));
    assertThat(shown.username().orElseThrow().value()).isEqualTo("bob");
    assertThat(shown.owner()).isFalse();
    assertThat(shown.permissions()).containsExactly(RULES.name());
    assertThat(shown.grants()).containsExactly(grant(T1, VIEW));
  }

  @Test
  @DisplayName("R4: the order of changes and grants means nothing")
  void order_meansNothing() {
    List<ChangeSet> changes =
        List.of(
            allow(T1, VIEW), allow(PARIS, RECORD), allow(DeviceScope.all(), EDIT), allow(RULES));
    changes.forEach(
        change -> {
          if (members.list(PageRequest.first(10)).items().size() == 1) {
            members.add(bob, change);
          } else {
            members.change(bob, change);
          }
        });
    members.add(eve, ChangeSet.none());
    for (int i = changes.size() - 1; i >= 0; i--) {
      members.change(eve, changes.get(i));
    }
    assertThat(stored(eve).grants()).isEqualTo(stored(bob).grants());
    assertThat(stored(eve).permissions()).isEqualTo(stored(bob).permissions());
  }
}
