package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.EXTREME_TIMES;
import static io.thingward.store.memory.Samples.HARD_TEXT;
import static io.thingward.store.memory.Samples.apiUser;
import static io.thingward.store.memory.Samples.fullUser;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.user;
import static io.thingward.store.memory.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPrincipalStoreTest {
  private final PrincipalStore principals = new MemoryStores().principals();

  static Stream<PrincipalRecord> records() {
    Stream<PrincipalRecord> extreme = EXTREME_TIMES.stream().map(time -> fullUser("ann", time));
    return Stream.concat(
        extreme,
        Stream.of(
            user("ann"),
            UserRecord.builder(PrincipalId.of("ann"), version(Long.MAX_VALUE), Samples.LAST_TIME)
                .state(LifecycleState.DELETED)
                .build(),
            user(HARD_TEXT),
            apiUser(HARD_TEXT, WorkspaceId.of(HARD_TEXT)).toBuilder()
                .name(HARD_TEXT)
                .state(LifecycleState.SUSPENDED)
                .endsAt(Optional.of(Instant.EPOCH))
                .build(),
            ApiUserRecord.builder(PrincipalId.of("robot"), version(1), Instant.EPOCH)
                .state(LifecycleState.DELETED)
                .build()));
  }

  @ParameterizedTest
  @MethodSource("records")
  @DisplayName("S4: a principal comes back equal to what was stored")
  void find_anyRecord_isEqualToWhatWasStored(PrincipalRecord record) {
    assertThat(principals.insert(record)).isTrue();

    assertThat(principals.find(record.id())).contains(record);
  }

  @Test
  @DisplayName("users and API users share one space of ids")
  void insert_apiUserWithTheIdOfAUser_changesNothing() {
    assertThat(principals.insert(user("ann"))).isTrue();

    assertThat(principals.insert(apiUser("ann", ACME))).isFalse();
    assertThat(principals.find(PrincipalId.of("ann"))).contains(user("ann"));
    assertThat(principals.listApiUsers(ACME, PageRequest.first(10)).items()).isEmpty();
  }

  @Test
  @DisplayName("S7: users are listed whatever their state, each once, in pages")
  void listUsers_anyPageSize_listsEachOnce() {
    for (String id : new String[] {"d", "a", "c", "b", "e"}) {
      assertThat(principals.insert(user(id))).isTrue();
    }
    assertThat(principals.insert(apiUser("robot", ACME))).isTrue();
    UserRecord deleted =
        UserRecord.builder(PrincipalId.of("c"), version(2), Samples.T0)
            .state(LifecycleState.DELETED)
            .build();
    assertThat(principals.replace(deleted, version(1))).isTrue();

    for (int limit = 1; limit <= 6; limit++) {
      assertThat(pages(principals::listUsers, limit))
          .containsExactly(user("a"), user("b"), deleted, user("d"), user("e"));
    }
  }

  @Test
  void listUsers_lastPageIsFull_namesNoNextPage() {
    assertThat(principals.insert(user("a"))).isTrue();
    assertThat(principals.insert(user("b"))).isTrue();

    assertThat(principals.listUsers(PageRequest.first(2)).next()).isEmpty();
    assertThat(principals.listUsers(PageRequest.first(1)).next()).isPresent();
  }

  @Test
  void listUsers_none_isOneEmptyPage() {
    assertThat(principals.listUsers(PageRequest.first(1)))
        .isEqualTo(new Page<>(List.of(), Optional.empty()));
  }

  @Test
  void listApiUsers_ofAWorkspace_areThoseThatNameItNow() {
    WorkspaceId beta = WorkspaceId.of("beta");
    assertThat(principals.insert(apiUser("r1", ACME))).isTrue();
    assertThat(principals.insert(apiUser("r2", beta))).isTrue();
    assertThat(principals.insert(apiUser("r3", ACME))).isTrue();
    ApiUserRecord deleted =
        ApiUserRecord.builder(PrincipalId.of("r1"), version(2), Samples.T0)
            .state(LifecycleState.DELETED)
            .build();
    assertThat(principals.replace(deleted, version(1))).isTrue();

    assertThat(pages(page -> principals.listApiUsers(ACME, page), 1))
        .containsExactly(apiUser("r3", ACME));
    assertThat(pages(page -> principals.listApiUsers(beta, page), 1))
        .containsExactly(apiUser("r2", beta));
    assertThat(pages(page -> principals.listApiUsers(WorkspaceId.of("none"), page), 1)).isEmpty();
  }

  @Test
  @DisplayName("S3: a listing takes its argument exactly")
  void listApiUsers_workspaceThatDiffersInCaseOrSpace_isAnother() {
    assertThat(principals.insert(apiUser("r1", ACME))).isTrue();

    for (String other : new String[] {"ACME", "acme ", "acm", "acmee"}) {
      assertThat(principals.listApiUsers(WorkspaceId.of(other), PageRequest.first(10)).items())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "users", "users:", "api-users:a", "users:\u0000", "USERS:a"})
  void listUsers_garbageCursor_isRefused(String cursor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> principals.listUsers(PageRequest.after(cursor, 10)));
  }

  @Test
  void listUsers_cursorOfAnotherListing_isRefused() {
    assertThat(principals.insert(apiUser("r1", ACME))).isTrue();
    assertThat(principals.insert(apiUser("r2", ACME))).isTrue();
    String cursor = principals.listApiUsers(ACME, PageRequest.first(1)).next().orElseThrow();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> principals.listUsers(PageRequest.after(cursor, 10)));
  }

  @Test
  @DisplayName("S7: a page goes on where the last one ended, though its last record is gone")
  void listApiUsers_lastListedIsDeletedMeanwhile_goesOn() {
    for (String id : new String[] {"a", "b", "c"}) {
      assertThat(principals.insert(apiUser(id, ACME))).isTrue();
    }
    String cursor = principals.listApiUsers(ACME, PageRequest.first(2)).next().orElseThrow();
    ApiUserRecord deleted =
        ApiUserRecord.builder(PrincipalId.of("b"), version(2), Samples.T0)
            .state(LifecycleState.DELETED)
            .build();
    assertThat(principals.replace(deleted, version(1))).isTrue();

    assertThat(principals.listApiUsers(ACME, PageRequest.after(cursor, 2)).items())
        .containsExactly(apiUser("c", ACME));
  }
}
