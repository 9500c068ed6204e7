package example;

import io.thingward.store.SessionStore;
import io.thingward.store.testkit.SessionStoreContract;

class NaiveSessionStoreTest extends SessionStoreContract {
  @Override
  protected SessionStore create() {
    return new NaiveStores(new Engine()).sessions();
  }
}
