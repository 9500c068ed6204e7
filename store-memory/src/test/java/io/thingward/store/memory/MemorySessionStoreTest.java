package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.credential;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.store.PageRequest;
import io.thingward.store.SessionStore;
import io.thingward.store.testkit.SessionStoreContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what this store promises beyond it. */
class MemorySessionStoreTest extends SessionStoreContract {
  private final SessionStore sessions = create();

  @Override
  protected SessionStore create() {
    return new MemoryStores().sessions();
  }

  @Test
  @DisplayName("listings are in the order of ids")
  void list_anyOrderOfInserts_isInTheOrderOfIds() {
    for (long number : new long[] {3, 1, 2}) {
      assertThat(sessions.insert(session(number, ANN, T0))).isTrue();
    }

    assertThat(pages(page -> sessions.list(ANN, page), 2))
        .containsExactly(session(1, ANN, T0), session(2, ANN, T0), session(3, ANN, T0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "sessions:", "sessions:zzzzzzzzzzzzzzzzzzzzzz"})
  void list_garbageCursor_isRefused(String cursor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sessions.list(ANN, PageRequest.after(cursor, 10)));
  }

  @Test
  @DisplayName("a purge takes the first that ended first")
  void purge_inChunks_takesTheEarliestFirst() {
    for (int i = 1; i <= 5; i++) {
      assertThat(sessions.insert(session(i, ANN, T0.minusMillis(i)))).isTrue();
    }

    assertThat(sessions.purge(T0, 3)).containsExactly(credential(5), credential(4), credential(3));
    assertThat(sessions.purge(T0, 3)).containsExactly(credential(2), credential(1));
  }
}
