package io.thingward.store.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * B28: the whole contract over a pool as strict as can be, which commits nothing by itself. Of two
 * transactions in each other's way PostgreSQL ends one then, which is to be tried again.
 */
class SerializableContractTest extends JdbcContract {
  /* Like those of Databases, they end with the process. */
  private static final Map<DataSource, DataSource> POOLS = new ConcurrentHashMap<>();

  SerializableContractTest() {
    super(Databases.POSTGRESQL_18);
  }

  @Override
  DataSource reach(DataSource source) {
    return POOLS.computeIfAbsent(source, Databases::serializable);
  }
}
