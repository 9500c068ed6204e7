package io.thingward.store.memory;

import com.google.common.collect.ImmutableMap;
import io.thingward.model.CredentialId;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Last uses in a table of their own. */
final class MemoryLastUseStore implements LastUseStore {
  private final Index<Instant, CredentialId, Row> byTime =
      new Index<>("last-uses", row -> row.use().at(), Row::id, CredentialId::parse);
  private final Table<CredentialId, Row> table = new Table<>(Row::id, List.of(byTime));

  @Override
  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
    ImmutableMap.Builder<CredentialId, LastUse> found = ImmutableMap.builder();
    ids.forEach(id -> table.find(id).ifPresent(row -> found.put(id, row.use())));
    return found.buildKeepingLast();
  }

  @Override
  public void record(Map<CredentialId, LastUse> uses) {
    uses.forEach((id, use) -> record(new Row(id, use)));
  }

  private void record(Row row) {
    table.put(row, kept -> kept == null || kept.use().at().isBefore(row.use().at()));
  }

  @Override
  public void delete(Collection<CredentialId> ids) {
    ids.forEach(table::delete);
  }

  @Override
  public int purge(Instant usedBefore, int limit) {
    return table.purge(byTime, usedBefore, limit).size();
  }

  int size() {
    return table.size();
  }

  private record Row(CredentialId id, LastUse use) {}
}
