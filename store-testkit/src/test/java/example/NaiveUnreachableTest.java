package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.UnreachableContract;

class NaiveUnreachableTest extends UnreachableContract<Stores> {
  @Override
  protected Stores unreachable() {
    Engine engine = new Engine();
    Stores stores = new NaiveStores(engine);
    engine.unplug();
    return stores;
  }
}
