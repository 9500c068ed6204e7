package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.store.ChangeFeed;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the library does not write, it does not read either. */
class StrictReadingTest {
  private static final PrincipalId ANN = PrincipalId.of("p1");
  private static final Version FIRST = new Version(1, new UUID(7, 1));

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("R2, S6: a username that is not in its canonical form is unreadable")
  void user_withUsernameInUpperCase_isUnreadable(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source)) {
      UserRecord user =
          UserRecord.builder(ANN, FIRST, Instant.EPOCH)
              .username(Optional.of(new Username("ann")))
              .build();
      assertThat(stores.principals().insert(user)).isTrue();
      execute(
          source,
          database == Databases.H2
              ? "update thingward_principal set body = array[replace(body[1], 'ann', 'Ann')]"
              : "update thingward_principal set body = replace(body, 'ann', 'Ann')");

      assertThatExceptionOfType(UnreadableRecordException.class)
          .isThrownBy(() -> stores.principals().find(ANN));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("R2, S6: the feed tells of no username that is not in its canonical form")
  void poll_claimInUpperCase_isUnreadable(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.principals().changes().orElseThrow();
      String place = feed.end();
      assertThat(
              stores.principals().insertClaim(new UsernameClaim(new Username("ann"), FIRST, ANN)))
          .isTrue();
      execute(source, "update thingward_feed set key_1 = 'Ann'");

      assertThatExceptionOfType(UnreadableRecordException.class)
          .isThrownBy(() -> feed.poll(place, 10));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S15: a listing that meets a key which is none is an error")
  void list_keyThatIsNone_isUnreadable(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source)) {
      RoleRecord role =
          RoleRecord.builder(RoleId.of("crew"), FIRST, Instant.EPOCH).name("Crew").build();
      assertThat(stores.workspaces().insertRole(role)).isTrue();
      execute(source, "update thingward_role set id = 'crew\u0001'");

      assertThatExceptionOfType(UnreadableRecordException.class)
          .isThrownBy(() -> stores.workspaces().listRoles(Optional.empty(), PageRequest.first(10)));
    }
  }
}
