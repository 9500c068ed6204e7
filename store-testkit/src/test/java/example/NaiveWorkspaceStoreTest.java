package example;

import io.thingward.store.WorkspaceStore;
import io.thingward.store.testkit.WorkspaceStoreContract;

class NaiveWorkspaceStoreTest extends WorkspaceStoreContract {
  @Override
  protected WorkspaceStore create() {
    return new NaiveStores(new Engine()).workspaces();
  }
}
