package example;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.store.Change;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UnreadableRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What all stores need of the engine: get by key, insert if absent, replace if equal, list. */
final class Table<R> {
  static final int FORMAT = 1;

  private final Engine engine;
  private final String name;
  private final Class<R> type;
  private final Function<R, String> key;

  Table(Engine engine, String name, Class<R> type, Function<R, String> key) {
    this.engine = engine;
    this.name = name;
    this.type = type;
    this.key = key;
  }

  Optional<R> find(String key) {
    return run(rows -> Optional.ofNullable(rows.get(key)).map(row -> read(key, row)));
  }

  boolean insert(R record, Change... told) {
    return change(rows -> rows.putIfAbsent(key.apply(record), write(record)) == null, told);
  }

  /** Keeps a record if the one with its key is there and is as expected. */
  boolean replace(R record, Predicate<R> expected, Change... told) {
    String at = key.apply(record);
    return change(rows -> matches(rows, at, expected) && rows.put(at, write(record)) != null, told);
  }

  boolean delete(String at, Predicate<R> expected, Change... told) {
    return change(rows -> matches(rows, at, expected) && rows.remove(at) != null, told);
  }

  /** Writes, and tells the feed if that changed something: both in one transaction, or neither. */
  private boolean change(Predicate<NavigableMap<String, Engine.Row>> write, Change... told) {
    return run(
        engine,
        name,
        tables -> {
          boolean done = write.test(tables.of(name));
          if (done) {
            Feed.append(tables, told);
          }
          return done;
        });
  }

  private boolean matches(NavigableMap<String, Engine.Row> rows, String at, Predicate<R> expected) {
    Engine.Row row = rows.get(at);
    return row != null && expected.test(read(at, row));
  }

  /** A page in the order of keys, of those that belong; it starts after the key that it names. */
  Page<R> page(PageRequest request, Predicate<R> belongs) {
    return run(
        rows -> {
          List<R> items = new ArrayList<>();
          for (var row : rows.tailMap(request.from().orElse(""), false).entrySet()) {
            R record = read(row.getKey(), row.getValue());
            if (belongs.test(record) && items.size() == request.limit()) {
              return new Page<>(items, Optional.of(key.apply(items.get(items.size() - 1))));
            }
            if (belongs.test(record)) {
              items.add(record);
            }
          }
          return new Page<>(items, Optional.empty());
        });
  }

  /** Deletes at most so many that have ended; what cannot be read stays. */
  List<R> purge(Predicate<R> ended, int limit) {
    return run(
        rows -> {
          List<R> purged =
              rows.values().stream()
                  .filter(row -> row.format() == FORMAT)
                  .map(row -> type.cast(row.value()))
                  .filter(ended)
                  .limit(limit)
                  .toList();
          purged.forEach(record -> rows.remove(key.apply(record)));
          return purged;
        });
  }

  private R read(String at, Engine.Row row) {
    return read(name + " " + at, row, type);
  }

  static <T> T read(String what, Engine.Row row, Class<T> type) {
    if (row.format() != FORMAT) {
      throw new UnreadableRecordException(what + " has format " + row.format());
    }
    return type.cast(row.value());
  }

  private static Engine.Row write(Object record) {
    return new Engine.Row(FORMAT, record);
  }

  private <T> T run(Function<NavigableMap<String, Engine.Row>, T> transaction) {
    return run(engine, name, tables -> transaction.apply(tables.of(name)));
  }

  @CanIgnoreReturnValue
  static <T> T run(Engine engine, String name, Function<Engine.Tables, T> transaction) {
    try {
      return engine.run(transaction);
    } catch (IOException failure) {
      throw new StoreUnavailableException(name + " did not answer", failure);
    }
  }

  /** Leaves a row as a newer version of this store would have written it. */
  void makeNewer(R record) {
    Map.Entry<String, Engine.Row> newer =
        Map.entry(key.apply(record), new Engine.Row(FORMAT + 1, record));
    var unused = run(rows -> rows.put(newer.getKey(), newer.getValue()));
  }
}
