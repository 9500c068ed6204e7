package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.BETA;
import static io.thingward.store.testkit.Samples.BOB;
import static io.thingward.store.testkit.Samples.membership;
import static io.thingward.store.testkit.Samples.role;
import static io.thingward.store.testkit.Samples.version;
import static io.thingward.store.testkit.Samples.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a {@link WorkspaceStore} keeps. Designed for extension: a subclass makes the store and is a
 * test.
 */
public abstract class WorkspaceStoreContract {
  private static final int LOOKS = 200;
  private static final MembershipId ID = new MembershipId(ACME, ANN);

  /** For subclasses. */
  protected WorkspaceStoreContract() {}

  /**
   * An empty store. Called once for each test, and for each of the tests that one method makes;
   * after another call no store of an earlier one is used any more.
   */
  protected abstract WorkspaceStore create();

  @TestFactory
  @DisplayName("workspaces, memberships and roles")
  Stream<DynamicTest> records() {
    return RecordTests.of(this::create, Kinds.WORKSPACES);
  }

  @TestFactory
  @DisplayName("listings of workspaces, memberships and roles")
  Stream<DynamicTest> listings() {
    return ListingTests.of(this::create, Kinds.OF_WORKSPACES);
  }

  @Test
  @DisplayName("S33: a workspace is found whatever its state")
  void find_anyState_isFound() {
    WorkspaceStore store = create();
    for (WorkspaceRecord workspace : ofEachState()) {
      assertThat(store.insert(workspace)).isTrue();

      assertThat(store.find(workspace.id())).contains(workspace);
    }
  }

  @Test
  @DisplayName("S36: workspaces are listed whatever their state")
  void list_anyState_areListed() {
    WorkspaceStore store = create();
    List<WorkspaceRecord> all = new ArrayList<>(ofEachState());
    assertThat(all).allMatch(store::insert);
    WorkspaceRecord deleted = Samples.deletedWorkspace(workspace("deleted later"));
    assertThat(store.insert(workspace("deleted later"))).isTrue();
    assertThat(store.replace(deleted, version(1))).isTrue();
    all.add(deleted);

    assertThat(Pages.all(store::list, 3)).containsExactlyInAnyOrderElementsOf(all);
  }

  private static List<WorkspaceRecord> ofEachState() {
    return Stream.of(LifecycleState.values())
        .map(
            state ->
                state == LifecycleState.DELETED
                    ? Samples.deletedWorkspace(workspace("w " + state))
                    : workspace("w " + state).toBuilder().state(state).build())
        .toList();
  }

  @Test
  @DisplayName("S39: a membership is found also when it was removed")
  void findMembership_removed_isFound() {
    WorkspaceStore store = create();
    MembershipRecord removed = Samples.removedMembership(membership(ACME, ANN));
    assertThat(store.insertMembership(membership(ACME, ANN))).isTrue();
    assertThat(store.replaceMembership(removed, version(1))).isTrue();

    assertThat(store.findMembership(ID)).contains(removed);
  }

  @Test
  @DisplayName("S42: members are listed without removed ones, and again when they are back")
  void listMembers_removedAndBack_areListedWhileTheyAre() {
    removedAndBack(store -> Pages.all(page -> store.listMembers(ACME, page), 1), BOB, ACME);
  }

  @Test
  @DisplayName("S43: memberships are listed without removed ones, and again when they are back")
  void listMemberships_removedAndBack_areListedWhileTheyAre() {
    removedAndBack(store -> Pages.all(page -> store.listMemberships(ANN, page), 1), ANN, BETA);
  }

  private void removedAndBack(
      Function<WorkspaceStore, List<MembershipRecord>> listing,
      PrincipalId otherPrincipal,
      WorkspaceId otherWorkspace) {
    WorkspaceStore store = create();
    MembershipRecord first = membership(ACME, ANN);
    MembershipRecord other = membership(otherWorkspace, otherPrincipal);
    assertThat(List.of(first, other)).allMatch(store::insertMembership);
    assertThat(listing.apply(store)).containsExactlyInAnyOrder(first, other);

    assertThat(store.replaceMembership(Samples.removedMembership(first), version(1))).isTrue();
    assertThat(listing.apply(store)).containsExactly(other);

    MembershipRecord back = first.at(version(3));
    assertThat(store.replaceMembership(back, version(2))).isTrue();
    assertThat(listing.apply(store)).containsExactlyInAnyOrder(back, other);
  }

