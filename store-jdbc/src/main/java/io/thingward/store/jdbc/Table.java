package io.thingward.store.jdbc;

import io.thingward.model.Version;
import io.thingward.store.Change;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.VersionedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table of records with versions. Beside what every such table has, a row has its key and the
 * columns that listings search by. Thread-safe.
 *
 * @param <K> the key of a record
 * @param <R> a record
 */
final class Table<K, R extends VersionedRecord<R>> {
  private final Database database;
  private final JdbcFeed feed;
  private final Shape<K, R> shape;
  private final String columns;
  private final String find;
  private final String insert;
  private final String replace;
  private final String delete;

  /**
   * What is particular to a table.
   *
   * @param name its name
   * @param key the columns of its key
   * @param indexed further columns that listings search by
   * @param keyOf the values of the key columns
   * @param indexedOf the values of the further columns, which may be null
   * @param recordKey the key of a record
   * @param write what a record says
   * @param readKey reads the key columns
   * @param read makes a record of what it says
   */
  record Shape<K, R>(
      String name,
      List<String> key,
      List<String> indexed,
      Function<K, List<Object>> keyOf,
      Function<R, List<@Nullable Object>> indexedOf,
      Function<R, K> recordKey,
      Function<R, String> write,
      KeyReading<K> readKey,
      Reading<K, R> read) {}

  /** Reads the key columns of a row, whose names have this prefix. */
  interface KeyReading<K> {
    K read(ResultSet row, String prefix) throws SQLException;
  }

  /** Makes a record of what a row says. */
  interface Reading<K, R> {
    R read(K key, Version version, String body);
  }

  Table(Database database, JdbcFeed feed, Shape<K, R> shape) {
    this.database = database;
    this.feed = feed;
    this.shape = shape;
    String key = String.join(", ", shape.key);
    this.columns = key + ", version, change, format, body";
    String byKey =
        shape.key.stream().map(column -> column + " = ?").collect(Collectors.joining(" and "));
    // a record of a newer format is not touched, whatever its version looks like
    String byVersion = byKey + " and version = ? and change = ? and format <= " + Bodies.FORMAT;
    this.find = "select " + columns + " from " + shape.name + " where " + byKey;
    List<String> all =
        Stream.of(shape.key, shape.indexed, List.of("version", "change", "format", "body"))
            .flatMap(List::stream)
            .toList();
    this.insert =
        database
            .dialect()
            .insert(
                shape.name,
                String.join(", ", all),
                String.join(", ", Collections.nCopies(all.size(), "?")));
    String set =
        Stream.concat(shape.indexed.stream(), Stream.of("version", "change", "format", "body"))
            .map(column -> column + " = ?")
            .collect(Collectors.joining(", "));
    this.replace = "update " + shape.name + " set " + set + " where " + byVersion;
    this.delete = "delete from " + shape.name + " where " + byVersion;
  }

  Optional<R> find(K key) {
    return database.query(find, shape.keyOf.apply(key), this::read).stream().findFirst();
  }

  /** Inserts a record, and tells the feed. */
  boolean insert(R record) {
    return feed.update(insert, inserted(record), Change.of(record));
  }

  /** Inserts a record that is no news to anybody. */
  boolean insertSilently(R record) {
    return database.update(insert, inserted(record)) == 1;
  }

  /** The same for many; an outcome for each, in order. */
  List<Boolean> insertAll(List<? extends R> records) {
    return database.insertAll(insert, shape.key, records.stream().map(this::inserted).toList());
  }

  private List<@Nullable Object> inserted(R record) {
    List<@Nullable Object> values =
        new ArrayList<>(shape.keyOf.apply(shape.recordKey.apply(record)));
    values.addAll(said(record));
    return values;
  }

  boolean replace(R record, Version expected) {
    List<@Nullable Object> values = said(record);
    values.addAll(shape.keyOf.apply(shape.recordKey.apply(record)));
    values.addAll(of(expected));
    return feed.update(replace, values, Change.of(record));
  }

  boolean delete(K key, Version expected, Change deleted) {
    List<Object> values = new ArrayList<>(shape.keyOf.apply(key));
    values.addAll(of(expected));
    return feed.update(delete, values, deleted);
  }

  private List<@Nullable Object> said(R record) {
    List<@Nullable Object> values = new ArrayList<>(shape.indexedOf.apply(record));
    values.addAll(of(record.version()));
    values.add(Bodies.FORMAT);
    values.add(new Database.Body(shape.write.apply(record)));
    return values;
  }

  private static List<Object> of(Version version) {
    return List.of(version.sequence(), version.change());
  }

  /** See {@link Listing}. */
  Listing<R> listing(
      String name,
      List<String> by,
      String order,
      Function<R, String> cursor,
      Function<String, Object> parse) {
    String select = "select " + columns + " from " + shape.name;
    return new Listing<>(database, name, select, by, order, this::read, cursor, parse);
  }

  /** The name of this table, under an alias. */
  String as(String alias) {
    return shape.name + " " + alias;
  }

  /** The columns of this table under an alias, for {@link #readJoined}. */
  String columnsOf(String alias) {
    return Stream.of(columns.split(", "))
        .map(column -> alias + "." + column + " as " + alias + "_" + column)
        .collect(Collectors.joining(", "));
  }

  /** Reads those columns; empty if the join found no row. */
  Optional<R> readJoined(ResultSet row, String alias) throws SQLException {
    String prefix = alias + "_";
    return row.getObject(prefix + shape.key.get(0)) == null
        ? Optional.empty()
        : Optional.of(read(row, prefix));
  }

  /** Reads a row that has the columns of this table. */
  R read(ResultSet row) throws SQLException {
    return read(row, "");
  }

  private R read(ResultSet row, String prefix) throws SQLException {
    K key = readKey(row, prefix);
    int format = row.getInt(prefix + "format");
    Version version =
        new Version(row.getLong(prefix + "version"), row.getObject(prefix + "change", UUID.class));
    String body = database.dialect().body(row, prefix + "body");
    return readable(shape.name, key, format, () -> shape.read.read(key, version, body));
  }

  private K readKey(ResultSet row, String prefix) throws SQLException {
    try {
      return shape.readKey.read(row, prefix);
    } catch (IllegalArgumentException refused) {
      throw new UnreadableRecordException("a key of " + shape.name + " is none");
    }
  }

  /** Something that a decoder may refuse. */
  interface Decoding<T> {
    T decode();
  }

  static <T> T readable(String table, Object key, int format, Decoding<T> decoding) {
    if (format > Bodies.FORMAT) {
      throw new UnreadableRecordException(
          table + " " + key + " has format " + format + ", newer than " + Bodies.FORMAT);
    }
    try {
      return decoding.decode();
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException refused) {
      // no cause: its message may quote the record
      throw new UnreadableRecordException(
          table + " " + key + " cannot be read: " + refused.getClass().getSimpleName());
    }
  }
}
