package io.thingward.store.jdbc;

import io.thingward.store.Stores;
import io.thingward.store.testkit.UnreachableFeedContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A feed whose PostgreSQL server is stopped after it was read. */
class UnreachableFeedTest extends UnreachableFeedContract<Stores> {
  private EmbeddedPostgres server;
  private JdbcStores stores;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
  }

  @Override
  protected Stores open() {
    DataSource source = server.getPostgresDatabase();
    JdbcSchema.apply(source);
    stores = JdbcStores.of(source);
    return stores;
  }

  @Override
  protected void disconnect() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterEach
  void stop() {
    stores.close();
    disconnect(); // once more, where the test came to an end before
  }
}
