package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.SessionRecord;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.WorkspaceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
}
