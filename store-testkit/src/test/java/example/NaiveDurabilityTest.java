package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.DurabilityContract;

class NaiveDurabilityTest extends DurabilityContract<Stores> {
  private final Engine engine = new Engine();

  @Override
  protected Stores open() {
    return new NaiveStores(engine);
  }
}
