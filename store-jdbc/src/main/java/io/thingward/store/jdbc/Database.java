package io.thingward.store.jdbc;

import io.thingward.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, each with the store's deadline, and makes "unavailable" of whatever goes wrong.
 * Thread-safe.
 */
final class Database {
  /* Whoever is overtaken this often in a row competes with a crowd. */
  private static final int ATTEMPTS = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(2); // at most

  private final DataSource source;
  private final Dialect dialect;
  private final int seconds;

  private final Semaphore turn = new Semaphore(1, true);
  private final SecureRandom random = new SecureRandom();

  Database(DataSource source, Dialect dialect, Duration deadline) {
    this.source = source;
    this.dialect = dialect;
    this.seconds = Math.toIntExact(Math.max(1, deadline.plusMillis(999).toSeconds()));
  }

  Dialect dialect() {
    return dialect;
  }

  /** A body, which each dialect keeps in its own way. */
  record Body(String text) {}

  /** Texts as one value. */
  record Texts(List<String> texts) {}

  /** Ids as one value. */
  record Ids(List<UUID> ids) {}

  /** Reads one row. */
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Works with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** The rows of a query. */
  <T> List<T> query(String sql, List<?> parameters, Reading<T> reading) {
    return run(connection -> query(connection, sql, parameters, reading));
  }

