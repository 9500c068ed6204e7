package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PasswordHash;
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
import io.thingward.store.Activation;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.LastUse;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

/** Upgrades databases that the first schema version wrote: they are stored whole, with tables. */
class SchemaUpgradeTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-06-30T12:34:56.789Z");
  private static final Version FIRST = new Version(1, new UUID(7, 1));
  private static final Version SECOND = new Version(2, new UUID(7, 2));
  private static final WorkspaceId ACME = WorkspaceId.of("acme");
  private static final PrincipalId ANN = PrincipalId.of("ann");
  private static final RoleId OPERATOR = RoleId.of("operator");
  private static final SecretDigest DIGEST =
      new SecretDigest(1, -2, 3, -4, Optional.of("pepper-1"));
  private static final SecretDigest NEWER = new SecretDigest(5, 6, 7, 8, Optional.empty());
  private static final DeviceScope PARIS = DeviceScope.anyOf("site=paris", "t1", "floor=*");

  private static final UserRecord USER =
      UserRecord.builder(ANN, FIRST, T0)
          .state(LifecycleState.SUSPENDED)
          .username(Optional.of(Username.parse("ann@acme.example")))
          .endsAt(Optional.of(END))
          .epoch(-42)
          .passwordLoginStopped(true)
          .password(
              Optional.of(
                  new PasswordHash(
                      "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo",
                      Optional.of("pepper-1"))))
          .activation(Optional.of(new Activation(DIGEST, END)))
          .build();
  private static final UsernameClaim CLAIM =
      new UsernameClaim(Username.parse("ann@acme.example"), FIRST, ANN);
  private static final ApiUserRecord API_USER =
      ApiUserRecord.builder(PrincipalId.of("gateway"), FIRST, T0)
          .workspace(Optional.of(ACME))
          .name("Gateway \u00fc\ud83d\udd11")
          .endsAt(Optional.of(END))
          .build();
  private static final WorkspaceRecord WORKSPACE =
      WorkspaceRecord.builder(ACME, FIRST, T0)
          .name("Acme's")
          .owners(Set.of(ANN, PrincipalId.of("zoe")))
          .build();
  private static final RoleRecord ROLE =
      RoleRecord.builder(OPERATOR, FIRST, T0)
          .workspace(Optional.of(ACME))
          .name("Operator")
          .permissions(Set.of("rules.edit", "thingward.members.read"))
          .onAllDevices(Set.of("device.view"))
          .onAssignedDevices(Set.of("device.record"))
          .build();
  private static final MembershipRecord MEMBERSHIP =
      MembershipRecord.builder(new MembershipId(ACME, API_USER.id()), FIRST, T0)
          .permissions(Set.of("rules.edit"))
          .roles(Set.of(new RoleAssignment(OPERATOR, PARIS)))
          .grants(
              Set.of(
                  new Grant(PARIS, Set.of("device.view", "device.record")),
                  new Grant(DeviceScope.all(), Set.of("device.view"))))
          .build();
  private static final ApiKeyRecord API_KEY =
      ApiKeyRecord.builder(
              new CredentialId(1, -1),
              FIRST,
              T0,
              ANN,
              "Key",
              List.of(new StoredSecret(DIGEST, Optional.empty())),
              Restriction.to(List.of(new Restriction.Row(ACME, Set.of("device.view"), PARIS))))
          .suspended(true)
          .endsAt(Optional.of(END))
          .build();
  private static final AccessKeyRecord ACCESS_KEY =
      AccessKeyRecord.builder(
              new CredentialId(-2, 2),
              FIRST,
              T0,
              ACME,
              PARIS,
              "Paris",
              List.of(
                  new StoredSecret(NEWER, Optional.empty()),
                  new StoredSecret(DIGEST, Optional.of(END))))
          .description("All of Paris")
          .build();
  private static final SessionRecord SESSION =
      new SessionRecord(
          new CredentialId(3, 3), T0, ANN, DIGEST, -42, END, SessionRecord.Origin.HOST);
  private static final LastUse KEY_USE =
      new LastUse(T0.plusMillis(1), Optional.of("192.0.2.1"), Optional.of("curl/8"));
  private static final LastUse SESSION_USE =
      new LastUse(T0.plusMillis(2), Optional.empty(), Optional.empty());

  /* A database of schema 1. */
  private static DataSource stored(Databases database) throws SQLException, IOException {
    String name = database == Databases.H2 ? "schema-1-h2.sql" : "schema-1-postgresql.sql";
    DataSource source = database.blank();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        InputStream dump = SchemaUpgradeTest.class.getResourceAsStream(name)) {
      statement.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
    }
    return source;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A database of schema 1 is upgraded with what is in it, which can be changed then")
  void apply_onSchema1_keepsItsRecords(Databases database) throws SQLException, IOException {
    DataSource source = stored(database);

    JdbcSchema.apply(source);

    try (JdbcStores stores = JdbcStores.of(source)) {
      assertThatAllIsThere(stores);
      assertThatAllIsListed(stores);
      ChangeFeed feed = stores.keys().changes().orElseThrow();
      String place = feed.end();
      assertThatAllCanBeChanged(stores);
      assertThat(feed.poll(place, 100))
          .isInstanceOfSatisfying(
              ChangeFeed.Poll.Changes.class, poll -> assertThat(poll.changes()).hasSize(9));
    }
  }

  private static void assertThatAllIsThere(JdbcStores stores) {
    assertThat(stores.principals().find(ANN)).contains(USER);
    assertThat(stores.principals().findClaim(CLAIM.username())).contains(CLAIM);
    assertThat(stores.principals().find(API_USER.id())).contains(API_USER);
    assertThat(stores.workspaces().find(ACME)).contains(WORKSPACE);
    assertThat(stores.workspaces().findRole(OPERATOR)).contains(ROLE);
    assertThat(stores.workspaces().findMembership(MEMBERSHIP.id())).contains(MEMBERSHIP);
    assertThat(stores.workspaces().view(MEMBERSHIP.id()).roles()).containsExactly(ROLE);
    assertThat(stores.keys().find(API_KEY.id())).contains(API_KEY);
    assertThat(stores.keys().find(ACCESS_KEY.id())).contains(ACCESS_KEY);
    assertThat(stores.sessions().find(SESSION.id())).contains(SESSION);
    assertThat(stores.keyUses().find(List.of(API_KEY.id()))).containsValue(KEY_USE);
    assertThat(stores.sessionUses().find(List.of(SESSION.id()))).containsValue(SESSION_USE);
  }

  private static void assertThatAllIsListed(JdbcStores stores) {
    PageRequest page = PageRequest.first(10);
    assertThat(stores.principals().listUsers(page).items()).containsExactly(USER);
    assertThat(stores.principals().listApiUsers(ACME, page).items()).containsExactly(API_USER);
    assertThat(stores.workspaces().list(page).items()).containsExactly(WORKSPACE);
    assertThat(stores.workspaces().listRoles(Optional.of(ACME), page).items())
        .containsExactly(ROLE);
    assertThat(stores.workspaces().listMembers(ACME, page).items()).containsExactly(MEMBERSHIP);
    assertThat(stores.workspaces().listMemberships(API_USER.id(), page).items())
        .containsExactly(MEMBERSHIP);
    assertThat(stores.keys().listApiKeys(ANN, page).items()).containsExactly(API_KEY);
    assertThat(stores.keys().listAccessKeys(ACME, page).items()).containsExactly(ACCESS_KEY);
    assertThat(stores.sessions().list(ANN, page).items()).containsExactly(SESSION);
  }

  private static void assertThatAllCanBeChanged(JdbcStores stores) {
    assertThat(stores.principals().replace(USER.toBuilder().version(SECOND).build(), FIRST))
        .isTrue();
    assertThat(
            stores
                .principals()
                .replaceClaim(new UsernameClaim(CLAIM.username(), SECOND, ANN), FIRST))
        .isTrue();
    assertThat(stores.principals().replace(API_USER.toBuilder().version(SECOND).build(), FIRST))
        .isTrue();
    assertThat(stores.workspaces().replace(WORKSPACE.toBuilder().version(SECOND).build(), FIRST))
        .isTrue();
    assertThat(stores.workspaces().replaceRole(ROLE.toBuilder().version(SECOND).build(), FIRST))
        .isTrue();
    assertThat(
            stores
                .workspaces()
                .replaceMembership(MEMBERSHIP.toBuilder().version(SECOND).build(), FIRST))
        .isTrue();
    assertThat(stores.keys().replace(API_KEY.toBuilder().version(SECOND).build(), FIRST)).isTrue();
    assertThat(stores.keys().replace(ACCESS_KEY.toBuilder().version(SECOND).build(), FIRST))
        .isTrue();
    assertThat(stores.sessions().delete(SESSION.id())).isTrue();
    assertThat(stores.keyUses().purge(END, 10)).isEqualTo(1);
    assertThat(stores.sessionUses().purge(END, 10)).isEqualTo(1);
  }
}
