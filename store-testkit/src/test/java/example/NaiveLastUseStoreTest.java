package example;

import io.thingward.store.LastUseStore;
import io.thingward.store.testkit.LastUseStoreContract;

class NaiveLastUseStoreTest extends LastUseStoreContract {
  @Override
  protected LastUseStore create() {
    return new NaiveStores(new Engine()).keyUses();
  }
}
