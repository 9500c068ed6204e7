package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.store.ChangeFeed;
import io.thingward.store.RoleRecord;
import io.thingward.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that a database refuses because another one was in the way. */
class OvertakenTest {
  private static final RoleRecord ROLE =
      RoleRecord.builder(RoleId.of("role"), new Version(1, new UUID(7, 1)), Instant.EPOCH)
          .name("Role")
          .build();

  private int times;

  private static void execute(DataSource source, String... all) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }

  /* A database in which the first changes of roles fail. A sequence counts what is rolled back. */
  private static DataSource overtaking(String state, int times) throws SQLException {
    DataSource source = Databases.POSTGRESQL_18.blank();
    JdbcSchema.apply(source);
    execute(
        source,
        "create sequence tried",
        "create function overtake() returns trigger language plpgsql as $$ begin"
            + (" if nextval('tried') <= " + times + " then")
            + (" raise exception 'overtaken' using errcode = '" + state + "';")
            + " end if; return new; end $$",
        "create trigger overtaking before insert on thingward_role"
            + " for each row execute function overtake()");
    return source;
  }

  @ParameterizedTest
  @DisplayName("S13: a change that loses to another transaction is tried ten times")
  @ValueSource(strings = {"40001", "40P01"})
  void change_thatIsOvertaken_isTriedTenTimes(String state) throws SQLException {
    try (JdbcStores stores = JdbcStores.of(overtaking(state, 9))) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String place = feed.end();

      assertThat(stores.workspaces().insertRole(ROLE)).isTrue();

      assertThat(stores.workspaces().findRole(ROLE.id())).contains(ROLE);
      assertThat(feed.poll(place, 10))
          .isInstanceOfSatisfying(
              ChangeFeed.Poll.Changes.class, poll -> assertThat(poll.changes()).hasSize(1));
    }
    try (JdbcStores stores = JdbcStores.of(overtaking(state, 10))) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> stores.workspaces().insertRole(ROLE));

      assertThat(stores.workspaces().findRole(ROLE.id())).isEmpty();
    }
  }

  @Test
  @DisplayName("S2: a change that another one overtakes in a serializable H2 is made whole")
  void change_thatIsOvertakenInH2_isMadeAgain() {
    DataSource source = Databases.H2.empty();
    try (HikariDataSource pool = Databases.serializable(source);
        JdbcStores stores = JdbcStores.of(overtaken(DataSource.class, pool, source))) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String place = feed.end();
      times = 2;

      assertThat(stores.workspaces().insertRole(ROLE)).isTrue();

      assertThat(times).isZero();
      assertThat(stores.workspaces().findRole(ROLE.id())).contains(ROLE);
      assertThat(feed.poll(place, 10))
          .isInstanceOfSatisfying(
              ChangeFeed.Poll.Changes.class, poll -> assertThat(poll.changes()).hasSize(1));
    }
  }

  /* Between a record and its entry, somebody else changes what the entry needs. */
  private <T> T overtaken(Class<T> type, Object real, DataSource others) {
    return type.cast(
        Proxy.newProxyInstance(
            OvertakenTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  && ((String) arguments[0]).startsWith("update thingward_feed_head")
                  && times > 0) {
                times--;
                execute(others, "update thingward_feed_head set entry = random_uuid()");
              }
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof Connection connection
                    ? overtaken(Connection.class, connection, others)
                    : result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }
}
