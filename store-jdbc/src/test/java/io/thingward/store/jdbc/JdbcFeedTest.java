package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcFeedTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkspaceId ACME = WorkspaceId.of("acme");
  private static final PrincipalId ANN = PrincipalId.of("ann");

  private static Version version(int sequence) {
    return new Version(sequence, new UUID(7, sequence));
  }

  private static WorkspaceRecord workspace(String id, int version) {
    return WorkspaceRecord.builder(WorkspaceId.of(id), version(version), T0)
        .name("W")
        .owners(Set.of(ANN))
        .build();
  }

  private static AccessKeyRecord key(int version) {
    SecretDigest digest = new SecretDigest(1, 2, 3, 4, Optional.empty());
    return AccessKeyRecord.builder(
            new CredentialId(1, 1),
            version(version),
            T0,
            ACME,
            DeviceScope.all(),
            "key",
            List.of(new StoredSecret(digest, Optional.empty())))
        .build();
  }

  private static ChangeFeed.Poll.Changes changes(ChangeFeed feed, String after) {
    return (ChangeFeed.Poll.Changes) feed.poll(after, 1_000);
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: every change but the creation of a credential is told, and purging is not")
  void changes_areTold(Databases database) {
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String start = feed.end();
      MembershipId member = new MembershipId(ACME, ANN);
      SessionRecord session =
          new SessionRecord(
              new CredentialId(2, 2),
              T0,
              ANN,
              new SecretDigest(1, 2, 3, 4, Optional.empty()),
              1,
              T0,
              SessionRecord.Origin.HOST);
      assertThat(
              stores.workspaces().insert(workspace("acme", 1))
                  && stores.workspaces().replace(workspace("acme", 2), version(1))
                  && !stores.workspaces().replace(workspace("acme", 3), version(1))
                  && !stores.workspaces().insert(workspace("acme", 1))
                  && stores
                      .workspaces()
                      .insertMembership(MembershipRecord.builder(member, version(1), T0).build())
                  && stores
                      .principals()
                      .insertClaim(new UsernameClaim(Username.parse("ann"), version(1), ANN))
                  && stores
                      .principals()
                      .insert(
                          UserRecord.builder(ANN, version(1), T0)
                              .username(Optional.of(Username.parse("ann")))
                              .build())
                  && stores.keys().insert(key(1))
                  && stores.keys().replace(key(2), version(1))
                  && stores.keys().delete(key(2).id(), version(2))
                  && stores.sessions().insert(session)
                  && stores.sessions().delete(session.id())
                  && !stores.sessions().delete(session.id())
                  && stores.keys().insert(key(3)))
          .isTrue();
      feed.announce(ACME, DeviceId.of("t1"));
      assertThat(stores.keys().purge(T0.plusSeconds(1), 10)).isEmpty();

      ChangeFeed.Poll.Changes told = changes(feed, start);

      assertThat(told.complete()).isTrue();
      assertThat(told.changes())
          .containsExactlyInAnyOrder(
              new Change.OfWorkspace(ACME, version(1)),
              new Change.OfWorkspace(ACME, version(2)),
              new Change.OfMembership(member, version(1)),
              new Change.OfClaim(Username.parse("ann"), version(1)),
              new Change.OfPrincipal(ANN, version(1)),
              new Change.OfKey(key(1).id(), Optional.of(version(2))),
              new Change.OfKey(key(1).id(), Optional.empty()),
              new Change.OfSession(session.id()),
              new Change.OfDevice(ACME, DeviceId.of("t1")))
          .containsSubsequence(
              new Change.OfWorkspace(ACME, version(1)), new Change.OfWorkspace(ACME, version(2)))
          .containsSubsequence(
              new Change.OfKey(key(1).id(), Optional.of(version(2))),
              new Change.OfKey(key(1).id(), Optional.empty()));
      assertThat(changes(feed, told.next()).changes()).isEmpty();
      assertThat(changes(feed, feed.end()).changes()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: a poll with a limit goes on where it stopped, and is complete only at the end")
  void poll_withLimit_goesOn(Databases database) {
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String place = feed.end();
      for (int i = 0; i < 100; i++) {
        assertThat(stores.workspaces().insert(workspace("w" + i, 1))).isTrue();
      }
      List<Change> told = new ArrayList<>();
      boolean complete = false;
      for (int polls = 0; !complete; polls++) {
        assertThat(polls).isLessThan(100);
        ChangeFeed.Poll.Changes poll = (ChangeFeed.Poll.Changes) feed.poll(place, 7);
        told.addAll(poll.changes());
        place = poll.next();
        complete = poll.complete();
      }

      assertThat(told)
          .doesNotHaveDuplicates()
          .hasSize(100)
          .allMatch(Change.OfWorkspace.class::isInstance);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: a trimmed place is lost, the one it was trimmed to is not")
  void trim_losesOlderPlaces(Databases database) {
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String start = feed.end();
      for (int i = 0; i < 50; i++) {
        assertThat(stores.workspaces().insert(workspace("w" + i, 1))).isTrue();
      }
      String middle = feed.end();
      for (int i = 50; i < 100; i++) {
        assertThat(stores.workspaces().insert(workspace("w" + i, 1))).isTrue();
      }

      feed.trim(middle);

      assertThat(feed.poll(start, 1_000)).isEqualTo(new ChangeFeed.Poll.Lost());
      assertThat(changes(feed, middle).changes()).hasSize(50);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: after a restored copy the place is lost, also when the numbers are there again")
  void restore_losesThePlace(Databases database) throws SQLException {
    DataSource source = database.empty();
    try (JdbcStores stores = JdbcStores.of(source)) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      assertThat(stores.workspaces().insert(workspace("a", 1))).isTrue();
      String before = feed.end();
      execute(source, "delete from thingward_feed");
      execute(source, "update thingward_feed_head set seq = 0, entry = null");
      execute(source, "delete from thingward_workspace");
      assertThat(feed.poll(before, 10)).isEqualTo(new ChangeFeed.Poll.Lost());

      assertThat(stores.workspaces().insert(workspace("a", 1))).isTrue();

      assertThat(feed.poll(before, 10)).isEqualTo(new ChangeFeed.Poll.Lost());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F3: while many write, no change is lost, and complete polls miss nothing")
  void manyWriters_noChangeIsLost(Databases database) throws Exception {
    int writers = 6;
    int rounds = 40;
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String place = feed.end();
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      List<Future<?>> running =
          IntStream.range(0, writers)
              .<Future<?>>mapToObj(
                  writer ->
                      threads.submit(
                          () -> {
                            String id = "w" + writer;
                            assertThat(stores.workspaces().insert(workspace(id, 1))).isTrue();
                            for (int i = 2; i <= rounds; i++) {
                              assertThat(
                                      stores.workspaces().replace(workspace(id, i), version(i - 1)))
                                  .isTrue();
                            }
                          }))
              .toList();
      Map<WorkspaceId, Long> told = new HashMap<>();
      boolean done = false;
      boolean last = false;
      while (!last) {
        last = done;
        done = running.stream().allMatch(Future::isDone);
        Map<WorkspaceId, Long> acknowledged = new HashMap<>();
        for (int writer = 0; writer < writers; writer++) {
          WorkspaceId id = WorkspaceId.of("w" + writer);
          stores
              .workspaces()
              .find(id)
              .ifPresent(found -> acknowledged.put(id, found.version().sequence()));
        }
        ChangeFeed.Poll.Changes poll = changes(feed, place);
        place = poll.next();
        for (Change change : poll.changes()) {
          Change.OfWorkspace of = (Change.OfWorkspace) change;
          assertThat(of.version().sequence()).isEqualTo(told.getOrDefault(of.id(), 0L) + 1);
          told.put(of.id(), of.version().sequence());
        }
        if (poll.complete()) {
          acknowledged.forEach(
              (id, sequence) -> assertThat(told.get(id)).isGreaterThanOrEqualTo(sequence));
        }
      }
      for (Future<?> writer : running) {
        assertThat(writer.get(1, TimeUnit.MINUTES)).isNull();
      }
      threads.shutdown();
      assertThat(told).hasSize(writers).allSatisfy((id, seq) -> assertThat(seq).isEqualTo(rounds));
    }
  }

  @ParameterizedTest
  @EnumSource
  void poll_withWhatIsNoPlace_isRefused(Databases database) {
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      for (String place : List.of("", "garbage", ",,,,,,,,,,,,,,,")) {
        assertThatIllegalArgumentException().isThrownBy(() -> feed.poll(place, 10));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> feed.poll(feed.end(), 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A database of schema 1 is upgraded with what is in it")
  void schema1_isUpgraded(Databases database) throws SQLException {
    DataSource source = database.blank();
    JdbcSchema.apply(source, 1);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      String body = "created\t" + T0.toEpochMilli() + "\nstate\tactive\nname\tW\nowner\tann\n";
      String text = database == Databases.H2 ? "array['" + body + "']" : "'" + body + "'";
      assertThat(
              statement.executeUpdate(
                  "insert into thingward_workspace (id, version, change, format, body) values"
                      + " ('acme', 1, '00000000-0000-0007-0000-000000000001', 1, "
                      + text
                      + ")"))
          .isEqualTo(1);
    }

    JdbcSchema.apply(source);

    try (JdbcStores stores = JdbcStores.of(source)) {
      WorkspaceRecord stored = workspace("acme", 1);
      assertThat(stores.workspaces().find(ACME)).contains(stored);
      assertThat(stores.workspaces().replace(workspace("acme", 2), version(1))).isTrue();
    }
  }
}
