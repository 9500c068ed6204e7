package io.thingward.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.thingward.store.jdbc.JdbcSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL server of its own, with the library's tables. */
final class Server implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  /** A server, as durable as PostgreSQL is by default, or one that never waits for its disk. */
  Server(boolean durable) throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", durable ? "on" : "off")
            .setServerConfig("synchronous_commit", "on")
            .start();
    JdbcSchema.apply(postgres.getPostgresDatabase());
  }

  /** A pool, as each node has its own. */
  HikariDataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres.getPostgresDatabase());
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
