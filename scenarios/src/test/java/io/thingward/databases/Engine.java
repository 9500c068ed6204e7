package io.thingward.databases;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.store.Stores;
import io.thingward.store.jdbc.JdbcStores;
import io.thingward.store.memory.MemoryStores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Where records are kept: in memory, or in a database. */
public enum Engine {
  MEMORY,
  H2,
  POSTGRESQL;

  /** A new place of this kind, without records. */
  public Opened open() {
    return new Opened(this);
  }

  /** The stores of one node after the other on the same records, and what closes them. */
  public static final class Opened implements AutoCloseable {
    private final Supplier<Stores> next;
    private final List<Runnable> closing = new ArrayList<>();

    private Opened(Engine kind) {
      if (kind == MEMORY) {
        MemoryStores memory = new MemoryStores();
        next = () -> memory;
      } else {
        var database = (kind == H2 ? Databases.H2 : Databases.POSTGRESQL).create();
        next =
            () -> {
              HikariDataSource pool = Databases.pool(database, 8);
              JdbcStores stores = JdbcStores.of(pool);
              closing.add(stores::close);
              closing.add(pool::close);
              return stores;
            };
      }
    }

    /** The stores of another node. */
    public Stores next() {
      return next.get();
    }

    @Override
    public void close() {
      closing.forEach(Runnable::run);
    }
  }
}
