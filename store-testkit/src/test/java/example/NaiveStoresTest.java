package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.StoresContract;

class NaiveStoresTest extends StoresContract {
  @Override
  protected Stores create() {
    return new NaiveStores(new Engine());
  }
}
