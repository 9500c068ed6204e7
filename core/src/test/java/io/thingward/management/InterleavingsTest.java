package io.thingward.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.authentication.BearerToken;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ThingwardException;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.testing.Interleavings;
import io.thingward.testing.Platform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/* Calls on several nodes at once, in every order of their store calls with a few changes of turn. */
class InterleavingsTest {
  private static final PrincipalId ANN = PrincipalId.of("u-ann");
  private static final PrincipalId BOB = PrincipalId.of("u-bob");
  private static final PrincipalId EVE = PrincipalId.of("u-eve");
  private static final WorkspaceId ACME = WorkspaceId.of("acme");

  /* Ann and Bob own Acme, Eve is a member. */
  private static void people(Platform platform) {
    List.of("ann", "bob", "eve").forEach(platform::user);
    platform.workspace("acme", ANN);
    platform.host.workspaces().addOwner(ACME, BOB);
    platform.host.members(ACME).add(EVE, ChangeSet.none());
  }

  private static Consumer<Thingward> asHost(Consumer<Management> call) {
    return node -> call.accept(node.asHost("test"));
  }

  private static Consumer<Thingward> by(
      Platform platform, PrincipalId user, Consumer<Management> call) {
    Issued<ApiKey> key = platform.host.apiKeys(user).create(NewApiKey.of("k"));
    Secret token = key.secret();
    return node ->
        call.accept(
            node.as(
                node.authenticate(new BearerToken(token), RequestContext.none()).orElseThrow()));
  }

  private static Arguments way(String name, Function<Platform, Consumer<Thingward>> call) {
    return Arguments.of(name, call);
  }

