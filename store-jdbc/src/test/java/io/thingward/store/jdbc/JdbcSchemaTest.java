package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcSchemaTest {
  @ParameterizedTest
  @EnumSource
  void of_databaseWithoutTables_isRefused(Databases database) {
    DataSource blank = database.blank();

    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcStores.of(blank))
        .withMessageContaining("schema 0");
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
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"IGNORECASE=TRUE", "COLLATION=ENGLISH STRENGTH PRIMARY"})
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
  @EnumSource
  void view_membershipWithRoles_comesInOneCall(Databases database) {
    io.thingward.store.Stores stores = JdbcStores.of(database.empty());
    MembershipId id = new MembershipId(WorkspaceId.of("acme"), PrincipalId.of("ann"));
    Version version = new Version(1, new UUID(1, 2));
    MembershipRecord membership =
        MembershipRecord.builder(id, version, Instant.EPOCH)
            .permissions(Set.of("b", "a"))
            .roles(Set.of(new RoleAssignment(RoleId.of("r1"), DeviceScope.anyOf("site=paris"))))
            .grants(Set.of(new Grant(DeviceScope.all(), Set.of("x"))))
            .build();
    RoleRecord role =
        RoleRecord.builder(RoleId.of("r1"), version, Instant.EPOCH)
            .workspace(Optional.of(id.workspace()))
            .name("R")
            .build();
    assertThat(stores.workspaces().insertMembership(membership)).isTrue();
    assertThat(stores.workspaces().insertMembership(membership)).isFalse();
    assertThat(stores.workspaces().insertRole(role)).isTrue();

    assertThat(stores.workspaces().view(id).membership()).contains(membership);
    assertThat(stores.workspaces().view(id).roles()).containsExactly(role);
    assertThat(stores.workspaces().view(id).workspace()).isEmpty();
  }
}
