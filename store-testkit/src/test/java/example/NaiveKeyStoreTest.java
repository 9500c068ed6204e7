package example;

import io.thingward.store.KeyStore;
import io.thingward.store.testkit.KeyStoreContract;

class NaiveKeyStoreTest extends KeyStoreContract {
  @Override
  protected KeyStore create() {
    return new NaiveStores(new Engine()).keys();
  }
}