  @Test
  @DisplayName("S44: a role is found also when it was deleted")
  void findRole_deleted_isFound() {
    WorkspaceStore store = create();
    RoleRecord deleted = Samples.deletedRole(role("r", Optional.of(ACME)));
    assertThat(store.insertRole(role("r", Optional.of(ACME)))).isTrue();
    assertThat(store.replaceRole(deleted, version(1))).isTrue();

    assertThat(store.findRole(RoleId.of("r"))).contains(deleted);
  }

  @Test
  @DisplayName("S47: a deleted role is listed nowhere: not in its workspace, not as a shared one")
  void listRoles_deleted_isListedNowhere() {
    WorkspaceStore store = create();
    RoleRecord acme = role("r1", Optional.of(ACME));
    RoleRecord beta = role("r2", Optional.of(BETA));
    RoleRecord shared = role("r3", Optional.empty());
    assertThat(List.of(shared, beta, acme)).allMatch(store::insertRole);
    assertThat(roles(store, Optional.of(ACME))).containsExactly(acme);
    assertThat(roles(store, Optional.empty())).containsExactly(shared);

    for (RoleRecord role : List.of(acme, shared)) {
      assertThat(store.replaceRole(Samples.deletedRole(role), version(1))).isTrue();
    }

    assertThat(roles(store, Optional.of(ACME))).isEmpty();
    assertThat(roles(store, Optional.empty())).isEmpty();
    assertThat(roles(store, Optional.of(BETA))).containsExactly(beta);
  }

  private static List<RoleRecord> roles(WorkspaceStore store, Optional<WorkspaceId> workspace) {
    return Pages.all(page -> store.listRoles(workspace, page), 1);
  }

  @Test
  @DisplayName("S37: a view has the workspace, the membership and each role that it names, once")
  void view_everythingThere_hasItsParts() {
    WorkspaceStore store = create();
    RoleRecord own = role("own", Optional.of(ACME));
    RoleRecord foreign = role("foreign", Optional.of(BETA));
    RoleRecord shared = role("shared", Optional.empty());
    RoleRecord deleted = Samples.deletedRole(role("deleted", Optional.of(ACME)));
    RoleRecord unnamed = role("unnamed", Optional.of(ACME));
    MembershipRecord membership =
        naming("own", "foreign", "shared", "deleted", "missing").toBuilder()
            .permissions(Set.of())
            .build();
    assertThat(store.insert(workspace("acme"))).isTrue();
    assertThat(store.insert(workspace("beta"))).isTrue();
    assertThat(store.insertMembership(membership)).isTrue();
    assertThat(store.insertMembership(membership(ACME, BOB))).isTrue();
    assertThat(List.of(own, foreign, shared, deleted, unnamed)).allMatch(store::insertRole);

    MembershipView view = store.view(ID);

    assertThat(view.workspace()).contains(workspace("acme"));
    assertThat(view.membership()).contains(membership);
    assertThat(view.roles()).containsExactlyInAnyOrder(own, foreign, shared, deleted);
  }

  /* A membership with each of these roles, twice. */
  private static MembershipRecord naming(String... roles) {
    Set<RoleAssignment> assignments =
        Stream.of(roles)
            .map(RoleId::of)
            .flatMap(
                role ->
                    Stream.of(
                        new RoleAssignment(role, DeviceScope.all()),
                        new RoleAssignment(role, DeviceScope.anyOf("t1"))))
            .collect(Collectors.toSet());
    return membership(ACME, ANN).toBuilder().roles(assignments).build();
  }

  @Test
  @DisplayName("S37: a view of what is partly there has those parts")
  void view_partlyThere_hasThoseParts() {
    WorkspaceStore store = create();
    assertThat(store.view(ID))
        .isEqualTo(new MembershipView(Optional.empty(), Optional.empty(), List.of()));

    assertThat(store.insertRole(role("own", Optional.of(ACME)))).isTrue();
    assertThat(store.insert(workspace("acme"))).isTrue();
    assertThat(store.view(ID))
        .isEqualTo(new MembershipView(Optional.of(workspace("acme")), Optional.empty(), List.of()));

    WorkspaceStore other = create();
    assertThat(other.insertMembership(naming("own"))).isTrue();
    assertThat(other.view(ID))
        .isEqualTo(new MembershipView(Optional.empty(), Optional.of(naming("own")), List.of()));
  }

