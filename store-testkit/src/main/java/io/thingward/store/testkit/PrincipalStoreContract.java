package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.BETA;
import static io.thingward.store.testkit.Samples.BOB;
import static io.thingward.store.testkit.Samples.apiUser;
import static io.thingward.store.testkit.Samples.claim;
import static io.thingward.store.testkit.Samples.user;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.PrincipalId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.PrincipalStore;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a {@link PrincipalStore} keeps. Designed for extension: a subclass makes the store and is a
 * test.
 */
public abstract class PrincipalStoreContract {
  /** For subclasses. */
  protected PrincipalStoreContract() {}

  /**
   * An empty store. Called once for each test, and for each of the tests that one method makes;
   * after another call no store of an earlier one is used any more.
   */
  protected abstract PrincipalStore create();

  @TestFactory
  @DisplayName("users, API users and claims")
  Stream<DynamicTest> records() {
    return RecordTests.of(this::create, Kinds.PRINCIPALS);
  }

  @TestFactory
  @DisplayName("listings of users and API users")
  Stream<DynamicTest> listings() {
    return ListingTests.of(this::create, Kinds.OF_PRINCIPALS);
  }

  @Test
  @DisplayName("S25: a principal is found whatever its state, user or API user")
  void find_anyState_isFound() {
    PrincipalStore store = create();
    for (LifecycleState state : LifecycleState.values()) {
      UserRecord user = stateOf(user("user " + state), state);
      ApiUserRecord robot = stateOf(apiUser("robot " + state, ACME), state);
      assertThat(store.insert(user)).isTrue();
      assertThat(store.insert(robot)).isTrue();

      assertThat(store.find(user.id())).contains(user);
      assertThat(store.find(robot.id())).contains(robot);
    }
  }

  private static UserRecord stateOf(UserRecord user, LifecycleState state) {
    return state == LifecycleState.DELETED
        ? Samples.deletedUser(user)
        : user.toBuilder().state(state).build();
  }

  private static ApiUserRecord stateOf(ApiUserRecord robot, LifecycleState state) {
    return state == LifecycleState.DELETED
        ? Samples.deletedApiUser(robot)
        : robot.toBuilder().state(state).build();
  }

  @Test
  @DisplayName("S26: users and API users share one space of ids")
  void insert_idOfTheOtherKind_changesNothing() {
    PrincipalStore store = create();
    assertThat(store.insert(user("ann"))).isTrue();
    assertThat(store.insert(apiUser("robot", ACME))).isTrue();

    assertThat(store.insert(apiUser("ann", ACME))).isFalse();
    assertThat(store.insert(user("robot"))).isFalse();
    assertThat(store.find(ANN)).contains(user("ann"));
    assertThat(store.find(PrincipalId.of("robot"))).contains(apiUser("robot", ACME));
    assertThat(users(store)).containsExactly(user("ann"));
    assertThat(apiUsers(store)).containsExactly(apiUser("robot", ACME));
  }

  @Test
  @DisplayName("S27: a replacement is what the listings show, too")
  void replace_user_isListedAsItIsNow() {
    PrincipalStore store = create();
    UserRecord next =
        user("ann").toBuilder().version(version(2)).state(LifecycleState.SUSPENDED).build();
    ApiUserRecord robot =
        apiUser("robot", ACME).toBuilder().version(version(2)).name("Other").build();
    assertThat(store.insert(user("ann"))).isTrue();
    assertThat(store.insert(apiUser("robot", ACME))).isTrue();

    assertThat(store.replace(next, version(1))).isTrue();
    assertThat(store.replace(robot, version(1))).isTrue();

    assertThat(users(store)).containsExactly(next);
    assertThat(apiUsers(store)).containsExactly(robot);
  }

