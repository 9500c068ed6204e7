package io.thingward.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.Thingward;
import io.thingward.databases.Databases;
import io.thingward.store.jdbc.JdbcSchema;
import io.thingward.store.jdbc.JdbcStores;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed; the node that works on it lives on. */
class PostgreSqlCrashTest {
  private static final int CONNECTIONS = Load.WORKERS + 2;

  @Test
  @DisplayName(
      "PostgreSQL is killed: every acknowledged change is there, no half change is, the feed goes"
          + " on without a gap, and the node that lived through it sees the same")
  void killedServer_keepsWhatWasAcknowledged(@TempDir Path directory) throws Exception {
    Aftermath aftermath = new Aftermath("PostgreSQL");
    try (MortalPostgres server = new MortalPostgres(directory);
        HikariDataSource pool = Databases.pool(server.database(), CONNECTIONS)) {
      pool.setConnectionTimeout(500); // so that nobody waits long for a server that is gone
      JdbcSchema.apply(pool);
      try (JdbcStores stores = JdbcStores.of(pool);
          Thingward survivor = Platform.node(stores)) {
        Plan.of(4)
            .carryOut(
                (round, random) -> {
                  Told told = new Told(Plan.limit(random), () -> server.kill(random));
                  Load.run(survivor, stores, round, random, told);
                  assertThat(told.goesOn()).as("whether workers ended before the kill").isFalse();
                  server.restart();
                  assertThat(aftermath.check(server.database(), told, round)).isTrue();
                  assertThat(told.check(new Witness(survivor, CONNECTIONS))).isZero();
                });
      }
      aftermath.checkAll(server.database());
    }
  }
}
