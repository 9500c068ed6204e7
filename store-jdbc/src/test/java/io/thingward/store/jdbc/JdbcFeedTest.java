package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.WorkspaceRecord;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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

  /* As if that many minutes had gone by since a process marked its place. */
  private static void age(DataSource source, int minutes) throws SQLException {
    execute(
        source,
        "update thingward_meta set setting = (cast(substring(setting, 1, position(' ' in setting) - 1)"
            + " as bigint) - "
            + minutes * 60_000L
            + ") || substring(setting, position(' ' in setting)) where name = 'feed'");
  }

  private static void execute(DataSource source, String... all) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }

  private static long entries(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from thingward_feed")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  /* All in one shard. */
  private static void announce(ChangeFeed feed, int times) {
    for (int i = 0; i < times; i++) {
      feed.announce(WorkspaceId.of("acme"), DeviceId.of("t1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "F3: what one process wrote goes when others have begun ten minutes later, each poll a chunk")
  void poll_ofLaterProcesses_forgetsWhatIsOld(Databases database) throws SQLException {
    DataSource source = database.empty();
    String first;
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      first = feed.end();
      announce(feed, 200);
    }
    age(source, 10);
    String second;
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      second = feed.end();
      announce(feed, 1);
      assertThat(feed.poll(second, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      assertThat(entries(source)).as("none is known to be old yet").isEqualTo(201);
    }
    age(source, 9);
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String place = feed.end();
      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      assertThat(entries(source)).as("it is nine minutes old").isEqualTo(201);
    }
    age(source, 1);
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String place = feed.end();
      List<Long> left = new ArrayList<>();
      for (int poll = 0; poll < 6; poll++) {
        assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
        left.add(entries(source));
      }
      assertThat(left).containsExactly(137L, 73L, 9L, 2L, 2L, 2L);
      assertThat(feed.poll(first, 10)).isEqualTo(new ChangeFeed.Poll.Lost());
      assertThat(feed.poll(second, 10))
          .isInstanceOfSatisfying(
              ChangeFeed.Poll.Changes.class, poll -> assertThat(poll.changes()).hasSize(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "F3: what is old is remembered for a process that lives longer than one that marked it")
  void poll_ofProcessThatMarkedNothing_forgetsWhatIsOld(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source)) {
      announce(stores.keys().changes().orElseThrow(), 2);
      assertThat(stores.keys().changes().orElseThrow().end()).isNotEmpty();
    }
    age(source, 10);
    try (JdbcStores stores = JdbcStores.of(source)) {
      assertThat(stores.keys().changes().orElseThrow().end()).isNotEmpty();
    }
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String place = feed.end();
      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      assertThat(entries(source)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: a trim does a chunk of its work, and the polls after it the rest")
  void trim_ofMuch_goesOnWithPolls(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      announce(feed, 100);
      String place = feed.end();

      feed.trim(place);

      assertThat(entries(source)).isEqualTo(36);
      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      assertThat(entries(source)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F4: what cannot be forgotten fails no poll, and is not tried again by every poll")
  void poll_thatCannotForget_isGood(Databases database) throws SQLException {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      announce(feed, 200);
      String place = feed.end();
      feed.trim(place);
      assertThat(entries(source)).isEqualTo(136);
      execute(
          source,
          "create table keeping as select shard, seq from thingward_feed",
          "alter table keeping add foreign key (shard, seq) references thingward_feed (shard, seq)");

      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);

      execute(source, "drop table keeping");
      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      assertThat(entries(source)).isEqualTo(136);
      feed.trim(place);
      assertThat(entries(source)).isEqualTo(72);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S77: a change that the feed cannot be told of does not happen")
  void change_withoutShard_doesNotHappen(Databases database) throws SQLException {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    execute(source, "delete from thingward_feed_head");
    try (JdbcStores stores = JdbcStores.of(source)) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> insert(stores, 0, 1));

      assertThat(stores.workspaces().find(WorkspaceId.of("w0"))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: the creation of a credential and purging are not told")
  void creationAndPurge_areNotTold(Databases database) {
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      CredentialId id = new CredentialId(1, 2);
      PrincipalId ann = PrincipalId.of("ann");
      Instant end = Instant.EPOCH.plusMillis(1);
      Version version = new Version(1, new UUID(7, 1));
      SecretDigest digest = new SecretDigest(1, 2, 3, 4, Optional.empty());
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String place = feed.end();

      assertThat(
              stores
                  .keys()
                  .insert(
                      ApiKeyRecord.builder(
                              id,
                              version,
                              Instant.EPOCH,
                              ann,
                              "Key",
                              List.of(new StoredSecret(digest, Optional.empty())),
                              Restriction.unrestricted())
                          .endsAt(Optional.of(end))
                          .build()))
          .isTrue();
      assertThat(
              stores
                  .sessions()
                  .insert(
                      new SessionRecord(
                          id, Instant.EPOCH, ann, digest, 5, end, SessionRecord.Origin.HOST)))
          .isTrue();
      assertThat(stores.keys().purge(end.plusMillis(1), 10)).containsExactly(id);
      assertThat(stores.sessions().purge(end.plusMillis(1), 10)).containsExactly(id);

      assertThat(feed.poll(place, 10))
          .isEqualTo(new ChangeFeed.Poll.Changes(List.of(), place, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S80: an entry that this version cannot read is no gap: the poll throws")
  void poll_newerEntry_isUnreadable(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source);
        Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String place = feed.end();
      insert(stores, 0, 2);

      assertThat(statement.executeUpdate("update thingward_feed set kind = 'later'")).isEqualTo(2);

      assertThatExceptionOfType(UnreadableRecordException.class)
          .isThrownBy(() -> feed.poll(place, 10));
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

  @ParameterizedTest
  @EnumSource
  @DisplayName("The connection that a feed keeps is another one before a thousand and one polls")
  void keptConnection_isRenewed(Databases database) {
    DataSource real = database.empty();
    AtomicInteger borrowed = new AtomicInteger();
    DataSource counted =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("getConnection")) {
                    borrowed.incrementAndGet();
                  }
                  return method.invoke(real, arguments);
                });
    try (JdbcStores stores = JdbcStores.of(counted)) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String place = feed.end();
      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      int first = borrowed.get();
      for (int i = 0; i < 999; i++) {
        assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      }
      assertThat(borrowed.get()).isEqualTo(first);

      assertThat(feed.poll(place, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);
      assertThat(borrowed.get()).isEqualTo(first + 1);
    }
  }
}
