package example;

import io.thingward.store.PrincipalStore;
import io.thingward.store.testkit.PrincipalStoreContract;

class NaivePrincipalStoreTest extends PrincipalStoreContract {
  @Override
  protected PrincipalStore create() {
    return new NaiveStores(new Engine()).principals();
  }
}
