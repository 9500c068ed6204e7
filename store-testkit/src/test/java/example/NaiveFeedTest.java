package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.ChangeFeedContract;

class NaiveFeedTest extends ChangeFeedContract<Stores> {
  @Override
  protected Stores create() {
    return new NaiveStores(new Engine());
  }
}