  @Test
  @DisplayName("S37: a view takes the ids of roles exactly")
  void view_rolesThatLookAlike_areThoseThatAreNamed() {
    WorkspaceStore store = create();
    assertThat(store.insertMembership(naming("a", "\u00E9"))).isTrue();
    List<RoleRecord> roles =
        Hostile.TEXTS.stream().map(text -> role(text, Optional.of(ACME))).toList();
    assertThat(roles).allMatch(store::insertRole);

    assertThat(store.view(ID).roles())
        .containsExactlyInAnyOrder(role("a", Optional.of(ACME)), role("\u00E9", Optional.of(ACME)));
  }

  @Test
  @DisplayName("S37: a view has as many roles as a membership may name")
  void view_manyRoles_hasThemAll() {
    WorkspaceStore store = create();
    Set<RoleAssignment> assignments = new HashSet<>();
    List<RoleRecord> roles = new ArrayList<>();
    for (int i = 0; i < Limits.ROLES_PER_MEMBERSHIP; i++) {
      assignments.add(new RoleAssignment(RoleId.of("r" + i), DeviceScope.all()));
      roles.add(role("r" + i, Optional.of(ACME)));
    }
    assertThat(roles).allMatch(store::insertRole);
    MembershipRecord membership = membership(ACME, ANN).toBuilder().roles(assignments).build();
    assertThat(store.insertMembership(membership)).isTrue();

    assertThat(store.view(ID).roles()).containsExactlyInAnyOrderElementsOf(roles);
  }

  @Test
  @DisplayName("S38: each part of a view is as it is now, after every change of one of them")
  void view_afterEachChange_showsIt() {
    WorkspaceStore store = create();
    assertThat(store.insert(workspace("acme"))).isTrue();
    assertThat(store.insertMembership(naming("r"))).isTrue();
    assertThat(store.insertRole(role("r", Optional.of(ACME)))).isTrue();
    assertIsItsParts(store);

    RoleRecord role = role("r", Optional.of(ACME)).at(version(2));
    assertThat(store.replaceRole(role, version(1))).isTrue();
    assertThat(store.view(ID).roles()).containsExactly(role);
    RoleRecord deleted = Samples.deletedRole(role).at(version(3));
    assertThat(store.replaceRole(deleted, version(2))).isTrue();
    assertThat(store.view(ID).roles()).containsExactly(deleted);
    assertIsItsParts(store);

    WorkspaceRecord suspended =
        workspace("acme").toBuilder()
            .version(version(2))
            .state(LifecycleState.SUSPENDED)
            .owners(Set.of(BOB))
            .build();
    assertThat(store.replace(suspended, version(1))).isTrue();
    assertThat(store.view(ID).workspace()).contains(suspended);
    assertIsItsParts(store);

    MembershipRecord renamed = naming("other").at(version(2));
    assertThat(store.insertRole(role("other", Optional.empty()))).isTrue();
    assertThat(store.replaceMembership(renamed, version(1))).isTrue();
    assertThat(store.view(ID).roles()).containsExactly(role("other", Optional.empty()));
    assertIsItsParts(store);

    MembershipRecord removed = Samples.removedMembership(renamed).at(version(3));
    assertThat(store.replaceMembership(removed, version(2))).isTrue();
    assertThat(store.view(ID).membership()).contains(removed);
    assertThat(store.view(ID).roles()).isEmpty();
    assertIsItsParts(store);
  }

  private static void assertIsItsParts(WorkspaceStore store) {
    MembershipView view = store.view(ID);
    assertThat(view.workspace()).isEqualTo(store.find(ACME));
    assertThat(view.membership()).isEqualTo(store.findMembership(ID));
    Set<RoleRecord> roles =
        view.membership().stream()
            .flatMap(membership -> membership.roles().stream())
            .flatMap(assignment -> store.findRole(assignment.role()).stream())
            .collect(Collectors.toSet());
    assertThat(view.roles()).doesNotHaveDuplicates();
    assertThat(Set.copyOf(view.roles())).isEqualTo(roles);
  }

