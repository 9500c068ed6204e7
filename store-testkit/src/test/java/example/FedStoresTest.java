package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.ChangeFeedContract;

class FedStoresTest extends ChangeFeedContract {
  @Override
  protected Stores create() {
    return new FedStores(new NaiveStores(new Engine()));
  }
}