  static Stream<Arguments> waysToLoseAnn() {
    return Stream.of(
        way("removed as owner", p -> asHost(m -> m.workspaces().removeOwner(ACME, ANN))),
        way("removed as member", p -> asHost(m -> m.members(ACME).remove(ANN))),
        way("removed by the other", p -> by(p, BOB, m -> m.members(ACME).remove(ANN))),
        way("leaves", p -> by(p, ANN, m -> m.members(ACME).leave())),
        way("deleted", p -> asHost(m -> m.users().delete(ANN))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToLoseAnn")
  @DisplayName("B09, R3: of two owners who go at the same time, one stays")
  void lastOwner_stays(String name, Function<Platform, Consumer<Thingward>> loseAnn) {
    int schedules =
        Interleavings.explore(
            2,
            platform -> {
              people(platform);
              return List.of(
                  loseAnn.apply(platform), by(platform, BOB, m -> m.members(ACME).leave()));
            },
            (platform, refusals) -> {
              WorkspaceRecord acme = platform.memory.workspaces().find(ACME).orElseThrow();
              assertThat(acme.owners()).hasSize(1).isSubsetOf(ANN, BOB);
              assertThat(refusals).filteredOn(Optional::isPresent).hasSize(1);
              everyOwnerIsAMember(platform);
            });
    assertThat(schedules).isGreaterThan(20);
  }

  private static void everyOwnerIsAMember(Platform platform) {
    WorkspaceRecord acme = platform.memory.workspaces().find(ACME).orElseThrow();
    assertThat(acme.owners())
        .allSatisfy(owner -> assertThat(membership(platform, owner)).isPresent());
  }

  private static Optional<MembershipRecord> membership(Platform platform, PrincipalId principal) {
    return platform
        .memory
        .workspaces()
        .findMembership(new MembershipId(ACME, principal))
        .filter(membership -> !membership.removed());
  }

  @Test
  @DisplayName("R23: of two who create a workspace with one id, one leaves nothing behind")
  void workspaceId_takenMeanwhile_leavesNothing() {
    WorkspaceId wanted = WorkspaceId.of("wanted");
    for (PrincipalId other : List.of(ANN, BOB)) {
      Interleavings.explore(
          2,
          platform -> {
            people(platform);
            return List.of(
                asHost(m -> m.workspaces().create(wanted, "Ann's", ANN)),
                asHost(m -> m.workspaces().create(wanted, "Other", other)));
          },
          (platform, refusals) -> {
            assertThat(refusals).filteredOn(Optional::isPresent).hasSize(1);
            WorkspaceRecord created = platform.memory.workspaces().find(wanted).orElseThrow();
            for (PrincipalId user : List.of(ANN, BOB)) {
              boolean member =
                  platform
                      .memory
                      .workspaces()
                      .findMembership(new MembershipId(wanted, user))
                      .filter(membership -> !membership.removed())
                      .isPresent();
              assertThat(member).as("%s", user).isEqualTo(created.owners().contains(user));
            }
          });
    }
  }

  static Stream<Arguments> waysToMakeEveOwner() {
    return Stream.of(
        way("added", p -> asHost(m -> m.workspaces().addOwner(ACME, EVE))),
        way("handed over to", p -> asHost(m -> m.workspaces().handOver(ACME, ANN, EVE))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToMakeEveOwner")
  @DisplayName("R3: whoever becomes an owner while being removed is a member, too, or neither")
  void newOwner_isAMember(String name, Function<Platform, Consumer<Thingward>> makeOwner) {
    Interleavings.explore(
        2,
        platform -> {
          people(platform);
          return List.of(makeOwner.apply(platform), asHost(m -> m.members(ACME).remove(EVE)));
        },
        (platform, refusals) -> everyOwnerIsAMember(platform));
  }

  static Stream<Arguments> waysToAddEve() {
    return Stream.concat(
        waysToMakeEveOwner(),
        Stream.of(way("added as a member", p -> asHost(m -> m.members(ACME).add(EVE, EDITS)))));
  }

  private static final ChangeSet EDITS =
      ChangeSet.builder().allow(ManagementPermissions.MEMBERS_EDIT).build();

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToAddEve")
  @DisplayName("R23: a user who is deleted while being added is nowhere afterwards")
  void deletion_winsAgainstAdding(String name, Function<Platform, Consumer<Thingward>> add) {
    Interleavings.explore(
        2,
        platform -> {
          people(platform);
          platform.host.members(ACME).remove(EVE);
          return List.of(add.apply(platform), asHost(m -> m.users().delete(EVE)));
        },
        (platform, refusals) -> {
          PrincipalRecord eve = platform.memory.principals().find(EVE).orElseThrow();
          WorkspaceRecord acme = platform.memory.workspaces().find(ACME).orElseThrow();
          assertThat(refusals.get(1)).as("the deletion").isEmpty();
          assertThat(eve.state()).isEqualTo(LifecycleState.DELETED);
          assertThat(acme.owners()).isNotEmpty().doesNotContain(EVE);
          assertThat(membership(platform, EVE)).isEmpty();
        });
  }

  @Test
  @DisplayName("R23: an API user that is deleted while being changed holds nothing afterwards")
  void deletion_winsAgainstChange() {
    PrincipalId[] robot = new PrincipalId[1];
    Interleavings.explore(
        2,
        platform -> {
          people(platform);
          robot[0] = platform.host.apiUsers(ACME).create("robot", ChangeSet.none()).id();
          return List.of(
              asHost(m -> m.apiUsers(ACME).change(robot[0], EDITS)),
              asHost(m -> m.apiUsers(ACME).delete(robot[0])));
        },
        (platform, refusals) -> {
          assertThat(refusals.get(1)).isEmpty();
          assertThat(membership(platform, robot[0])).isEmpty();
        });
  }

  @Test
  @DisplayName("R6: of two change sets at the same time none is lost")
  void changeSets_areNotLost() {
    int schedules =
        Interleavings.explore(
            3,
            platform -> {
              people(platform);
              return List.of(
                  asHost(m -> m.members(ACME).change(EVE, EDITS)),
                  asHost(
                      m ->
                          m.members(ACME)
                              .change(EVE, ChangeSet.builder().allow(Platform.RULES).build())));
            },
            (platform, refusals) -> {
              assertThat(refusals).containsOnly(Optional.<ThingwardException>empty());
              assertThat(membership(platform, EVE).orElseThrow().permissions())
                  .isEqualTo(
                      Set.of(Platform.RULES.name(), ManagementPermissions.MEMBERS_EDIT.name()));
            });
    assertThat(schedules).isGreaterThan(10);
  }
}
