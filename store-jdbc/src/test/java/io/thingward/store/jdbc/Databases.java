package io.thingward.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Databases for tests: H2, and real PostgreSQL servers of two major versions, each started once.
 */
enum Databases {
  H2,
  POSTGRESQL_14,
  POSTGRESQL_18;

  private static final List<String> TABLES =
      List.of(
          "thingward_principal",
          "thingward_claim",
          "thingward_workspace",
          "thingward_membership",
          "thingward_role",
          "thingward_key",
          "thingward_session",
          "thingward_key_use",
          "thingward_session_use",
          "thingward_feed");

  private static final Map<Databases, DataSource> STARTED = new ConcurrentHashMap<>();

  static Stream<Databases> all() {
    return Stream.of(values());
  }

  /** This database with empty tables; no two tests at the same time. */
  DataSource empty() {
    DataSource source = STARTED.computeIfAbsent(this, Databases::start);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("delete from " + table);
      }
      statement.execute("update thingward_feed_head set seq = 0, entry = null");
      statement.execute("delete from thingward_meta where name <> 'schema'");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return source;
  }

  private static DataSource start(Databases database) {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    return source;
  }

  /** A new database with empty tables, which outlives its connections. */
  DataSource durable() {
    DataSource source = this == H2 ? h2File() : blank();
    JdbcSchema.apply(source);
    return source;
  }

  /* Without a connection the database is closed, and opened again from its file. */
  private static DataSource h2File() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "h2").toAbsolutePath();
      return h2("file:" + directory.resolve("thingward") + ";WRITE_DELAY=0");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A new database without tables. */
  DataSource blank() {
    return this == H2 ? h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1") : blank("");
  }

  /** The same on PostgreSQL, made with these options. */
  DataSource blank(String options) {
    try {
      EmbeddedPostgres server = Servers.of(this);
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name + " " + options);
      }
      return pool(server.getDatabase("postgres", name));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /* As hosts do it; it ends with the process. */
  private static DataSource pool(DataSource real) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(real);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  /** The same database through a pool as strict as can be, which commits nothing by itself. */
  static HikariDataSource serializable(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source instanceof HikariDataSource pool ? pool.getDataSource() : source);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }

  static DataSource h2(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:" + url);
    return source;
  }

  /** The servers; they end with the process. */
  private static final class Servers {
    private static final Map<Databases, EmbeddedPostgres> RUNNING = new ConcurrentHashMap<>();

    static EmbeddedPostgres of(Databases version) {
      return RUNNING.computeIfAbsent(version, Servers::start);
    }

    private static EmbeddedPostgres start(Databases version) {
      try {
        EmbeddedPostgres.Builder builder =
            EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on");
        if (version == POSTGRESQL_14) {
          builder.setPgBinaryResolver((system, machine) -> olderBinaries());
        }
        return builder.start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /* Another version of the same artifact cannot be on the class path; the build copies it there. */
    private static InputStream olderBinaries() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("target", "postgresql-14"))) {
        Path jar = files.findFirst().orElseThrow();
        try (JarFile binaries = new JarFile(jar.toFile())) {
          return new java.io.ByteArrayInputStream(
              binaries
                  .getInputStream(binaries.getEntry("postgres-linux-x86_64.txz"))
                  .readAllBytes());
        }
      }
    }
  }
}
