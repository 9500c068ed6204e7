package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcSchemaTest {
  @ParameterizedTest
  @EnumSource
  void of_databaseWithoutTables_isRefused(Databases database) {
    DataSource blank = database.blank();

    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcStores.of(blank))
        .withMessageContaining("schema 0");
  }

  @Test
  @DisplayName("A pool of one connection is refused, and the message says that it is too small")
  void of_poolOfOneConnection_isRefused() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(Databases.H2.blank());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250); // the shortest that it takes
    try (HikariDataSource pool = new HikariDataSource(config)) {
      JdbcSchema.apply(pool);

      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> JdbcStores.of(pool))
          .withMessageContaining("a pool needs two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void apply_twice_changesNothing(Databases database) {
    DataSource source = database.blank();

    JdbcSchema.apply(source);
    JdbcSchema.apply(source);

    assertThat(JdbcStores.of(source).workspaces().list(PageRequest.first(1)).items()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S6: tables of a newer library are left alone")
  void of_newerSchema_isRefused(Databases database) throws SQLException {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update thingward_meta set setting = '99' where name = 'schema'");
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcStores.of(source))
        .withMessageContaining("newer");
    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcSchema.apply(source))
        .withMessageContaining("newer");
  }

  @Test
  @DisplayName("An H2 file that loses acknowledged changes when its process is killed is refused")
  void of_h2FileWithDelayedWrites_isRefused(@TempDir Path directory) {
    DataSource delayed = Databases.h2("file:" + directory.resolve("delayed"));
    JdbcSchema.apply(delayed);
    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcStores.of(delayed))
        .withMessageContaining("WRITE_DELAY=0");

    DataSource safe = Databases.h2("file:" + directory.resolve("safe") + ";WRITE_DELAY=0");
    JdbcSchema.apply(safe);
    assertThat(JdbcStores.of(safe).workspaces().list(PageRequest.first(1)).items()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("S3: a database that takes different texts for equal is refused")
  @ValueSource(strings = {"IGNORECASE=TRUE", "COLLATION=ENGLISH STRENGTH PRIMARY"})
  void of_h2ThatFoldsTexts_isRefused(String setting) throws SQLException {
    DataSource source = Databases.h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set " + setting.replace("=", " "));
    }
    JdbcSchema.apply(source);

    assertThatIllegalStateException().isThrownBy(() -> JdbcStores.of(source));
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_14", "POSTGRESQL_18"})
  @DisplayName("S1: a PostgreSQL that acknowledges what a crash may undo is refused")
  void of_postgreSqlThatDoesNotWaitForItsLog_isRefused(Databases database) throws SQLException {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    set(source, "off");
    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcStores.of(source))
        .withMessageContaining("synchronous_commit");

    for (String safe : List.of("local", "remote_write", "remote_apply", "on")) {
      set(source, safe);
      JdbcStores.of(source).close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_14", "POSTGRESQL_18"})
  @DisplayName("S3: a PostgreSQL that does not say what its bytes mean is refused")
  void of_postgreSqlThatIsNotUtf8_isRefused(Databases database) {
    DataSource source =
        database.blank("encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0");
    JdbcSchema.apply(source);

    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcStores.of(source))
        .withMessageContaining("SQL_ASCII");
  }

  private static void set(DataSource source, String synchronousCommit) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "do $$ begin execute format('alter database %I set synchronous_commit = "
              + synchronousCommit
              + "', current_database()); end $$");
    }
    // connections that are open keep what they began with
    ((HikariDataSource) source).getHikariPoolMXBean().softEvictConnections();
  }

  private static void execute(DataSource source, List<String> all) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }

  private static Dialect dialect(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return Dialect.of(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("What was cut short is begun again: each statement of the scripts may run twice")
  void apply_afterOneThatWasCutShort_beginsAgain(Databases database) throws SQLException {
    for (int cut = 1; cut <= JdbcSchema.VERSION; cut++) {
      DataSource source = database.blank();
      Dialect dialect = dialect(source);
      for (int version = 1; version <= cut; version++) {
        List<String> all = JdbcSchema.statements(dialect, version);
        for (String sql : version < cut ? all : all.subList(0, all.size() - 1)) {
          execute(source, List.of(sql, sql));
        }
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcStores.of(source))
          .withMessageContaining("schema " + (cut - 1));

      JdbcSchema.apply(source);

      try (JdbcStores stores = JdbcStores.of(source)) {
        assertThat(stores.workspaces().list(PageRequest.first(1)).items()).isEmpty();
        assertThat(stores.workspaces().changes().orElseThrow().end()).matches("(0:,){15}0:");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("The host's own migration tool may run the scripts, also once more")
  void scripts_runByTheHost_areEnough(Databases database) throws SQLException {
    DataSource source = database.blank();
    Dialect dialect = dialect(source);
    List<String> scripts =
        IntStream.rangeClosed(1, JdbcSchema.VERSION)
            .mapToObj(version -> JdbcSchema.script(dialect, version))
            .toList();

    execute(source, scripts);
    JdbcStores.of(source).close();

    execute(source, scripts.subList(0, 1));
    JdbcStores.of(source).close();
    JdbcSchema.apply(source);
    JdbcStores.of(source).close();
  }
}
