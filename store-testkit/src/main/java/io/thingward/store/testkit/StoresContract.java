package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.use;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.store.LastUse;
import io.thingward.store.PageRequest;
import io.thingward.store.Stores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What all stores of an installation are together, beside what each of them is. Designed for
 * extension: a subclass makes the stores and is a test.
 */
public abstract class StoresContract {
  /** For subclasses. */
  protected StoresContract() {}

  /** Empty stores. Called once for each test. */
  protected abstract Stores create();

  @Test
  @DisplayName("S19: each method returns the same store at every call")
  void stores_atEveryCall_areTheSame() {
    Stores stores = create();
    for (Part<?> part : Part.STORES) {
      assertThat((Object) part.from(stores)).as(part.name()).isSameAs(part.from(stores));
    }
  }

  @Test
  @DisplayName("S19: stores share no record: keys, sessions and the uses of both are apart")
  void stores_sameIds_areApart() {
    Stores stores = create();
    LastUse later = use(T0.plusMillis(1));
    assertThat(stores.keys().insert(Samples.accessKey(1, ACME))).isTrue();
    assertThat(stores.sessions().find(credential(1))).isEmpty();
    assertThat(stores.sessions().insert(Samples.session(1, ANN, T0))).isTrue();
    stores.keyUses().record(Map.of(credential(1), later));
    assertThat(stores.sessionUses().find(List.of(credential(1)))).isEmpty();
    stores.sessionUses().record(Map.of(credential(1), use(T0)));
    assertThat(stores.keyUses().find(List.of(credential(1))))
        .isEqualTo(Map.of(credential(1), later));
    assertThat(stores.sessionUses().find(List.of(credential(1))))
        .isEqualTo(Map.of(credential(1), use(T0)));

    assertThat(stores.sessions().delete(credential(1))).isTrue();
    stores.sessionUses().delete(List.of(credential(1)));

    assertThat(stores.keys().find(credential(1))).contains(Samples.accessKey(1, ACME));
    assertThat(stores.keyUses().find(List.of(credential(1)))).hasSize(1);
  }

  @Test
  @DisplayName("S68: a last use creates no credential")
  void record_noSuchCredential_createsNone() {
    Stores stores = create();
    stores.keyUses().record(Map.of(credential(1), use(T0)));
    stores.sessionUses().record(Map.of(credential(1), use(T0)));

    assertThat(stores.keys().find(credential(1))).isEmpty();
    assertThat(stores.sessions().find(credential(1))).isEmpty();
  }

  @Test
  @DisplayName("S68: a last use does not bring a deleted credential back")
  void record_deletedCredential_doesNotReviveIt() {
    Stores stores = create();
    assertThat(stores.keys().insert(Samples.accessKey(1, ACME))).isTrue();
    assertThat(stores.sessions().insert(Samples.session(2, ANN, T0))).isTrue();
    stores.keyUses().record(Map.of(credential(1), use(T0)));
    stores.sessionUses().record(Map.of(credential(2), use(T0)));
    assertThat(stores.keys().delete(credential(1), version(1))).isTrue();
    assertThat(stores.sessions().delete(credential(2))).isTrue();

    stores.keyUses().record(Map.of(credential(1), use(T0.plusMillis(1))));
    stores.sessionUses().record(Map.of(credential(2), use(T0.plusMillis(1))));

    PageRequest page = PageRequest.first(10);
    assertThat(stores.keys().find(credential(1))).isEmpty();
    assertThat(stores.keys().listAccessKeys(ACME, page).items()).isEmpty();
    assertThat(stores.sessions().find(credential(2))).isEmpty();
    assertThat(stores.sessions().list(ANN, page).items()).isEmpty();
  }

  @Test
  @DisplayName("S11: what is deleted in one store takes nothing in another with it")
  void delete_inOneStore_leavesTheOthersAlone() {
    Stores stores = create();
    assertThat(stores.principals().insert(Samples.user("ann"))).isTrue();
    assertThat(stores.workspaces().insert(Samples.workspace("acme"))).isTrue();
    assertThat(stores.workspaces().insertMembership(Samples.membership(ACME, ANN))).isTrue();
    assertThat(stores.keys().insert(Samples.apiKey(1, ANN))).isTrue();
    assertThat(stores.keys().insert(Samples.accessKey(2, ACME))).isTrue();
    assertThat(stores.sessions().insert(Samples.session(3, ANN, T0))).isTrue();
    stores.keyUses().record(Map.of(credential(1), use(T0)));

    assertThat(stores.principals().replace(Samples.deletedUser(Samples.user("ann")), version(1)))
        .isTrue();
    assertThat(
            stores
                .workspaces()
                .replace(Samples.deletedWorkspace(Samples.workspace("acme")), version(1)))
        .isTrue();

    assertThat(stores.workspaces().findMembership(Samples.membership(ACME, ANN).id()))
        .contains(Samples.membership(ACME, ANN));
    assertThat(stores.keys().find(credential(1))).contains(Samples.apiKey(1, ANN));
    assertThat(stores.keys().find(credential(2))).contains(Samples.accessKey(2, ACME));
    assertThat(stores.sessions().find(credential(3))).contains(Samples.session(3, ANN, T0));
    assertThat(stores.keys().delete(credential(1), version(1))).isTrue();
    assertThat(stores.keyUses().find(List.of(credential(1)))).hasSize(1);
  }
}
