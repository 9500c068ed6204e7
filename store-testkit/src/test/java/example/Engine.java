package example;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Stands for a database: tables of rows by key, one transaction at a time. */
public final class Engine {
  /** What a table has under a key: in real life bytes or columns, here the record itself. */
  public record Row(int format, Object value) {}

  /** The tables, as a transaction sees them. */
  public interface Tables {
    /** The rows of a table, by key. */
    NavigableMap<String, Row> of(String table);
  }

  private final Map<String, NavigableMap<String, Row>> tables = new HashMap<>();
  private boolean reachable = true;

  /** Runs a transaction. */
  public synchronized <T> T run(Function<Tables, T> transaction) throws IOException {
    if (!reachable) {
      throw new IOException("nobody answers");
    }
    return transaction.apply(name -> tables.computeIfAbsent(name, table -> new TreeMap<>()));
  }

  /** From now on nothing answers. */
  public synchronized void unplug() {
    reachable = false;
  }
}
