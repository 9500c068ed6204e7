package io.thingward.store.memory;

import io.thingward.store.LastUseStore;
import io.thingward.store.testkit.LastUseStoreContract;

class MemoryLastUseStoreTest extends LastUseStoreContract {
  @Override
  protected LastUseStore create() {
    return new MemoryStores().keyUses();
  }
}
