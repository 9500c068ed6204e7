package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sessions in one table; they have no versions. */
final class JdbcSessionStore implements SessionStore {
  static final String TABLE = "thingward_session";
  private static final String SELECT = "select id, format, body from " + TABLE;
  private static final String FIND = SELECT + " where id = ?";
  private static final String DELETE =
      "delete from " + TABLE + " where id = ? and format <= " + Bodies.FORMAT;

  private final Database database;
  private final JdbcFeed feed;
  private final String insert;
  private final Listing<SessionRecord> ofUser;
  private final Purge purge;

  JdbcSessionStore(Database database, JdbcFeed feed) {
    this.feed = feed;
    this.database = database;
    this.insert =
        database.dialect().insert(TABLE, "id, principal, ends_at, format, body", "?, ?, ?, ?, ?");
    this.ofUser =
        new Listing<>(
            database,
            "sessions",
            SELECT,
            List.of("principal"),
            "id",
            this::read,
            session -> session.id().toString(),
            id -> JdbcKeyStore.uuid(CredentialId.parse(id)));
    this.purge = new Purge(database, TABLE);
  }

  /** Reads a row that has the columns id, format and body of the table of sessions. */
  SessionRecord read(ResultSet row) throws SQLException {
    CredentialId id = JdbcKeyStore.id(row.getObject("id", UUID.class));
    String body = database.dialect().body(row, "body");
    return Table.readable(TABLE, id, row.getInt("format"), () -> Bodies.readSession(id, body));
  }

  @Override
  public Optional<SessionRecord> find(CredentialId id) {
    return database.query(FIND, List.of(JdbcKeyStore.uuid(id)), this::read).stream().findFirst();
  }

  @Override
  public boolean insert(SessionRecord session) {
    return database.update(
            insert,
            List.of(
                JdbcKeyStore.uuid(session.id()),
                session.user().value(),
                session.endsAt().toEpochMilli(),
                Bodies.FORMAT,
                new Database.Body(Bodies.write(session))))
        == 1;
  }

  @Override
  public boolean delete(CredentialId id) {
    boolean deleted = feed.update(DELETE, List.of(JdbcKeyStore.uuid(id)), new Change.OfSession(id));
    // one that is there all the same is newer than this library, which finding it refuses; or it
    // has come just now
    return deleted || (find(id).isPresent() && delete(id));
  }

  @Override
  public Page<SessionRecord> list(PrincipalId user, PageRequest page) {
    return ofUser.page(List.of(user.value()), page);
  }

  @Override
  public List<CredentialId> purge(Instant endedBefore, int limit) {
    return purge.purge(endedBefore, limit);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }
}
