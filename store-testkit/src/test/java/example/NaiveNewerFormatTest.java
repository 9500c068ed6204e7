package example;

import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.testkit.NewerFormatContract;

class NaiveNewerFormatTest extends NewerFormatContract<Stores> {
  private final NaiveStores stores = new NaiveStores(new Engine());

  @Override
  protected Stores create() {
    return stores;
  }

  @Override
  protected void makeNewer(StoreRecord record) {
    stores.makeNewer(record);
  }
}