  @Test
  @DisplayName("S28: users are listed whatever their state, and no API users")
  void listUsers_anyState_areListed() {
    PrincipalStore store = create();
    List<UserRecord> all = new ArrayList<>();
    for (LifecycleState state : LifecycleState.values()) {
      UserRecord user = stateOf(user("user " + state), state);
      all.add(user);
      assertThat(store.insert(user)).isTrue();
      assertThat(store.insert(stateOf(apiUser("robot " + state, ACME), state))).isTrue();
    }
    UserRecord deleted = Samples.deletedUser(user("deleted later"));
    assertThat(store.insert(user("deleted later"))).isTrue();
    assertThat(store.replace(deleted, version(1))).isTrue();
    all.add(deleted);

    assertThat(users(store)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @DisplayName("S29: API users are listed where they name the workspace, suspended ones included")
  void listApiUsers_ofAWorkspace_areThoseThatNameIt() {
    PrincipalStore store = create();
    ApiUserRecord suspended =
        apiUser("r2", ACME).toBuilder().state(LifecycleState.SUSPENDED).build();
    ApiUserRecord going = apiUser("r3", ACME).toBuilder().state(LifecycleState.DELETING).build();
    ApiUserRecord deleted = Samples.deletedApiUser(apiUser("r5", ACME));
    assertThat(
            List.of(apiUser("r1", ACME), suspended, going, apiUser("r4", BETA), user("acme"))
                .stream()
                .allMatch(store::insert))
        .isTrue();
    assertThat(store.insert(apiUser("r5", ACME))).isTrue();
    assertThat(store.replace(deleted, version(1))).isTrue();

    assertThat(apiUsers(store)).containsExactlyInAnyOrder(apiUser("r1", ACME), suspended, going);
  }

  @Test
  @DisplayName("S30: a claim is found whether or not its user exists or bears the name")
  void findClaim_withoutUser_isFound() {
    PrincipalStore store = create();
    assertThat(store.insertClaim(claim("ann", ANN))).isTrue();
    assertThat(store.insert(Samples.deletedUser(user("ann")))).isTrue();

    assertThat(store.findClaim(claim("ann", ANN).username())).contains(claim("ann", ANN));
    assertThat(store.findClaim(claim("bob", BOB).username())).isEmpty();
  }

  @Test
  @DisplayName("S11: what happens to a user happens to no claim and no other user")
  void replace_userDeleted_leavesClaimsAlone() {
    PrincipalStore store = create();
    assertThat(store.insertClaim(claim("canary", ANN))).isTrue();
    assertThat(store.insert(user("ann"))).isTrue();
    // nobody else may have the name, but that is for claims to say
    assertThat(store.insert(user("bob"))).isTrue();

    assertThat(store.replace(Samples.deletedUser(user("ann")), version(1))).isTrue();

    assertThat(store.findClaim(claim("canary", ANN).username())).contains(claim("canary", ANN));
    assertThat(store.find(BOB)).contains(user("bob"));
  }

  @Test
  @DisplayName("S32: a claim that is taken over belongs to its new user")
  void replaceClaim_otherUser_isTheirs() {
    PrincipalStore store = create();
    assertThat(store.insertClaim(claim("ann", ANN))).isTrue();
    var theirs = new UsernameClaim(claim("ann", BOB).username(), version(2), BOB);

    assertThat(store.replaceClaim(theirs, version(1))).isTrue();
    assertThat(store.replaceClaim(theirs, version(1))).isFalse();
    assertThat(store.findClaim(theirs.username())).contains(theirs);
  }

  @Test
  @DisplayName("S8: who ended long ago, or will in 7,973 years, is there")
  void find_endedLongAgo_isThere() {
    PrincipalStore store = create();
    UserRecord ended = user("ended").toBuilder().endsAt(Optional.of(Samples.FIRST_TIME)).build();
    UserRecord ending = user("ending").toBuilder().endsAt(Optional.of(Samples.LAST_TIME)).build();
    assertThat(store.insert(ended)).isTrue();
    assertThat(store.insert(ending)).isTrue();

    assertThat(store.find(ended.id())).contains(ended);
    assertThat(store.find(ending.id())).contains(ending);
    assertThat(users(store)).containsExactlyInAnyOrder(ended, ending);
  }

  @Test
  @DisplayName("S18: no result is null")
  void results_always_areNotNull() throws Exception {
    Calls.assertNoneIsNull(Calls.of(create()));
  }

  private static List<UserRecord> users(PrincipalStore store) {
    return Pages.all(store::listUsers, 3);
  }

  private static List<ApiUserRecord> apiUsers(PrincipalStore store) {
    return Pages.all(page -> store.listApiUsers(ACME, page), 3);
  }
}
