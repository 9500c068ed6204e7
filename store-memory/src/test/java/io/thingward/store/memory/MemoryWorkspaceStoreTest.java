package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.EXTREME_TIMES;
import static io.thingward.store.memory.Samples.HARD_TEXT;
import static io.thingward.store.memory.Samples.fullMembership;
import static io.thingward.store.memory.Samples.membership;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.role;
import static io.thingward.store.memory.Samples.version;
import static io.thingward.store.memory.Samples.workspace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryWorkspaceStoreTest {
  private static final PrincipalId BOB = PrincipalId.of("bob");
  private static final WorkspaceId BETA = WorkspaceId.of("beta");

  private final WorkspaceStore workspaces = new MemoryStores().workspaces();

  @Test
  @DisplayName("S4: a workspace comes back equal to what was stored")
  void find_anyWorkspace_isEqualToWhatWasStored() {
    for (Instant time : EXTREME_TIMES) {
      WorkspaceRecord record =
          WorkspaceRecord.builder(WorkspaceId.of(HARD_TEXT + time), version(1), time)
              .state(LifecycleState.DELETING)
              .name(HARD_TEXT)
              .owners(Set.of(ANN, BOB, PrincipalId.of(HARD_TEXT)))
              .build();
      assertThat(workspaces.insert(record)).isTrue();

      assertThat(workspaces.find(record.id())).contains(record);
    }
    WorkspaceRecord deleted =
        WorkspaceRecord.builder(ACME, version(1), Instant.EPOCH)
            .state(LifecycleState.DELETED)
            .build();
    assertThat(workspaces.insert(deleted)).isTrue();
    assertThat(workspaces.find(ACME)).contains(deleted);
  }

  @Test
  @DisplayName("S4: a membership comes back equal to what was stored")
  void findMembership_anyRecord_isEqualToWhatWasStored() {
    MembershipRecord full = fullMembership(WorkspaceId.of(HARD_TEXT), PrincipalId.of(HARD_TEXT));
    MembershipRecord empty =
        MembershipRecord.builder(new MembershipId(ACME, ANN), version(1), Samples.FIRST_TIME)
            .build();
    MembershipRecord removed =
        MembershipRecord.builder(new MembershipId(ACME, BOB), version(1), Samples.LAST_TIME)
            .removed(true)
            .build();
    for (MembershipRecord record : List.of(full, empty, removed)) {
      assertThat(workspaces.insertMembership(record)).isTrue();

      assertThat(workspaces.findMembership(record.id())).contains(record);
    }
  }

  @Test
  @DisplayName("S4: a role comes back equal to what was stored")
  void findRole_anyRecord_isEqualToWhatWasStored() {
    RoleRecord empty =
        RoleRecord.builder(RoleId.of("empty"), version(1), Samples.FIRST_TIME).build();
    RoleRecord deleted =
        RoleRecord.builder(RoleId.of("deleted"), version(1), Samples.LAST_TIME)
            .deleted(true)
            .build();
    for (RoleRecord record :
        List.of(role(HARD_TEXT, Optional.of(ACME)), role("r", Optional.empty()), empty, deleted)) {
      assertThat(workspaces.insertRole(record)).isTrue();

      assertThat(workspaces.findRole(record.id())).contains(record);
    }
  }

  @Test
  @DisplayName("S7: workspaces are listed whatever their state, each once, in pages")
  void list_anyPageSize_listsEachOnce() {
    for (String id : new String[] {"c", "a", "b"}) {
      assertThat(workspaces.insert(workspace(id))).isTrue();
    }
    WorkspaceRecord deleted =
        WorkspaceRecord.builder(WorkspaceId.of("b"), version(2), Samples.T0)
            .state(LifecycleState.DELETED)
            .build();
    assertThat(workspaces.replace(deleted, version(1))).isTrue();

    for (int limit = 1; limit <= 4; limit++) {
      assertThat(pages(workspaces::list, limit))
          .containsExactly(workspace("a"), deleted, workspace("c"));
    }
  }

  @Test
  @DisplayName("S7: memberships are listed from both sides, without removed ones")
  void listMembers_andListMemberships_listTheSameFromBothSides() {
    List<MembershipRecord> records =
        List.of(membership(ACME, ANN), membership(ACME, BOB), membership(BETA, ANN));
    assertThat(records).allMatch(workspaces::insertMembership);

    assertThat(members(ACME)).containsExactly(records.get(0), records.get(1));
    assertThat(members(BETA)).containsExactly(records.get(2));
    assertThat(memberships(ANN)).containsExactly(records.get(0), records.get(2));
    assertThat(memberships(BOB)).containsExactly(records.get(1));

    MembershipRecord removed =
        MembershipRecord.builder(new MembershipId(ACME, ANN), version(2), Samples.T0)
            .removed(true)
            .build();
    assertThat(workspaces.replaceMembership(removed, version(1))).isTrue();

    assertThat(members(ACME)).containsExactly(records.get(1));
    assertThat(memberships(ANN)).containsExactly(records.get(2));

    MembershipRecord again = membership(ACME, ANN).toBuilder().version(version(3)).build();
    assertThat(workspaces.replaceMembership(again, version(2))).isTrue();

    assertThat(members(ACME)).containsExactly(again, records.get(1));
    assertThat(memberships(ANN)).containsExactly(again, records.get(2));
  }

  @Test
  @DisplayName("a key of two parts is not the same as their texts joined otherwise")
  void findMembership_partsThatJoinAlike_areTwoRecords() {
    MembershipRecord one = membership(WorkspaceId.of("a:b"), PrincipalId.of("c"));
    MembershipRecord other = membership(WorkspaceId.of("a"), PrincipalId.of("b:c"));

    assertThat(workspaces.insertMembership(one)).isTrue();
    assertThat(workspaces.insertMembership(other)).isTrue();
    assertThat(members(WorkspaceId.of("a"))).containsExactly(other);
  }

  @Test
  @DisplayName("S7: roles are listed by workspace, or shared ones, without deleted ones")
  void listRoles_ofAWorkspaceOrShared_areApart() {
    RoleRecord acme = role("r1", Optional.of(ACME));
    RoleRecord beta = role("r2", Optional.of(BETA));
    RoleRecord shared = role("r3", Optional.empty());
    assertThat(List.of(shared, beta, acme)).allMatch(workspaces::insertRole);

    assertThat(roles(Optional.of(ACME))).containsExactly(acme);
    assertThat(roles(Optional.of(BETA))).containsExactly(beta);
    assertThat(roles(Optional.empty())).containsExactly(shared);

    for (RoleRecord role : List.of(acme, shared)) {
      RoleRecord deleted =
          RoleRecord.builder(role.id(), version(2), Samples.T0).deleted(true).build();
      assertThat(workspaces.replaceRole(deleted, version(1))).isTrue();
    }

    assertThat(roles(Optional.of(ACME))).isEmpty();
    assertThat(roles(Optional.empty())).isEmpty();
    assertThat(roles(Optional.of(BETA))).containsExactly(beta);
  }

  @Test
  void listings_cursorOfAnotherListing_isRefused() {
    assertThat(List.of(workspace("a"), workspace("b"))).allMatch(workspaces::insert);
    String cursor = workspaces.list(PageRequest.first(1)).next().orElseThrow();
    PageRequest page = PageRequest.after(cursor, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> workspaces.listMembers(ACME, page));
    assertThatIllegalArgumentException().isThrownBy(() -> workspaces.listMemberships(ANN, page));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspaces.listRoles(Optional.empty(), page));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspaces.listRoles(Optional.of(ACME), page));
  }

  @Test
  void view_nothingThere_isEmpty() {
    assertThat(workspaces.view(new MembershipId(ACME, ANN)))
        .isEqualTo(new MembershipView(Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  @DisplayName(
      "a view equals its parts read one by one; each role once, those without a record not")
  void view_everythingThere_equalsItsParts() {
    RoleAssignment missing = new RoleAssignment(RoleId.of("missing"), DeviceScope.all());
    RoleAssignment deleted = new RoleAssignment(RoleId.of("deleted"), DeviceScope.all());
    RoleAssignment all = new RoleAssignment(RoleId.of("r"), DeviceScope.all());
    RoleAssignment some = new RoleAssignment(RoleId.of("r"), DeviceScope.anyOf("t1"));
    MembershipRecord membership =
        membership(ACME, ANN).toBuilder().roles(Set.of(missing, deleted, all, some)).build();
    RoleRecord deletedRole =
        RoleRecord.builder(RoleId.of("deleted"), version(1), Samples.T0).deleted(true).build();
    assertThat(workspaces.insert(workspace("acme"))).isTrue();
    assertThat(workspaces.insertMembership(membership)).isTrue();
    assertThat(List.of(role("r", Optional.of(ACME)), role("other", Optional.of(ACME)), deletedRole))
        .allMatch(workspaces::insertRole);

    MembershipView view = workspaces.view(membership.id());

    assertThat(view.workspace()).isEqualTo(workspaces.find(ACME)).isPresent();
    assertThat(view.membership()).contains(membership);
    assertThat(view.roles()).containsExactlyInAnyOrder(role("r", Optional.of(ACME)), deletedRole);
  }

  @Test
  void view_onlyTheWorkspaceThere_hasNoMembershipAndNoRoles() {
    assertThat(workspaces.insert(workspace("acme"))).isTrue();
    assertThat(workspaces.insertRole(role("r", Optional.of(ACME)))).isTrue();

    assertThat(workspaces.view(new MembershipId(ACME, ANN)))
        .isEqualTo(new MembershipView(Optional.of(workspace("acme")), Optional.empty(), List.of()));
  }

  private List<MembershipRecord> members(WorkspaceId workspace) {
    return pages(page -> workspaces.listMembers(workspace, page), 1);
  }

  private List<MembershipRecord> memberships(PrincipalId principal) {
    return pages(page -> workspaces.listMemberships(principal, page), 1);
  }

  private List<RoleRecord> roles(Optional<WorkspaceId> workspace) {
    return pages(page -> workspaces.listRoles(workspace, page), 1);
  }
}
