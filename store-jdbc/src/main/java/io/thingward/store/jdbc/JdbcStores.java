package io.thingward.store.jdbc;

import io.thingward.store.KeyStore;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionViews;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * All stores in one relational database: H2 (in memory, or in a file as the embedded default) or
 * PostgreSQL. The tables have to be there; {@link JdbcSchema} makes them.
 *
 * <pre>{@code
 * JdbcSchema.apply(dataSource); // or the host's migration tool, with the same scripts
 * Stores stores = JdbcStores.of(dataSource);
 * }</pre>
 *
 * <p>Any {@link DataSource} will do; use one with a pool. Each call borrows a connection, one at a
 * time, and gives it back as it was. A read is one statement, and so is a change in PostgreSQL; in
 * H2 a change is a transaction of three, and a bulk insert and a purge are one of several in both.
 * The deadline is the query timeout of each statement, which the driver asks the database to keep;
 * set the pool's connection timeout and the driver's socket timeout, too, since nobody else ends a
 * call into a network that is gone.
 *
 * <p>Every statement is parameterised, and finds its rows by an index. Needs no more than a
 * PostgreSQL-compatible database has: no advisory locks, no notifications; where transactions
 * overtake each other, the statement is run again. Read committed is enough, and so is anything
 * stricter.
 *
 * <p>There is one change feed for all of them, so that other nodes know of a change without reading
 * every record again; whoever reads it keeps one connection for that.
 *
 * <p>An H2 file belongs to one of these objects, and nobody else writes to it, neither a second one
 * nor another process (AUTO_SERVER), other tables included: H2 keeps a transaction whole through
 * the death of its process only if no other one is going on. So changes wait for each other there,
 * no longer than the deadline.
 *
 * <p>Thread-safe. Close it after the library; it does not close the data source.
 */
public final class JdbcStores implements Stores, AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);

  private final JdbcPrincipalStore principals;
  private final JdbcWorkspaceStore workspaces;
  private final JdbcKeyStore keys;
  private final JdbcSessionStore sessions;
  private final JdbcLastUseStore keyUses;
  private final JdbcLastUseStore sessionUses;
  private final JdbcViews views;
  private final JdbcFeed feed;

  private JdbcStores(Database database) {
    feed = new JdbcFeed(database);
    principals = new JdbcPrincipalStore(database, feed);
    workspaces = new JdbcWorkspaceStore(database, feed);
    keys = new JdbcKeyStore(database, feed);
    sessions = new JdbcSessionStore(database, feed);
    keyUses = new JdbcLastUseStore(database, "thingward_key_use");
    sessionUses = new JdbcLastUseStore(database, "thingward_session_use");
    views = new JdbcViews(database, keys, sessions, principals, workspaces);
  }

  /** Stores in this database, with a deadline of 5 seconds for each statement. */
  public static JdbcStores of(DataSource source) {
    return of(source, DEADLINE);
  }

  /**
   * Stores in this database.
   *
   * @param deadline 1 second to 1 hour, in whole seconds, rounded up
   * @throws IllegalStateException if the database cannot keep the store contract: it is neither H2
   *     nor PostgreSQL nor a compatible, lacks tables or has newer ones, compares texts otherwise
   *     than exactly, or loses acknowledged changes by its settings
   * @throws StoreUnavailableException if it does not answer, or does not give two connections at
   *     once: the reader of the feed keeps one
   */
  public static JdbcStores of(DataSource source, Duration deadline) {
    Objects.requireNonNull(source, "source");
    if (deadline.compareTo(Duration.ofSeconds(1)) < 0 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException("a deadline is 1 second to 1 hour, not " + deadline);
    }
    try (Connection connection = source.getConnection();
        Connection second = second(source)) {
      if (!second.isValid(0)) {
        throw new StoreUnavailableException("the database did not answer");
      }
      Dialect dialect = Dialect.of(connection);
      dialect.check(connection);
      JdbcSchema.requireCurrent(connection);
      return new JdbcStores(new Database(source, dialect, deadline));
    } catch (SQLException failure) {
      throw new StoreUnavailableException("the database did not answer", failure);
    }
  }

  private static Connection second(DataSource source) {
    try {
      return source.getConnection();
    } catch (SQLException failure) {
      throw new StoreUnavailableException(
          "the data source gave one connection but no second one: a pool needs two at least,"
              + " since the reader of the feed keeps one",
          failure);
    }
  }

  @Override
  public PrincipalStore principals() {
    return principals;
  }

  @Override
  public WorkspaceStore workspaces() {
    return workspaces;
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public LastUseStore keyUses() {
    return keyUses;
  }

  @Override
  public LastUseStore sessionUses() {
    return sessionUses;
  }

  @Override
  public Optional<KeyViews> keyViews() {
    return Optional.of(views::key);
  }

  @Override
  public Optional<SessionViews> sessionViews() {
    return Optional.of(views::session);
  }

  /** Gives the connection of the feed back; a node that still reads it borrows another. */
  @Override
  public void close() {
    feed.close();
  }
}
