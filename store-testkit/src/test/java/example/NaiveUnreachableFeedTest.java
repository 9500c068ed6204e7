package example;

import io.thingward.store.Stores;
import io.thingward.store.testkit.UnreachableFeedContract;

class NaiveUnreachableFeedTest extends UnreachableFeedContract<Stores> {
  private final Engine engine = new Engine();

  @Override
  protected Stores open() {
    return new NaiveStores(engine);
  }

  @Override
  protected void disconnect() {
    engine.unplug();
  }
}
