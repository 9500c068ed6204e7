package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.store.KeyRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceRecord;

/** What a test begins with. */
final class Given {
  private Given() {}

  /** Inserts credentials and holders, each into its own store. */
  static void in(Stores stores, StoreRecord... records) {
    for (StoreRecord record : records) {
      boolean kept;
      if (record instanceof PrincipalRecord principal) {
        kept = stores.principals().insert(principal);
      } else if (record instanceof WorkspaceRecord workspace) {
        kept = stores.workspaces().insert(workspace);
      } else if (record instanceof KeyRecord key) {
        kept = stores.keys().insert(key);
      } else {
        kept = stores.sessions().insert((SessionRecord) record);
      }
      assertThat(kept).as("insert of %s", record).isTrue();
    }
  }
}
