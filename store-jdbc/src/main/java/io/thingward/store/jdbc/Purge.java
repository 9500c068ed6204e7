package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Deletes what has ended, the longest ended first. Thread-safe. */
final class Purge {
  private final Database database;
  private final String select;
  private final String delete;

  Purge(Database database, String table) {
    this.database = database;
    String ended = " where ends_at < ? and format <= " + Bodies.FORMAT;
    this.select = "select id from " + table + ended + " order by ends_at limit ?";
    this.delete = "delete from " + table + ended + " and id = ?";
  }

  /* Another purge may be faster with some of them: only fewer rows found than asked for is the end. */
  List<CredentialId> purge(Instant endedBefore, int limit) {
    long before = millis(endedBefore);
    List<CredentialId> purged = new ArrayList<>();
    boolean more = true;
    while (more && purged.size() < limit) {
      int rest = limit - purged.size();
      List<UUID> found =
          database.query(select, List.of(before, rest), row -> row.getObject("id", UUID.class));
      List<Integer> deleted =
          database.batch(delete, found.stream().map(id -> List.of(before, id)).toList());
      for (int i = 0; i < found.size(); i++) {
        if (deleted.get(i) > 0) {
          purged.add(JdbcKeyStore.id(found.get(i)));
        }
      }
      more = found.size() == rest;
    }
    return purged;
  }

  /* Bounds may be any instant; ends are of the years that a record can have. */
  static long millis(Instant bound) {
    long seconds = Math.max(-1, Math.min(bound.getEpochSecond(), 253_402_300_800L));
    return Instant.ofEpochSecond(seconds, bound.getNano()).plusNanos(999_999).toEpochMilli();
  }
}
