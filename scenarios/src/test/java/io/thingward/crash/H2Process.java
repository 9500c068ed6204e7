package io.thingward.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.Thingward;
import io.thingward.databases.Databases;
import io.thingward.store.jdbc.JdbcSchema;
import io.thingward.store.jdbc.JdbcStores;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A process with a node and its database in one, which works and tells until it is killed. */
final class H2Process {
  private H2Process() {}

  /** Starts one on this file; its output is a journal as {@link Lines}. */
  static Process start(Path file, String round, long seed) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                H2Process.class.getName(),
                file.toString(),
                round,
                String.valueOf(seed)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static DataSource database(Path file) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + file + ";WRITE_DELAY=0");
    return database;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream journal = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(System.err); // where logs go
    try (HikariDataSource pool =
        Databases.pool(database(Path.of(arguments[0])), Load.WORKERS + 2)) {
      JdbcSchema.apply(pool);
      try (JdbcStores stores = JdbcStores.of(pool);
          Thingward node = Platform.node(stores)) {
        Random random = new Random(Long.parseLong(arguments[2]));
        Load.run(node, stores, arguments[1], random, new Lines(journal));
      }
    }
  }
}