  private <T> List<T> query(
      Connection connection, String sql, List<?> parameters, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reading.read(rows));
        }
        return found;
      }
    }
  }

  /** The same on a connection to keep. */
  <T> List<T> keptQuery(Connection kept, String sql, List<?> parameters, Reading<T> reading)
      throws SQLException {
    return again(() -> query(kept, sql, parameters, reading));
  }

  /** A connection to keep, which commits each statement. */
  Connection connect() throws SQLException {
    Connection connection = source.getConnection();
    connection.setAutoCommit(true);
    return connection;
  }

  /** How many rows a statement changed; none if it found a key taken. */
  int update(String sql, List<?> parameters) {
    return write(connection -> update(connection, sql, parameters));
  }

  int update(Connection connection, String sql, List<?> parameters) throws SQLException {
    try {
      return execute(connection, sql, parameters);
    } catch (SQLException failure) {
      if (Dialect.isDuplicate(failure)) {
        return 0;
      }
      throw failure;
    }
  }

  /** The same, where no key is taken. */
  int execute(Connection connection, String sql, List<?> parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** Runs a statement once for each list of parameters, in one transaction; the counts of rows. */
  List<Integer> batch(String sql, List<? extends List<?>> all) {
    return inTransaction(connection -> batch(connection, sql, all));
  }

  /**
   * The same where a part of it is as good, if the rest fails. A database that can ends it by
   * itself: a process that is stopped then holds no row that others wait for.
   */
  List<Integer> looseBatch(String sql, List<? extends List<?>> all) {
    return dialect.writesInTurn()
        ? batch(sql, all)
        : write(connection -> batch(connection, sql, all));
  }

  /** The same on a connection to keep; each statement may be a transaction of its own. */
  List<Integer> keptBatch(Connection kept, String sql, List<? extends List<?>> all)
      throws SQLException {
    return inTurn(() -> again(() -> batch(kept, sql, all)));
  }

  private List<Integer> batch(Connection connection, String sql, List<? extends List<?>> all)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      return batch(statement, all);
    }
  }

  private List<Integer> batch(PreparedStatement statement, List<? extends List<?>> all)
      throws SQLException {
    for (List<?> parameters : all) {
      bind(statement, parameters);
      statement.addBatch();
    }
    List<Integer> counts = new ArrayList<>(all.size());
    for (int count : statement.executeBatch()) {
      counts.add(count);
    }
    return counts;
  }

  /**
   * Runs an insert once for each list of parameters, in one transaction; whether each kept its row.
   *
   * @param key the columns of the key
   */
  List<Boolean> insertAll(String sql, List<String> key, List<? extends List<?>> all) {
    return inTransaction(
        connection ->
            dialect.skipsDuplicates()
                ? insertTogether(connection, sql, key, all)
                : insertOneByOne(connection, sql, all));
  }

  /*
   * The keys are asked for, though nobody looks at them: a driver that was told to merge inserts
   * (reWriteBatchedInserts of pgjdbc) leaves these apart, and has a count for each.
   */
  private List<Boolean> insertTogether(
      Connection connection, String sql, List<String> key, List<? extends List<?>> all)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(sql, key.toArray(String[]::new))) {
      statement.setQueryTimeout(seconds);
      List<Boolean> kept = new ArrayList<>(all.size());
      for (int count : batch(statement, all)) {
        if (count < 0) {
          throw new SQLException("the driver does not count the rows of a batch");
        }
        kept.add(count == 1);
      }
      return kept;
    }
  }

  private List<Boolean> insertOneByOne(
      Connection connection, String sql, List<? extends List<?>> all) throws SQLException {
    List<Boolean> kept = new ArrayList<>(all.size());
    for (List<?> parameters : all) {
      kept.add(update(connection, sql, parameters) == 1);
    }
    return kept;
  }

  /** Runs work in one transaction, again if it was overtaken. */
  <T> T inTransaction(Work<T> work) {
    return write(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.with(connection);
            connection.commit();
            return result;
          } catch (Throwable failure) { // also an Error: going on would commit half of it
            rollback(connection, failure);
            throw failure;
          }
        });
  }

  /* A connection that cannot even roll back is ended, before anything commits what it did. */
  private static void rollback(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (Throwable broken) {
      failure.addSuppressed(broken);
      try {
        connection.abort(Runnable::run);
      } catch (SQLException gone) {
        failure.addSuppressed(gone);
      }
    }
  }

  /** Runs work that changes something, again if it was overtaken. */
  <T> T write(Work<T> work) {
    return inTurn(() -> run(connection -> discreetly(work, connection)));
  }

  private interface Turn<T, X extends Exception> {
    T take() throws X;
  }

  /*
   * H2 writes its tables to the file one after the other while transactions go on, so that a
   * process that is killed may leave the half of one, or an index without its rows (its issue
   * 2080). Where nobody else changes anything, there is no half.
   */
  private <T, X extends Exception> T inTurn(Turn<T, X> work) throws X {
    if (!dialect.writesInTurn()) {
      return work.take();
    }
    try {
      if (!turn.tryAcquire(seconds, TimeUnit.SECONDS)) {
        throw new StoreUnavailableException("the changes of others did not end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted before a change", stopped);
    }
    try {
      return work.take();
    } finally {
      turn.release();
    }
  }

  /*
   * What a database or its driver says of a change that failed may quote every value of it, digests
   * included: all that is passed on is where it failed, and the codes that say why.
   */
  private static <T> T discreetly(Work<T> work, Connection connection) throws SQLException {
    try {
      return work.with(connection);
    } catch (SQLException failure) {
      String state = failure.getSQLState();
      int code = failure.getErrorCode();
      SQLException discreet =
          new SQLException("SQL state " + state + ", vendor code " + code, state, code);
      discreet.setStackTrace(failure.getStackTrace());
      throw discreet;
    }
  }

  /** Runs work on a connection that commits each statement, again if it was overtaken. */
  private <T> T run(Work<T> work) {
    try {
      return again(
          () -> {
            try (Connection connection = source.getConnection()) {
              boolean committing = connection.getAutoCommit();
              connection.setAutoCommit(true);
              try {
                return work.with(connection);
              } finally {
                connection.setAutoCommit(committing);
              }
            }
          });
    } catch (SQLException failure) {
      throw new StoreUnavailableException("the database did not answer", failure);
    }
  }

  private <T> T again(Turn<T, SQLException> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.take();
      } catch (SQLException failure) {
        // a duplicate that comes as far as this is that of a merge: two of them found no row at
        // once
        boolean again = Dialect.isOvertaken(failure) || Dialect.isDuplicate(failure);
        if (attempt == ATTEMPTS || !again) {
          throw failure;
        }
      }
      // a while by chance, twice as long each time: who goes on at once meets the same others again
      long most = FIRST_PAUSE.toNanos() << (attempt - 1);
      LockSupport.parkNanos(random.nextLong(most));
    }
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(seconds);
    return statement;
  }

  private void bind(PreparedStatement statement, List<?> parameters) throws SQLException {
    int index = 0;
    for (Object parameter : parameters) {
      bind(statement, ++index, parameter);
    }
  }

  private void bind(PreparedStatement statement, int index, @Nullable Object parameter)
      throws SQLException {
    if (parameter instanceof String text) {
      statement.setString(index, text);
    } else if (parameter instanceof Long number) {
      statement.setLong(index, number);
    } else if (parameter instanceof Integer number) {
      statement.setInt(index, number);
    } else if (parameter instanceof Boolean flag) {
      statement.setBoolean(index, flag);
    } else if (parameter instanceof UUID id) {
      statement.setObject(index, id);
    } else if (parameter instanceof Body body) {
      dialect.bindBody(statement, index, body.text());
    } else if (parameter instanceof Texts texts) {
      statement.setArray(index, dialect.array(statement.getConnection(), texts.texts()));
    } else if (parameter instanceof Ids ids) {
      statement.setArray(
          index, statement.getConnection().createArrayOf("uuid", ids.ids().toArray()));
    } else if (parameter == null) {
      statement.setNull(index, Types.NULL);
    } else {
      throw new IllegalStateException("bug: no binding for " + parameter.getClass());
    }
  }
}
