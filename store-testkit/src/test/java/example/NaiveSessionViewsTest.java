package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.SessionViewsContract;

class NaiveSessionViewsTest extends SessionViewsContract {
  @Override
  protected Stores create() {
    return new NaiveStores(new Engine());
  }
}
