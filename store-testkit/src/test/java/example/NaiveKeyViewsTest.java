package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.KeyViewsContract;

class NaiveKeyViewsTest extends KeyViewsContract {
  @Override
  protected Stores create() {
    return new NaiveStores(new Engine());
  }
}
