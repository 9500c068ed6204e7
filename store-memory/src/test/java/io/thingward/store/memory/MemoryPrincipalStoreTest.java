package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.apiUser;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalStore;
import io.thingward.store.testkit.PrincipalStoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what this store promises beyond it. */
class MemoryPrincipalStoreTest extends PrincipalStoreContract {
  private final PrincipalStore principals = create();

  @Override
  protected PrincipalStore create() {
    return new MemoryStores().principals();
  }

  @Test
  @DisplayName("listings are in the order of ids")
  void listUsers_anyOrderOfInserts_isInTheOrderOfIds() {
    for (String id : new String[] {"d", "a", "c", "b", "e"}) {
      assertThat(principals.insert(user(id))).isTrue();
      assertThat(principals.insert(apiUser("robot " + id, ACME))).isTrue();
    }

    assertThat(pages(principals::listUsers, 2))
        .containsExactly(user("a"), user("b"), user("c"), user("d"), user("e"));
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
}
