package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How many statements a call takes, and how PostgreSQL finds the rows of each. */
class StatementsTest {
  private static final int MANY = 4_000;
  private static final String HEADS = "Seq Scan on thingward_feed_head"; // which are 16 rows
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Version FIRST = new Version(1, new UUID(1, 1));
  private static final SecretDigest DIGEST = new SecretDigest(1, 2, 3, 4, Optional.empty());

  private static DataSource database;
  private static Recording recording;
  private static Stores stores;

  @BeforeAll
  static void fill() throws SQLException {
    database = Databases.POSTGRESQL_18.blank();
    JdbcSchema.apply(database);
    Stores filled = JdbcStores.of(database);
    List<KeyRecord> keys = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      keys.add(accessKey(i));
      keys.add(apiKey(MANY + i));
    }
    assertThat(filled.keys().insertAll(keys)).doesNotContain(false);
    Map<CredentialId, LastUse> uses = new LinkedHashMap<>();
    for (int i = 0; i < MANY; i++) {
      WorkspaceId workspace = workspace(i);
      PrincipalId user = PrincipalId.of("user" + i);
      assertThat(
              filled.principals().insert(user(i))
                  && filled.principals().insert(apiUser(i))
                  && filled.principals().insertClaim(claim(i))
                  && filled.workspaces().insertMembership(membership(workspace, user))
                  && filled.workspaces().insertRole(role(i))
                  && filled.sessions().insert(session(i))
                  && filled.workspaces().insert(place(i)))
          .isTrue();
      uses.put(id(i), new LastUse(T0.plusSeconds(i), Optional.empty(), Optional.empty()));
    }
    filled.keyUses().record(uses);
    filled.sessionUses().record(uses);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("analyze");
    }
    recording = new Recording(database);
    stores = JdbcStores.of(recording.source());
    recording.take();
  }

  private static CredentialId id(int number) {
    return new CredentialId(number, number);
  }

  private static WorkspaceId workspace(int number) {
    return WorkspaceId.of("workspace" + number % (MANY / 40));
  }

  private static AccessKeyRecord accessKey(int number) {
    return AccessKeyRecord.builder(
            id(number),
            FIRST,
            T0,
            workspace(number),
            DeviceScope.anyOf("site=paris"),
            "key",
            List.of(new StoredSecret(DIGEST, Optional.empty())))
        .endsAt(Optional.of(T0.plusSeconds(number)))
        .build();
  }

  private static ApiKeyRecord apiKey(int number) {
    return ApiKeyRecord.builder(
            id(number),
            FIRST,
            T0,
            PrincipalId.of("user" + number % (MANY / 40)),
            "key",
            List.of(new StoredSecret(DIGEST, Optional.empty())),
            Restriction.unrestricted())
        .build();
  }

  private static UserRecord user(int number) {
    return UserRecord.builder(PrincipalId.of("user" + number), FIRST, T0)
        .username(Optional.of(Username.parse("user" + number)))
        .build();
  }

  private static ApiUserRecord apiUser(int number) {
    return ApiUserRecord.builder(PrincipalId.of("api" + number), FIRST, T0)
        .workspace(Optional.of(workspace(number)))
        .name("api")
        .build();
  }

  private static UsernameClaim claim(int number) {
    return new UsernameClaim(
        Username.parse("user" + number), FIRST, PrincipalId.of("user" + number));
  }

  private static WorkspaceRecord place(int number) {
    return WorkspaceRecord.builder(WorkspaceId.of("workspace" + number), FIRST, T0)
        .name("W")
        .owners(Set.of(PrincipalId.of("user1")))
        .build();
  }

  private static MembershipRecord membership(WorkspaceId workspace, PrincipalId principal) {
    return MembershipRecord.builder(new MembershipId(workspace, principal), FIRST, T0)
        .roles(
            Set.of(
                new RoleAssignment(RoleId.of("role1"), DeviceScope.all()),
                new RoleAssignment(RoleId.of("role2"), DeviceScope.all())))
        .build();
  }

  private static RoleRecord role(int number) {
    return RoleRecord.builder(RoleId.of("role" + number), FIRST, T0)
        .workspace(Optional.of(workspace(number)))
        .name("R")
        .build();
  }

  private static SessionRecord session(int number) {
    return new SessionRecord(
        id(number),
        T0,
        PrincipalId.of("user" + number % (MANY / 10)),
        DIGEST,
        7,
        T0.plusSeconds(number),
        SessionRecord.Origin.PASSWORD);
  }

  private static final MembershipId MEMBER =
      new MembershipId(workspace(7), PrincipalId.of("user7"));
  private static final PageRequest PAGE = PageRequest.first(10);

  private static Map<String, Function<Stores, Object>> calls() {
    Map<String, Function<Stores, Object>> calls = new LinkedHashMap<>();
    calls.put("find a principal", s -> s.principals().find(PrincipalId.of("user7")));
    calls.put("find a claim", s -> s.principals().findClaim(Username.parse("user7")));
    calls.put("replace a principal", s -> s.principals().replace(user(7), FIRST));
    calls.put("replace a claim", s -> s.principals().replaceClaim(claim(7), FIRST));
    calls.put("list users", s -> s.principals().listUsers(PAGE));
    calls.put(
        "list users further on",
        s -> s.principals().listUsers(PageRequest.after("users:user7", 10)));
    calls.put("list API users", s -> s.principals().listApiUsers(workspace(7), PAGE));
    calls.put(
        "list API users further on",
        s -> s.principals().listApiUsers(workspace(7), PageRequest.after("api-users:api7", 10)));
    calls.put("find a workspace", s -> s.workspaces().find(workspace(7)));
    calls.put("list workspaces", s -> s.workspaces().list(PAGE));
    calls.put(
        "list workspaces further on",
        s -> s.workspaces().list(PageRequest.after("workspaces:workspace7", 10)));
    calls.put("find a membership", s -> s.workspaces().findMembership(MEMBER));
    calls.put("view a membership", s -> s.workspaces().view(MEMBER));
    calls.put(
        "replace a membership",
        s ->
            s.workspaces()
                .replaceMembership(membership(MEMBER.workspace(), MEMBER.principal()), FIRST));
    calls.put("list members", s -> s.workspaces().listMembers(workspace(7), PAGE));
    calls.put(
        "list members further on",
        s -> s.workspaces().listMembers(workspace(7), PageRequest.after("members:user7", 10)));
    calls.put(
        "list memberships", s -> s.workspaces().listMemberships(PrincipalId.of("user7"), PAGE));
    calls.put(
        "list memberships further on",
        s ->
            s.workspaces()
                .listMemberships(
                    PrincipalId.of("user7"), PageRequest.after("memberships:workspace1", 10)));
    calls.put("find a role", s -> s.workspaces().findRole(RoleId.of("role7")));
    calls.put("list roles", s -> s.workspaces().listRoles(Optional.of(workspace(7)), PAGE));
    calls.put(
        "list roles further on",
        s ->
            s.workspaces()
                .listRoles(Optional.of(workspace(7)), PageRequest.after("roles:role7", 10)));
    calls.put("list shared roles", s -> s.workspaces().listRoles(Optional.empty(), PAGE));
    calls.put(
        "list shared roles further on",
        s -> s.workspaces().listRoles(Optional.empty(), PageRequest.after("roles:role7", 10)));
    calls.put("find a key", s -> s.keys().find(id(7)));
    calls.put("view an access key", s -> s.keyViews().orElseThrow().view(id(9)));
    calls.put("view an API key", s -> s.keyViews().orElseThrow().view(id(MANY + 9)));
    calls.put("view a session", s -> s.sessionViews().orElseThrow().view(id(9)));
    calls.put("replace a key", s -> s.keys().replace(accessKey(7), FIRST));
    calls.put("delete a key", s -> s.keys().delete(id(8), FIRST));
    calls.put("list access keys", s -> s.keys().listAccessKeys(workspace(7), PAGE));
    calls.put(
        "list access keys further on",
        s -> s.keys().listAccessKeys(workspace(7), PageRequest.after("access-keys:" + id(7), 10)));
    calls.put("list API keys", s -> s.keys().listApiKeys(PrincipalId.of("user7"), PAGE));
    calls.put(
        "list API keys further on",
        s ->
            s.keys()
                .listApiKeys(
                    PrincipalId.of("user7"), PageRequest.after("api-keys:" + id(MANY + 7), 10)));
    calls.put("find a session", s -> s.sessions().find(id(7)));
    calls.put("delete a session", s -> s.sessions().delete(id(8)));
    calls.put("list sessions", s -> s.sessions().list(PrincipalId.of("user7"), PAGE));
    calls.put(
        "list sessions further on",
        s ->
            s.sessions().list(PrincipalId.of("user7"), PageRequest.after("sessions:" + id(7), 10)));
    calls.put("find last uses", s -> s.keyUses().find(List.of(id(1), id(2), id(3))));
    calls.put(
        "delete last uses",
        s -> {
          s.keyUses().delete(List.of(id(1), id(2), id(3)));
          return true;
        });
    calls.put("purge last uses", s -> s.sessionUses().purge(T0.plusSeconds(3), 2));
    return calls;
  }

  @TestFactory
  @DisplayName("F7: a read is one statement, and so is a change; each walks an index")
  Stream<DynamicTest> eachCall_walksAnIndex() {
    return calls().entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(),
                    () -> {
                      recording.take();
                      assertThat(call.getValue().apply(stores)).isNotNull();
                      List<Recording.Executed> executed = recording.take();
                      assertThat(executed).hasSize(1);
                      assertThat(plan(executed.get(0)).replace(HEADS, ""))
                          .contains("Index")
                          .doesNotContain("Seq Scan");
                    }));
  }

  @TestFactory
  @DisplayName("A purge finds what has ended by an index")
  Stream<DynamicTest> purge_walksAnIndex() {
    Map<String, Function<Stores, Object>> purges =
        Map.of(
            "keys", s -> s.keys().purge(T0.plusSeconds(10), 3),
            "sessions", s -> s.sessions().purge(T0.plusSeconds(10), 3));
    return purges.entrySet().stream()
        .map(
            purge ->
                DynamicTest.dynamicTest(
                    purge.getKey(),
                    () -> {
                      recording.take();
                      assertThat(purge.getValue().apply(stores)).isNotNull();
                      List<Recording.Executed> executed = recording.take();
                      assertThat(executed).hasSize(4);
                      for (Recording.Executed statement : executed) {
                        assertThat(plan(statement)).contains("Index").doesNotContain("Seq Scan");
                      }
                    }));
  }

  @Test
  @DisplayName("What the feed forgets is found by an index")
  void trim_walksAnIndex() throws SQLException {
    ChangeFeed feed = stores.keys().changes().orElseThrow();
    String end = feed.end();
    recording.take();

    feed.trim(end);

    List<Recording.Executed> executed = recording.take();
    assertThat(executed).isNotEmpty();
    for (Recording.Executed statement : executed) {
      assertThat(plan(statement)).contains("Index").doesNotContain("Seq Scan");
    }
  }

  @Test
  @DisplayName("The end of the feed is read without its entries")
  void end_readsNoEntries() throws SQLException {
    recording.take();

    assertThat(stores.keys().changes().orElseThrow().end()).isNotEmpty();

    List<Recording.Executed> executed = recording.take();
    assertThat(executed).hasSizeBetween(2, 3); // the first one also keeps the place
    assertThat(plan(executed.get(0))).contains(HEADS).doesNotContain("thingward_feed ");
    assertThat(plan(executed.get(1))).contains("thingward_meta").doesNotContain("thingward_feed");
  }

  @Test
  @DisplayName("A poll reads a range of the index for each shard, also by statistics of long ago")
  void poll_readsRanges() throws SQLException {
    DataSource feeding = Databases.POSTGRESQL_18.blank();
    JdbcSchema.apply(feeding);
    Recording asked = new Recording(feeding);
    try (JdbcStores own = JdbcStores.of(asked.source());
        Connection connection = feeding.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table thingward_feed set (autovacuum_enabled = off)");
      fillFeed(statement, 0, 31);
      statement.execute("analyze thingward_feed");
      fillFeed(statement, 32, 159_999);
      for (String statistics : List.of("of long ago", "of now")) {
        for (long number : new long[] {1, 5_000, 9_990}) {
          for (int limit : new int[] {10, Limits.PAGE}) {
            asked.take();
            assertThat(own.keys().changes().orElseThrow().poll(place(number), limit))
                .isInstanceOf(ChangeFeed.Poll.Changes.class);
            assertThat(plan(feeding, asked.take().get(0)))
                .as("statistics %s, from %s, at most %s", statistics, number, limit)
                .contains("Index Scan using thingward_feed_pkey")
                .contains("Index Cond")
                .doesNotContain("Filter", "Seq Scan", "Bitmap");
          }
        }
        statement.execute("analyze thingward_feed");
      }
    }
  }

  @Test
  @DisplayName("A poll of H2 reads a range of the index for each shard")
  void poll_ofH2_readsRanges() throws SQLException {
    DataSource source = Databases.H2.empty();
    Recording asked = new Recording(source);
    try (JdbcStores own = JdbcStores.of(asked.source())) {
      ChangeFeed feed = own.keys().changes().orElseThrow();
      String end = feed.end();
      asked.take();

      assertThat(feed.poll(end, 10)).isInstanceOf(ChangeFeed.Poll.Changes.class);

      String plan = plan(source, asked.take().get(0)).replaceAll("\\s+", " ");
      for (int shard = 0; shard < 16; shard++) {
        assertThat(plan).containsPattern("PRIMARY_KEY_\\w+: SHARD = " + shard + " AND SEQ >= ");
      }
      assertThat(plan).doesNotContain("tableScan");
    }
  }

  /* Entries in turn in all shards; the random id of one is its number. */
  private static void fillFeed(Statement statement, int from, int to) throws SQLException {
    assertThat(
            statement.executeUpdate(
                "insert into thingward_feed (shard, seq, entry, kind, key_1, version, change)"
                    + " select n % 16, n / 16 + 1, cast(lpad(cast(n / 16 + 1 as text), 32, '0')"
                    + " as uuid), 'workspace', 'workspace' || n, 1, gen_random_uuid()"
                    + (" from generate_series(" + from + ", " + to + ") n")))
        .isEqualTo(to - from + 1);
  }

  /* No two shards are as far. */
  private static String place(long number) {
    return IntStream.range(0, 16)
        .mapToLong(shard -> number + shard % 7)
        .mapToObj(
            seq -> seq + ":" + UUID.fromString("0-0-0-0-" + seq)) // digits, which fillFeed wrote
        .collect(Collectors.joining(","));
  }

  private static String plan(Recording.Executed executed) throws SQLException {
    return plan(database, executed);
  }

  private static String plan(DataSource source, Recording.Executed executed) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = source.getConnection();
        PreparedStatement explain = executed.prepare(connection, "explain ");
        ResultSet rows = explain.executeQuery()) {
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
