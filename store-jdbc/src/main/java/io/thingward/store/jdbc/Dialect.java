package io.thingward.store.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where H2 and PostgreSQL differ. */
enum Dialect {
  H2("h2") {
    /* One VARCHAR of H2 holds 1,048,576 characters; a body may be longer. */
    private static final int PIECE = 500_000;

    @Override
    String insert(String table, String columns, String parameters) {
      return "insert into " + table + " (" + columns + ") values (" + parameters + ")";
    }

    @Override
    String keepLater(String table) {
      return "merge into "
          + table
          + " kept using (values (cast(? as uuid), cast(? as bigint), cast(? as varchar),"
          + " cast(? as varchar))) later (id, used_at, source, agent) on kept.id = later.id"
          + " when matched and kept.used_at < later.used_at then update set"
          + " used_at = later.used_at, source = later.source, agent = later.agent"
          + " when not matched then insert (id, used_at, source, agent)"
          + " values (later.id, later.used_at, later.source, later.agent)";
    }

    @Override
    void bindBody(PreparedStatement statement, int index, String body) throws SQLException {
      List<String> pieces = new ArrayList<>();
      for (int from = 0; from < body.length(); from += PIECE) {
        pieces.add(body.substring(from, Math.min(body.length(), from + PIECE)));
      }
      statement.setArray(index, array(statement.getConnection(), pieces));
    }

    @Override
    String body(ResultSet row, String column) throws SQLException {
      StringBuilder body = new StringBuilder();
      Array pieces = row.getArray(column);
      for (Object piece : (Object[]) pieces.getArray()) {
        body.append(piece);
      }
      return body.toString();
    }

    @Override
    Array array(Connection connection, List<String> texts) throws SQLException {
      return connection.createArrayOf("varchar", texts.toArray());
    }

    @Override
    void check(Connection connection) throws SQLException {
      if (text(connection, "select database_path()") != null
          && !"0".equals(setting(connection, "WRITE_DELAY"))) {
        throw new IllegalStateException(
            "this H2 database loses acknowledged changes when its process is killed: add"
                + " ;WRITE_DELAY=0 to its URL");
      }
      String collation = setting(connection, "COLLATION");
      if ("1".equals(setting(connection, "IGNORECASE"))
          || !(collation == null || collation.equals("OFF"))) {
        throw new IllegalStateException(
            "this H2 database takes different texts for equal: IGNORECASE or COLLATION is set");
      }
    }

    private static @Nullable String setting(Connection connection, String name)
        throws SQLException {
      return text(
          connection,
          "select setting_value from information_schema.settings where setting_name = '"
              + name
              + "'");
    }
  },

  POSTGRESQL("postgresql") {
    @Override
    String insert(String table, String columns, String parameters) {
      return "insert into "
          + table
          + " ("
          + columns
          + ") values ("
          + parameters
          + ") on conflict do nothing";
    }

    @Override
    String keepLater(String table) {
      return "insert into "
          + table
          + " as kept (id, used_at, source, agent) values (?, ?, ?, ?)"
          + " on conflict (id) do update set used_at = excluded.used_at,"
          + " source = excluded.source, agent = excluded.agent"
          + " where kept.used_at < excluded.used_at";
    }

    @Override
    void bindBody(PreparedStatement statement, int index, String body) throws SQLException {
      statement.setString(index, body);
    }

    @Override
    String body(ResultSet row, String column) throws SQLException {
      return row.getString(column);
    }

    @Override
    Array array(Connection connection, List<String> texts) throws SQLException {
      return connection.createArrayOf("text", texts.toArray());
    }

    @Override
    void check(Connection connection) throws SQLException {
      String encoding = text(connection, "show server_encoding");
      if (!"UTF8".equals(encoding)) {
        throw new IllegalStateException(
            "the encoding of this database is " + encoding + ", which cannot hold every text");
      }
      // null in a compatible that has no such setting
      if ("off".equals(text(connection, "select current_setting('synchronous_commit', true)"))) {
        throw new IllegalStateException(
            "this database loses acknowledged changes in a crash: synchronous_commit is off; set it"
                + " to on, for the database or for its user");
      }
    }
  };

  private final String resource;

  Dialect(String resource) {
    this.resource = resource;
  }

  /** The dialect that a database speaks. */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      default ->
          throw new IllegalStateException("neither H2 nor PostgreSQL nor a compatible: " + product);
    };
  }

  /** The name that its scripts begin with. */
  String resource() {
    return resource;
  }

  /** Whether a statement failed only because another transaction was in the way. */
  static boolean isOvertaken(SQLException failure) {
    return switch (String.valueOf(failure.getSQLState())) {
      case "40001", "40P01" -> true; // serialization failure, which H2 calls deadlock, and deadlock
      default -> false;
    };
  }

  /** Whether {@link #insert} skips a row whose key is taken; else that is a duplicate. */
  boolean skipsDuplicates() {
    return this == POSTGRESQL;
  }

  /** Whether only one change at a time is safe from a process that is killed. */
  boolean writesInTurn() {
    return this == H2;
  }

  /** Whether one statement may change several tables. */
  boolean changesTogether() {
    return this == POSTGRESQL;
  }

  /** Whether a table of a join may be a query about the row before it. */
  boolean joinsLaterally() {
    return this == POSTGRESQL;
  }

  /** Keeps a row unless its key is taken. */
  abstract String insert(String table, String columns, String parameters);

  /** Whether an insert found its key taken. */
  static boolean isDuplicate(SQLException failure) {
    return "23505".equals(failure.getSQLState());
  }

  /** Keeps a last use (id, time, source, agent) unless one as late is kept. */
  abstract String keepLater(String table);

  abstract void bindBody(PreparedStatement statement, int index, String body) throws SQLException;

  abstract String body(ResultSet row, String column) throws SQLException;

  abstract Array array(Connection connection, List<String> texts) throws SQLException;

  /** Refuses a database that cannot keep the contract. */
  abstract void check(Connection connection) throws SQLException;

  private static @Nullable String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
