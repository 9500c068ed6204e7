package io.thingward.examples;

import io.thingward.store.Stores;
import io.thingward.store.jdbc.JdbcStores;
import io.thingward.store.memory.MemoryStores;

/**
 * Two engines for one installation: sessions in memory, everything else in a database. Each store
 * brings its own feed; the library follows both.
 */
final class SessionsApart {
  private SessionsApart() {}

  static Stores stores(JdbcStores database) {
    // sessions: begin
    Stores stores = database.withSessionsIn(new MemoryStores());
    // sessions: end
    return stores;
  }
}
