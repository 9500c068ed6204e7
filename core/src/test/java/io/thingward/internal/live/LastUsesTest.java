package io.thingward.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.RequestContext;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LastUsesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** A real store that remembers how much each call brought, and fails once if asked to. */
  private static final class Counting implements LastUseStore {
    private final LastUseStore real = new MemoryStores().keyUses();
    private final List<Integer> recorded = new ArrayList<>();
    private boolean failNext;

    @Override
    public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
      return real.find(ids);
    }

    @Override
    public void record(Map<CredentialId, LastUse> uses) {
      recorded.add(uses.size());
      if (failNext) {
        failNext = false;
        throw new StoreUnavailableException("down");
      }
      real.record(uses);
    }

    @Override
    public void delete(Collection<CredentialId> ids) {
      real.delete(ids);
    }

    @Override
    public int purge(Instant usedBefore, int limit) {
      return real.purge(usedBefore, limit);
    }
  }

  private final Counting store = new Counting();
  private final StoreCalls calls = new StoreCalls(1, Duration.ZERO);
  private final LastUses uses = new LastUses(calls, store, Duration.ofMinutes(1));

  private void noteMany(int count) {
    LongStream.range(0, count)
        .forEach(i -> uses.note(new CredentialId(0, i), RequestContext.none(), NOW));
  }

  @Test
  @DisplayName("R18: what waits is written in chunks that a store can take")
  void flush_manyUses_areWrittenInChunks() {
    noteMany(2 * Limits.PAGE + 500);

    uses.flush();

    assertThat(store.recorded).containsExactly(Limits.PAGE, Limits.PAGE, 500);
    assertThat(uses.find(List.of(new CredentialId(0, 0), new CredentialId(0, 2_499)))).hasSize(2);
  }

  @Test
  @DisplayName("R18: a chunk that the store refuses is lost, and no other")
  void flush_oneChunkFails_losesThatOne() {
    noteMany(Limits.PAGE + 1);
    store.failNext = true;

    uses.flush();
    uses.flush();

    assertThat(store.recorded).containsExactly(Limits.PAGE, 1);
  }

  @Test
  @DisplayName(
      "F4: where too many calls of the store are under way, uses are lost, and nobody waits")
  void tooManyCalls_useIsLost() {
    noteMany(1);

    String other =
        calls.ask(
            "a call that hangs",
            () -> {
              uses.flush();
              uses.forget(List.of(new CredentialId(0, 0)));
              return "answered";
            });

    assertThat(other).isEqualTo("answered");
    assertThat(store.recorded).isEmpty();
    assertThat(calls.refused()).isEqualTo(2);
  }
}
