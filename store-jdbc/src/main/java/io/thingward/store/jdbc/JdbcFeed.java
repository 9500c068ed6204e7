package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.MembershipId;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UnreadableRecordException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one database, in shards: the order of numbers within a shard is the order of
 * commits. A place names the newest entry of each shard by number and random id, so that a place of
 * another history is noticed even where the numbers are there again. Reads on a connection of its
 * own, which it keeps. Thread-safe.
 */
final class JdbcFeed implements ChangeFeed, AutoCloseable {
  /* The head of a shard is a lock: 16 of them cost a third of the throughput, one four fifths. */
  private static final int SHARDS = 16;

  /* Of each shard in one poll: some milliseconds, so that no poll is late for what is forgotten. */
  private static final int CHUNK = 64;

  /*
   * Four minutes at the default freshness bound. A connection that is kept for ever would stay with
   * a server that a proxy or a new primary has replaced for everybody else, where nothing changes.
   */
  private static final int USES_OF_A_CONNECTION = 1_000;

  private static final String ADVANCE =
      "update thingward_feed_head set seq = seq + 1, entry = ? where shard = ?";
  private static final String APPEND =
      "insert into thingward_feed (shard, seq, entry, kind, key_1, key_2, version, change)"
          + " select shard, seq, entry, cast(? as varchar), cast(? as varchar), cast(? as varchar),"
          + " cast(? as bigint), cast(? as uuid) from ";

  /* Without the head of its shard, the entry has no shard either, and the whole statement fails. */
  private static final String TOGETHER =
      ", head as ("
          + ADVANCE
          + " and exists (select 1 from changed) returning shard, seq, entry) "
          + APPEND
          + "changed left join head on true";
  private static final String HEADS = "select shard, seq, entry from thingward_feed_head";
  /* The numbers of a shard have no gaps, so this is at most so many rows. */
  private static final String TRIM =
      "delete from thingward_feed where shard = ? and seq < ? and seq < "
          + CHUNK
          + " + (select seq from thingward_feed where shard = ? order by shard, seq limit 1)";

  private final Database database;
  private final String poll;
  private final SecureRandom random = new SecureRandom();
  private final FeedMarks marks;
  private @Nullable Connection kept; // guarded by this, like what follows
  private int uses; // of that
  private @Nullable Place old; // what is before it is to be forgotten

  JdbcFeed(Database database) {
    this.database = database;
    this.poll = poll(database.dialect());
    this.marks = new FeedMarks(database);
  }

  /*
   * A range of the index for each shard: a condition on all of them at once walks the index from its
   * beginning. PostgreSQL does not know the numbers when it plans the lateral join, so that no
   * statistics of an earlier feed mislead it.
   */
  private static String poll(Dialect dialect) {
    String columns = "shard, seq, entry, kind, key_1, key_2, version, change";
    String range =
        "select "
            + columns
            + " from thingward_feed where shard = %s and seq >= %s order by shard, seq limit "
            + (Limits.PAGE + SHARDS); // any of them may have all that a poll brings
    String ranges =
        dialect.joinsLaterally()
            ? eachShard("(%s, cast(? as bigint))", ", ", "(values ", ") place (of_shard, from_seq)")
                + " cross join lateral ("
                + range.formatted("of_shard", "from_seq")
                + ") told"
            : eachShard("(" + range.formatted("%s", "?") + ")", " union all ", "(", ") told");
    return "select " + columns + " from " + ranges + " order by shard, seq limit ?";
  }

  private static String eachShard(String text, String between, String before, String after) {
    return IntStream.range(0, SHARDS)
        .mapToObj(text::formatted)
        .collect(Collectors.joining(between, before, after));
  }

  // --- writing ---

  /**
   * Runs a statement on one row and, if it changed that, appends the change, in one transaction.
   */
  boolean update(String sql, List<?> parameters, Change change) {
    if (database.dialect().changesTogether()) {
      return together(sql + " returning 1", parameters, change) == 1;
    }
    return database.inTransaction(
        connection -> {
          boolean done = database.update(connection, sql, parameters) == 1;
          if (done) {
            append(connection, change);
          }
          return done;
        });
  }

  /*
   * In one statement, which the database ends by itself: a process that is stopped, by a signal or
   * for a collection of its garbage, never holds the head of a shard.
   */
  private int together(String sql, List<?> parameters, Change change) {
    List<Object> all = new ArrayList<>(parameters);
    Entry entry = Entry.of(change);
    all.add(entryId());
    all.add(entry.shard());
    all.addAll(entry.values());
    return database.write(
        connection ->
            database.execute(connection, "with changed as (" + sql + ")" + TOGETHER, all));
  }

