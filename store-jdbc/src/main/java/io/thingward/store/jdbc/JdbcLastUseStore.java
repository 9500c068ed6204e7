package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Last uses in a table of their own. */
final class JdbcLastUseStore implements LastUseStore {
  private final Database database;
  private final String find;
  private final String keep;
  private final String delete;
  private final String purge;

  JdbcLastUseStore(Database database, String table) {
    this.database = database;
    this.find = "select id, used_at, source, agent from " + table + " where id = any(?)";
    this.keep = database.dialect().keepLater(table);
    this.delete = "delete from " + table + " where id = any(?)";
    this.purge =
        "delete from "
            + table
            + " where used_at < ? and id in (select id from "
            + table
            + " where used_at < ? order by used_at limit ?)";
  }

  @Override
  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
    return database.query(find, List.of(uuids(ids)), JdbcLastUseStore::read).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Database.Ids uuids(Collection<CredentialId> ids) {
    return new Database.Ids(ids.stream().map(JdbcKeyStore::uuid).toList());
  }

  private static Map.Entry<CredentialId, LastUse> read(ResultSet row) throws SQLException {
    CredentialId id = JdbcKeyStore.id(row.getObject("id", UUID.class));
    long at = row.getLong("used_at");
    Optional<String> source = Optional.ofNullable(row.getString("source"));
    Optional<String> agent = Optional.ofNullable(row.getString("agent"));
    return Table.readable(
        "last use",
        id,
        Bodies.FORMAT,
        () -> Map.entry(id, new LastUse(Instant.ofEpochMilli(at), source, agent)));
  }

  /* In the order of the ids, so that two nodes do not lock each other's rows crosswise. */
  @Override
  public void record(Map<CredentialId, LastUse> uses) {
    List<Integer> kept =
        database.looseBatch(
            keep,
            uses.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                    use ->
                        Arrays.<Object>asList(
                            JdbcKeyStore.uuid(use.getKey()),
                            use.getValue().at().toEpochMilli(),
                            use.getValue().source().orElse(null),
                            use.getValue().agent().orElse(null)))
                .toList());
    assert kept.size() == uses.size();
  }

  @Override
  public void delete(Collection<CredentialId> ids) {
    int gone = database.update(delete, List.of(uuids(ids)));
    assert gone <= ids.size();
  }

  @Override
  public int purge(Instant usedBefore, int limit) {
    long before = Purge.millis(usedBefore);
    return database.update(purge, List.of(before, before, limit));
  }
}
