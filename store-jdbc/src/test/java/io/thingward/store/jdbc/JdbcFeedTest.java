package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ChangeFeed;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.WorkspaceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the feed of a database does beyond the contract. */
class JdbcFeedTest {
  private static void insert(JdbcStores stores, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(
              stores
                  .workspaces()
                  .insert(
                      WorkspaceRecord.builder(
                              WorkspaceId.of("w" + i),
                              new Version(1, new UUID(7, i)),
                              Instant.EPOCH)
                          .name("W")
                          .owners(Set.of(PrincipalId.of("ann")))
                          .build()))
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: a trimmed place is lost, the one it was trimmed to is not")
  void trim_losesOlderPlaces(Databases database) {
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String start = feed.end();
      insert(stores, 0, 50);
      String middle = feed.end();
      insert(stores, 50, 100);

      feed.trim(middle);

      assertThat(feed.poll(start, 1_000)).isEqualTo(new ChangeFeed.Poll.Lost());
      assertThat(feed.poll(middle, 1_000))
          .isInstanceOfSatisfying(
              ChangeFeed.Poll.Changes.class, poll -> assertThat(poll.changes()).hasSize(50));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S77: a change that the feed cannot be told of does not happen")
  void change_withoutShard_doesNotHappen(Databases database) throws SQLException {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from thingward_feed_head");
    }
    try (JdbcStores stores = JdbcStores.of(source)) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> insert(stores, 0, 1));

      assertThat(stores.workspaces().find(WorkspaceId.of("w0"))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "F4: the reader of the feed gets another connection when its own is broken or closed")
  void poll_afterClose_borrowsAnother(Databases database) {
    JdbcStores stores = JdbcStores.of(database.empty());
    ChangeFeed feed = stores.workspaces().changes().orElseThrow();
    String place = feed.end();
    assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);

    stores.close();

    assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
    stores.close();
  }
}
