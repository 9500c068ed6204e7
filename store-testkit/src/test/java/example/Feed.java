package example;

import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** The changes of one engine: rows of a table, each written together with the change itself. */
final class Feed implements ChangeFeed {
  private static final String TABLE = "feed";
  private static final int DIGITS = 19; // of every number that a long holds
  private static final Pattern PLACE = Pattern.compile("[0-9]{19}:[0-9a-f-]{36}");
  private static final String START = place(0, new UUID(0, 0));

  private final Engine engine;

  Feed(Engine engine) {
    this.engine = engine;
  }

  /*
   * A place is the key of the entry before it: a number, and a random id, because in a restored copy
   * the number may come again. All are of one length, so they sort by number.
   */
  private static String place(long number, UUID id) {
    return String.format("%0" + DIGITS + "d:%s", number, id);
  }

  private static long number(String place) {
    return Long.parseLong(place.substring(0, DIGITS));
  }

  /** Numbers changes in the order of commits: in the transaction that makes them. */
  static void append(Engine.Tables tables, Change... told) {
    NavigableMap<String, Engine.Row> rows = tables.of(TABLE);
    for (Change change : told) {
      String place = place(number(last(rows)) + 1, UUID.randomUUID());
      rows.put(place, new Engine.Row(Table.FORMAT, change));
    }
  }

  private static String last(NavigableMap<String, Engine.Row> rows) {
    return rows.isEmpty() ? START : rows.lastKey();
  }

  @Override
  public String end() {
    return Table.run(engine, TABLE, tables -> last(tables.of(TABLE)));
  }

  @Override
  public Poll poll(String after, int limit) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw new IllegalArgumentException("a poll brings 1 to " + Limits.PAGE + ", not " + limit);
    }
    check(after);
    return Table.run(engine, TABLE, tables -> poll(tables.of(TABLE), after, limit));
  }

  private static void check(String place) {
    if (!PLACE.matcher(place).matches()) {
      throw new IllegalArgumentException("not a place of this feed");
    }
  }

  private static Poll poll(NavigableMap<String, Engine.Row> rows, String after, int limit) {
    if (!isKept(rows, after)) {
      return new Poll.Lost();
    }
    List<Change> changes = new ArrayList<>();
    String next = after;
    for (var row : rows.tailMap(after, false).entrySet()) {
      if (changes.size() == limit) {
        break;
      }
      changes.add(Table.read("an entry of the feed", row.getValue(), Change.class));
      next = row.getKey();
    }
    return new Poll.Changes(changes, next, next.equals(last(rows)));
  }

  /** Whether all that follows a place is there. */
  private static boolean isKept(NavigableMap<String, Engine.Row> rows, String place) {
    return place.equals(START)
        ? rows.isEmpty() || number(rows.firstKey()) == 1
        : rows.containsKey(place);
  }

  @Override
  public void announce(WorkspaceId workspace, DeviceId device) {
    Table.run(
        engine,
        TABLE,
        tables -> {
          append(tables, new Change.OfDevice(workspace, device));
          return true;
        });
  }

  /* The entry at the place itself stays: it is what the place is known by, and the last number. */
  @Override
  public void trim(String before) {
    check(before);
    Table.run(
        engine,
        TABLE,
        tables -> {
          NavigableMap<String, Engine.Row> rows = tables.of(TABLE);
          if (rows.containsKey(before)) {
            rows.headMap(before, false).clear();
          }
          return true;
        });
  }
}