  private void append(Connection connection, Change change) throws SQLException {
    Entry entry = Entry.of(change);
    int shard = entry.shard();
    List<@Nullable Object> values = new ArrayList<>(entry.values());
    values.add(shard);
    int advanced = database.execute(connection, ADVANCE, List.of(entryId(), shard));
    int appended =
        database.execute(connection, APPEND + "thingward_feed_head where shard = ?", values);
    if (advanced != 1 || appended != 1) {
      throw new SQLException("the feed has no shard " + shard);
    }
  }

  private UUID entryId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  @Override
  public void announce(WorkspaceId workspace, DeviceId device) {
    Change change = new Change.OfDevice(workspace, device);
    int told =
        database.dialect().changesTogether()
            ? together("select 1", List.of(), change)
            : database.inTransaction(
                connection -> {
                  append(connection, change);
                  return 1;
                });
    assert told == 1;
  }

  // --- reading ---

  /** Also notices what is so old that nobody needs it; the polls that follow forget it. */
  @Override
  public String end() {
    Place place = new Place();
    for (Head head : database.query(HEADS, List.of(), JdbcFeed::head)) {
      place.heads[head.shard] = head;
    }
    String end = place.toString();
    try {
      marks.passed(end).ifPresent(passed -> forgetBefore(Place.parse(passed)));
    } catch (StoreUnavailableException failure) {
      // the end is known all the same, and what is old is noticed another time
    }
    return end;
  }

  private synchronized void forgetBefore(Place place) {
    old = place;
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(row.getInt("shard"), row.getLong("seq"), row.getObject("entry", UUID.class));
  }

