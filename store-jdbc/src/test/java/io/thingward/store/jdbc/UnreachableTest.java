package io.thingward.store.jdbc;

import io.thingward.store.Stores;
import io.thingward.store.testkit.UnreachableContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** Stores whose PostgreSQL server was stopped after they were opened. */
class UnreachableTest extends UnreachableContract<Stores> {
  private static Stores stores;

  @BeforeAll
  static void stop() throws IOException {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start()) {
      DataSource source = server.getPostgresDatabase();
      JdbcSchema.apply(source);
      stores = JdbcStores.of(source);
    }
  }

  @Override
  protected Stores unreachable() {
    return stores;
  }
}
