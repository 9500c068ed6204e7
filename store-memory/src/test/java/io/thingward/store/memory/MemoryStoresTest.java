package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.T0;
import static io.thingward.store.memory.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.store.LastUse;
import io.thingward.store.Stores;
import io.thingward.store.testkit.StoresContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract, and what these stores promise beyond it. */
class MemoryStoresTest extends StoresContract {
  private final Stores stores = create();

  @Override
  protected Stores create() {
    return new MemoryStores();
  }

  @Test
  @DisplayName("R8: the text of the stores shows counts only")
  void toString_someRecords_countsThem() {
    assertThat(stores.principals().insert(Samples.fullUser("ann", T0))).isTrue();
    assertThat(stores.principals().insert(Samples.apiUser("robot", ACME))).isTrue();
    assertThat(stores.principals().insertClaim(Samples.claim("ann"))).isTrue();
    assertThat(stores.workspaces().insert(Samples.workspace("acme"))).isTrue();
    assertThat(stores.workspaces().insertMembership(Samples.membership(ACME, ANN))).isTrue();
    assertThat(stores.workspaces().insertRole(Samples.role("r", Optional.empty()))).isTrue();
    assertThat(stores.keys().insertAll(List.of(Samples.apiKey(1, ANN), Samples.apiKey(2, ANN))))
        .containsExactly(true, true);
    assertThat(stores.sessions().insert(Samples.session(1, ANN, T0))).isTrue();
    LastUse use = new LastUse(T0, Optional.of("192.0.2.1"), Optional.empty());
    stores.keyUses().record(Map.of(credential(1), use));

    assertThat(stores)
        .hasToString(
            "MemoryStores{principals=2, claims=1, workspaces=1, memberships=1, roles=1, keys=2,"
                + " sessions=1, keyUses=1, sessionUses=0}");
  }

  @Test
  void instances_always_shareNothing() {
    Stores others = new MemoryStores();
    assertThat(stores.principals().insert(Samples.user("ann"))).isTrue();

    assertThat(others.principals().find(ANN)).isEmpty();
  }
}