  @Override
  public Poll poll(String after, int limit) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw new IllegalArgumentException("a poll brings 1 to " + Limits.PAGE + ", not " + limit);
    }
    Place place = Place.parse(after);
    List<Object> parameters = new ArrayList<>();
    for (Head head : place.heads) {
      parameters.add(head.seq);
    }
    int rows = limit + SHARDS; // the entry at the place itself comes again, to be recognised
    parameters.add(rows);
    List<Row> found = read(parameters);
    boolean whole = found.size() < rows;
    List<Change> changes = new ArrayList<>();
    Place next = place.copy();
    boolean[] seen = new boolean[SHARDS];
    for (Row row : found) {
      int shard = row.head.shard;
      Head last = next.heads[shard];
      boolean again = !seen[shard] && last.seq > 0;
      if (again ? !row.head.equals(last) : row.head.seq != last.seq + 1) {
        return new Poll.Lost();
      }
      if (!again && changes.size() == limit) {
        whole = false;
        break;
      }
      if (!again) {
        changes.add(row.change);
        next.heads[shard] = row.head;
      }
      seen[shard] = true;
    }
    for (Head head : place.heads) {
      if (whole && head.seq > 0 && !seen[head.shard]) {
        return new Poll.Lost();
      }
    }
    if (whole) {
      try {
        forget();
      } catch (SQLException | StoreUnavailableException failure) {
        // the poll is good all the same
      }
    }
    return new Poll.Changes(changes, next.toString(), whole);
  }

  /* On the connection that is kept, and on a new one if that is broken. */
  private synchronized List<Row> read(List<Object> parameters) {
    try {
      return database.keptQuery(connection(), poll, parameters, JdbcFeed::row);
    } catch (SQLException failure) {
      close();
      throw new StoreUnavailableException("the feed did not answer", failure);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private synchronized Connection connection() throws SQLException {
    if (uses >= USES_OF_A_CONNECTION) {
      close();
    }
    Connection connection = kept;
    if (connection == null) {
      connection = database.connect();
      kept = connection;
    }
    uses++;
    return connection;
  }

  private static Row row(ResultSet row) throws SQLException {
    long sequence = row.getLong("version");
    Optional<Version> version =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Version(sequence, row.getObject("change", UUID.class)));
    return new Row(
        head(row),
        new Entry(row.getString("kind"), row.getString("key_1"), row.getString("key_2"), version)
            .change());
  }

  /** Forgets a part; the polls that follow forget the rest, a part each. */
  @Override
  public void trim(String before) {
    forgetBefore(Place.parse(before));
    try {
      forget();
    } catch (SQLException failure) {
      throw new StoreUnavailableException("the feed was not trimmed", failure);
    }
  }

  /* What fails is left to whoever notices next what is old: it must not cost every poll its time. */
  private synchronized void forget() throws SQLException {
    Place before = old;
    if (before == null) {
      return;
    }
    old = null;
    List<List<Object>> shards = new ArrayList<>();
    for (Head head : before.heads) {
      shards.add(List.of(head.shard, head.seq, head.shard));
    }
    List<Integer> forgotten = database.keptBatch(connection(), TRIM, shards);
    if (forgotten.stream().anyMatch(rows -> rows > 0)) {
      old = before;
    }
  }

  /** Gives its connection back; the next poll borrows another. */
  @Override
  public synchronized void close() {
    Connection connection = kept;
    kept = null;
    uses = 0;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException broken) {
        // it is given up either way
      }
    }
  }

  /* The newest entry of a shard: none where the number is 0. */
  private record Head(int shard, long seq, @Nullable UUID entry) {}

  private record Row(Head head, Change change) {}

  /* A head for each shard: "12:<uuid>,0:,..." */
  private static final class Place {
    final Head[] heads = new Head[SHARDS];

    Place() {
      Arrays.setAll(heads, shard -> new Head(shard, 0, null));
    }

    static Place parse(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length != SHARDS) {
        throw new IllegalArgumentException("not a place of this feed");
      }
      Place place = new Place();
      for (int shard = 0; shard < SHARDS; shard++) {
        String[] head = parts[shard].split(":", -1);
        if (head.length != 2) {
          throw new IllegalArgumentException("not a place of this feed");
        }
        place.heads[shard] =
            new Head(
                shard,
                Long.parseLong(head[0]),
                head[1].isEmpty() ? null : UUID.fromString(head[1]));
      }
      return place;
    }

    Place copy() {
      Place copy = new Place();
      System.arraycopy(heads, 0, copy.heads, 0, SHARDS);
      return copy;
    }

    @Override
    public String toString() {
      return Arrays.stream(heads)
          .map(head -> head.seq + ":" + (head.entry == null ? "" : head.entry))
          .collect(Collectors.joining(","));
    }
  }

  /* A change as its row has it. */
  private record Entry(String kind, String key1, @Nullable String key2, Optional<Version> version) {
    static Entry of(Change change) {
      if (change instanceof Change.OfPrincipal of) {
        return new Entry("principal", of.id().value(), null, Optional.of(of.version()));
      } else if (change instanceof Change.OfClaim of) {
        return new Entry("claim", of.username().value(), null, Optional.of(of.version()));
      } else if (change instanceof Change.OfWorkspace of) {
        return new Entry("workspace", of.id().value(), null, Optional.of(of.version()));
      } else if (change instanceof Change.OfMembership of) {
        String principal = of.id().principal().value();
        return new Entry(
            "membership", of.id().workspace().value(), principal, Optional.of(of.version()));
      } else if (change instanceof Change.OfRole of) {
        return new Entry("role", of.id().value(), null, Optional.of(of.version()));
      } else if (change instanceof Change.OfKey of) {
        return new Entry("key", of.id().toString(), null, of.version());
      } else if (change instanceof Change.OfSession of) {
        return new Entry("session", of.id().toString(), null, Optional.empty());
      }
      Change.OfDevice of = (Change.OfDevice) change;
      return new Entry("device", of.workspace().value(), of.id().value(), Optional.empty());
    }

    int shard() {
      return Math.floorMod((key1 + '\n' + key2).hashCode(), SHARDS);
    }

    List<@Nullable Object> values() {
      return Arrays.asList(
          kind,
          key1,
          key2,
          version.map(Version::sequence).orElse(null),
          version.map(Version::change).orElse(null));
    }

    Change change() {
      try {
        return read();
      } catch (IllegalArgumentException refused) {
        throw unreadable();
      }
    }

    private Change read() {
      return switch (kind) {
        case "principal" -> new Change.OfPrincipal(PrincipalId.of(key1), required());
        case "claim" -> new Change.OfClaim(new Username(key1), required());
        case "workspace" -> new Change.OfWorkspace(WorkspaceId.of(key1), required());
        case "membership" ->
            new Change.OfMembership(
                new MembershipId(WorkspaceId.of(key1), PrincipalId.of(second())), required());
        case "role" -> new Change.OfRole(RoleId.of(key1), required());
        case "key" -> new Change.OfKey(CredentialId.parse(key1), version);
        case "session" -> new Change.OfSession(CredentialId.parse(key1));
        case "device" -> new Change.OfDevice(WorkspaceId.of(key1), DeviceId.of(second()));
        default -> throw unreadable();
      };
    }

    private Version required() {
      return version.orElseThrow(this::unreadable);
    }

    private String second() {
      if (key2 == null) {
        throw unreadable();
      }
      return key2;
    }

    private UnreadableRecordException unreadable() {
      return new UnreadableRecordException("an entry of the feed that this version does not know");
    }
  }
}
