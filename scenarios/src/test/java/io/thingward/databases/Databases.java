package io.thingward.databases;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.thingward.store.jdbc.JdbcSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The databases that hosts use: H2 in memory, and a real PostgreSQL, started once. */
public enum Databases {
  H2,
  POSTGRESQL;

  private static EmbeddedPostgres server; // guarded by the class; ends with the process

  /** A new database with the library's tables. Take as many pools of it as there are nodes. */
  public DataSource create() {
    DataSource source = this == H2 ? h2() : postgreSql();
    JdbcSchema.apply(source);
    return source;
  }

  private static DataSource h2() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return source;
  }

  private static DataSource postgreSql() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return server().getDatabase("postgres", name);
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return server;
  }

  /** A pool of so many connections, for one node; the test closes it. */
  public static HikariDataSource pool(DataSource database, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
