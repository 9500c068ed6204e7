package io.thingward.store.jdbc;

import io.thingward.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The tables of {@link JdbcStores}, in versions. The script of each version is a resource of this
 * module, {@code io/thingward/store/jdbc/<dialect>-<version>.sql} with {@code h2} or {@code
 * postgresql} for the dialect, for hosts that apply it with a migration tool of their own. Its last
 * statement writes down which version it is; a script that was released never changes.
 */
public final class JdbcSchema {
  /** The version that this library works with. */
  public static final int VERSION = 2;

  /* As PostgreSQL and H2 spell the name of a table that nobody quoted. */
  private static final Set<String> META = Set.of("thingward_meta", "THINGWARD_META");

  private JdbcSchema() {}

  /**
   * Brings a database to {@link #VERSION}, from whatever version it has; does nothing if it has
   * that one. Run it before the first {@link JdbcStores#of}, from one process at a time. On
   * PostgreSQL it happens whole or not at all. H2 commits each statement; what was cut short there
   * is begun again with the next call, since each statement may run twice and the last one of a
   * script writes its version down.
   *
   * @throws IllegalStateException if the database has a newer version
   * @throws StoreUnavailableException if it does not answer
   */
  public static void apply(DataSource source) {
    try (Connection connection = source.getConnection()) {
      boolean committing = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        upgrade(connection);
        connection.commit();
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(committing);
      }
    } catch (SQLException failure) {
      throw new StoreUnavailableException("the schema could not be applied", failure);
    }
  }

  private static void upgrade(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    int present = version(connection);
    requireNotNewer(present);
    for (int version = present + 1; version <= VERSION; version++) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements(dialect, version)) {
          statement.execute(sql);
        }
      }
    }
  }

  /** Refuses a database without the tables of this version. */
  static void requireCurrent(Connection connection) throws SQLException {
    int present = version(connection);
    requireNotNewer(present);
    if (present < VERSION) {
      throw new IllegalStateException(
          "this database has schema " + present + ", not " + VERSION + ": see JdbcSchema.apply");
    }
  }

  private static void requireNotNewer(int present) {
    if (present > VERSION) {
      throw new IllegalStateException(
          "this database has schema " + present + ", made by a newer version of the library");
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), "%", null)) {
      boolean there = false;
      while (tables.next()) {
        there |= META.contains(tables.getString("TABLE_NAME"));
      }
      if (!there) {
        return 0;
      }
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select setting from thingward_meta where name = 'schema'");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Integer.parseInt(rows.getString(1)) : 0;
    }
  }

  /* Statements end with a semicolon at the end of a line; comments are whole lines or after code. */
  static List<String> statements(Dialect dialect, int version) {
    String code = script(dialect, version).replaceAll("--[^\n]*", "");
    return Arrays.stream(code.split(";\\s*\n"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  static String script(Dialect dialect, int version) {
    String name = dialect.resource() + "-" + version + ".sql";
    try (InputStream in = JdbcSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("bug: no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
