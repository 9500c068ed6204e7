package io.thingward.store.memory;

import io.thingward.store.Stores;
import io.thingward.store.testkit.ChangeFeedContract;

class MemoryFeedTest extends ChangeFeedContract {
  @Override
  protected Stores create() {
    return new MemoryStores();
  }
}