  @Test
  @DisplayName("S38: the roles of a view are those of the very membership in it")
  void view_whileTheMembershipChanges_hasTheRolesThatItNames() throws Exception {
    WorkspaceStore store = create();
    assertThat(List.of(role("even", Optional.empty()), role("odd", Optional.empty())))
        .allMatch(store::insertRole);
    assertThat(store.insertMembership(naming("odd"))).isTrue();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger renamed = new AtomicInteger();

    List<Integer> looks =
        Race.of(
            2,
            thread ->
                () -> {
                  if (thread == 0) {
                    rename(store, done, renamed);
                    return renamed.get();
                  }
                  try {
                    return look(store, renamed);
                  } finally {
                    done.set(true);
                  }
                });

    assertThat(looks).allMatch(times -> times >= LOOKS);
  }

  /* Names one role and the other by turns, as long as somebody looks. */
  private static void rename(WorkspaceStore store, AtomicBoolean done, AtomicInteger renamed) {
    for (int i = 1; !done.get() && !Thread.currentThread().isInterrupted(); i++) {
      MembershipRecord next = naming(i % 2 == 0 ? "odd" : "even");
      assertThat(store.replaceMembership(next.at(version(i + 1)), version(i))).isTrue();
      renamed.incrementAndGet();
    }
  }

  /* As often as it is renamed meanwhile, or a busy machine might let the one run after the other. */
  private static int look(WorkspaceStore store, AtomicInteger renamed) {
    int looks = 0;
    while ((looks < LOOKS || renamed.get() < LOOKS) && !Thread.currentThread().isInterrupted()) {
      MembershipView view = store.view(ID);
      Set<RoleId> named =
          view.membership().orElseThrow().roles().stream()
              .map(RoleAssignment::role)
              .collect(Collectors.toSet());
      assertThat(view.roles()).extracting(RoleRecord::id).containsExactlyElementsOf(named);
      looks++;
    }
    return looks;
  }

  @Test
  @DisplayName("S11: what happens to a workspace happens to no membership and no role")
  void replace_workspaceDeleted_leavesTheOthersAlone() {
    WorkspaceStore store = create();
    assertThat(store.insert(workspace("acme"))).isTrue();
    assertThat(store.insertMembership(naming("r"))).isTrue();
    assertThat(store.insertRole(role("r", Optional.of(ACME)))).isTrue();

    assertThat(store.replace(Samples.deletedWorkspace(workspace("acme")), version(1))).isTrue();
    assertThat(store.findMembership(ID)).contains(naming("r"));
    assertThat(store.findRole(RoleId.of("r"))).contains(role("r", Optional.of(ACME)));

    RoleRecord deleted = Samples.deletedRole(role("r", Optional.of(ACME)));
    assertThat(store.replaceRole(deleted, version(1))).isTrue();
    assertThat(store.findMembership(ID)).contains(naming("r"));
    assertThat(Pages.all(page -> store.listMembers(ACME, page), 3)).containsExactly(naming("r"));
  }

  @Test
  @DisplayName("S2: the owners of a workspace are one with it: of racing changes one wins whole")
  void replace_racingOwnerSets_areNeverMixed() throws Exception {
    WorkspaceStore store = create();
    for (int round = 0; round < Race.ROUNDS; round++) {
      WorkspaceRecord first = workspace("w" + round);
      assertThat(store.insert(first)).isTrue();
      List<Boolean> won = Race.of(i -> () -> store.replace(owned(first, i), version(1)));

      assertThat(store.find(first.id())).contains(owned(first, won.indexOf(true)));
    }
  }

  private static WorkspaceRecord owned(WorkspaceRecord workspace, int number) {
    return workspace.toBuilder()
        .version(version(10 + number))
        .owners(Set.of(PrincipalId.of("first" + number), PrincipalId.of("second" + number)))
        .build();
  }

  @Test
  @DisplayName("S18: no result is null")
  void results_always_areNotNull() throws Exception {
    Calls.assertNoneIsNull(Calls.of(create()));
  }
}
