package io.thingward.management;

import static io.thingward.management.Imported.ACCESS_KEY;
import static io.thingward.management.Imported.API_USER;
import static io.thingward.management.Imported.BOLT;
import static io.thingward.management.Imported.MEMBER;
import static io.thingward.management.Imported.OWNER;
import static io.thingward.management.Imported.ROLE;
import static io.thingward.management.Imported.USER_KEY;
import static io.thingward.management.Imported.WORKSPACE;
import static io.thingward.management.Imported.YAN;
import static io.thingward.management.Imported.YANS;
import static io.thingward.management.Imported.YANS_NAME;
import static io.thingward.management.Imported.ZOE;
import static io.thingward.management.Imported.ZOES;
import static io.thingward.management.Imported.ZOES_NAME;
import static io.thingward.management.Imported.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.Thingward;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.testing.Interleavings;
import io.thingward.testing.Platform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/* An import on one node while another deletes what the records rest on, or takes what they take. */
class ImportInterleavingsTest {
  private static final PageRequest ALL = PageRequest.first(100);
  private static final WorkspaceRecord OF_TWO =
      WORKSPACE.toBuilder().owners(Set.of(ZOE, YAN)).build();

  private static Consumer<Thingward> asHost(Consumer<Management> call) {
    return node -> call.accept(node.asHost("test"));
  }

  /* Whether anything is refused is for the check of the records to find out. */
  private static Consumer<Thingward> taking(StoreRecord... records) {
    return asHost(
        host -> {
          ImportResult result = host.resumeImport(List.of(records).iterator());
          assertThat(result.leftOut()).isZero();
        });
  }

  private static void has(Platform platform, StoreRecord... records) {
    assertThat(platform.host.importRecords(List.of(records).iterator()).refusals()).isEmpty();
  }

  private static boolean isMember(Platform platform, PrincipalId principal) {
    return platform
        .memory
        .workspaces()
        .findMembership(new MembershipId(BOLT, principal))
        .filter(member -> !member.removed())
        .isPresent();
  }

  @Test
  @DisplayName("R23: a user who is deleted during an import is nowhere afterwards")
  void deletedUser_isNowhere() {
    int schedules =
        Interleavings.explore(
            2,
            platform -> {
              has(platform, ZOES_NAME, ZOES, YANS_NAME, YANS, OWNER, WORKSPACE);
              return List.of(
                  taking(Imported.key(USER_KEY.id(), YAN), MEMBER),
                  asHost(host -> host.users().delete(YAN)));
            },
            (platform, refusals) -> {
              assertThat(refusals).containsOnly(Optional.empty());
              assertThat(platform.memory.principals().find(YAN).orElseThrow().state())
                  .isEqualTo(LifecycleState.DELETED);
              assertThat(isMember(platform, YAN)).isFalse();
              assertThat(platform.memory.keys().listApiKeys(YAN, ALL).items()).isEmpty();
            });
    assertThat(schedules).isGreaterThan(20);
  }

  @Test
  @DisplayName("R3, R23: an owner who is deleted during an import owns nothing afterwards")
  void deletedOwner_ownsNothing() {
    int schedules =
        Interleavings.explore(
            2,
            platform -> {
              has(platform, ZOES_NAME, ZOES, YANS_NAME, YANS);
              return List.of(
                  taking(OWNER, member(BOLT, YAN), OF_TWO),
                  asHost(host -> host.users().delete(YAN)));
            },
            (platform, refusals) -> {
              assertThat(refusals).containsOnly(Optional.empty());
              assertThat(isMember(platform, YAN)).isFalse();
              platform
                  .memory
                  .workspaces()
                  .find(BOLT)
                  .ifPresent(
                      bolt -> {
                        assertThat(bolt.owners()).containsExactly(ZOE);
                        assertThat(isMember(platform, ZOE)).isTrue();
                      });
            });
    assertThat(schedules).isGreaterThan(20);
  }

  @Test
  @DisplayName("R23: a workspace that is deleted during an import is empty afterwards")
  void deletedWorkspace_isEmpty() {
    for (StoreRecord record : List.of(ROLE, API_USER, MEMBER, ACCESS_KEY)) {
      Interleavings.explore(
          2,
          platform -> {
            has(platform, ZOES_NAME, ZOES, YANS_NAME, YANS, OWNER, WORKSPACE);
            return List.of(
                asHost(
                    host ->
                        assertThat(host.resumeImport(List.of(record).iterator()).refusals())
                            .extracting(RefusedRecord::reason)
                            .allMatch("its workspace is not there"::equals)),
                asHost(host -> host.workspaces().delete(BOLT)));
          },
          (platform, refusals) -> {
            assertThat(refusals).containsOnly(Optional.empty());
            assertThat(platform.memory.workspaces().find(BOLT).orElseThrow().state())
                .isEqualTo(LifecycleState.DELETED);
            assertThat(platform.memory.workspaces().listMembers(BOLT, ALL).items()).isEmpty();
            assertThat(platform.memory.workspaces().listRoles(Optional.of(BOLT), ALL).items())
                .isEmpty();
            assertThat(platform.memory.principals().listApiUsers(BOLT, ALL).items()).isEmpty();
            assertThat(platform.memory.keys().listAccessKeys(BOLT, ALL).items()).isEmpty();
          });
    }
  }

  @Test
  @DisplayName("R2: of two who want one name, an import and a creation, one has it")
  void username_isOnes() {
    PrincipalId other = PrincipalId.of("u-other");
    int schedules =
        Interleavings.explore(
            3,
            platform ->
                List.of(
                    taking(ZOES_NAME, ZOES),
                    asHost(host -> host.users().create(other, "zoe").close())),
            (platform, refusals) -> {
              Username zoe = new Username("zoe");
              List<PrincipalId> carriers =
                  platform.memory.principals().listUsers(ALL).items().stream()
                      .filter(user -> user.username().equals(Optional.of(zoe)))
                      .map(UserRecord::id)
                      .toList();
              assertThat(carriers).hasSizeLessThanOrEqualTo(1);
              if (!carriers.isEmpty()) {
                assertThat(platform.memory.principals().findClaim(zoe).orElseThrow().user())
                    .isEqualTo(carriers.get(0));
              }
            });
    assertThat(schedules).isGreaterThan(20);
  }

  @Test
  @DisplayName("Of two imports of the same records, together they insert each once")
  void twoImports_insertOnce() {
    StoreRecord[] records = {ZOES_NAME, ZOES, USER_KEY, OWNER, WORKSPACE, ROLE};
    Interleavings.explore(
        1,
        platform -> List.of(taking(records), taking(records)),
        (platform, refusals) -> {
          assertThat(refusals).containsOnly(Optional.empty());
          assertThat(platform.memory.principals().find(ZOE).map(Imported::said))
              .contains(Imported.said(ZOES));
          assertThat(platform.memory.workspaces().find(BOLT).map(Imported::said))
              .contains(Imported.said(WORKSPACE));
          assertThat(isMember(platform, ZOE)).isTrue();
          has(platform, records);
        });
  }
}
