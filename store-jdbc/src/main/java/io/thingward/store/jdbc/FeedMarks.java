package io.thingward.store.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two places of the feed with the time of the later one, kept in the database: where every process
 * lives shortly, none remembers by itself what it passed long ago. Thread-safe.
 */
final class FeedMarks {
  /* Longer than any node is away without having lost its place anyway. */
  private static final long KEPT = Duration.ofMinutes(10).toMillis();

  /* The clock of the database, since those of the processes may differ. */
  private static final String READ =
      "select (select setting from thingward_meta where name = 'feed') as marks,"
          + " cast(extract(epoch from current_timestamp) * 1000 as bigint) as now";
  private static final String REPLACE =
      "update thingward_meta set setting = ? where name = 'feed' and setting = ?";

  private final Database database;
  private final String insert;

  FeedMarks(Database database) {
    this.database = database;
    this.insert = database.dialect().insert("thingward_meta", "name, setting", "?, ?");
  }

  private record Stored(@Nullable String marks, long now) {}

  /**
   * Says where the feed is now, which is kept if nobody said so for a while.
   *
   * @return a place that the feed passed so long ago that nobody needs what is before it
   */
  Optional<String> passed(String here) {
    Stored stored =
        database
            .query(READ, List.of(), row -> new Stored(row.getString("marks"), row.getLong("now")))
            .get(0);
    if (stored.marks == null) {
      int kept = database.update(insert, List.of("feed", marks(stored.now, here, "")));
      assert kept <= 1;
      return Optional.empty();
    }
    String[] marks = stored.marks.split(" ", -1);
    String later = marks[1];
    String earlier = marks[2];
    // also if the clock was set back, or nothing would be old for as long as that
    if (Math.abs(stored.now - Long.parseLong(marks[0])) >= KEPT) {
      earlier = later;
      int kept = database.update(REPLACE, List.of(marks(stored.now, here, earlier), stored.marks));
      assert kept <= 1; // none if another process was faster
    }
    return Optional.of(earlier).filter(place -> !place.isEmpty());
  }

  private static String marks(long now, String later, String earlier) {
    return now + " " + later + " " + earlier;
  }
}
