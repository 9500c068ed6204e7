package io.thingward.store.jdbc;

import io.thingward.store.Stores;
import io.thingward.store.testkit.ChangeFeedContract;
import io.thingward.store.testkit.KeyViewsContract;
import io.thingward.store.testkit.StoresContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What binds all stores of an installation, with the sessions in H2 and the rest in PostgreSQL. */
class TwoEnginesContractTest {
  private final List<JdbcStores> opened = new ArrayList<>();

  private Stores empty() {
    JdbcStores rest = JdbcStores.of(Databases.POSTGRESQL_18.empty());
    JdbcStores sessions = JdbcStores.of(Databases.H2.empty());
    opened.add(rest);
    opened.add(sessions);
    return rest.withSessionsIn(sessions);
  }

  @AfterEach
  void close() {
    opened.forEach(JdbcStores::close);
  }

  @Nested
  class Together extends StoresContract {
    @Override
    protected Stores create() {
      return empty();
    }
  }

  @Nested
  class Feeds extends ChangeFeedContract<Stores> {
    @Override
    protected Stores create() {
      return empty();
    }
  }

  @Nested
  class KeysWithHolders extends KeyViewsContract {
    @Override
    protected Stores create() {
      return empty();
    }
  }
}
