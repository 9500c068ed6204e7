package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import io.thingward.store.RoleRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process may be stopped between any two statements, and hold whatever it has locked. */
class StoppedWriterTest {
  /* What others do while it is stopped, each time. */
  private final Queue<Runnable> stops = new ArrayDeque<>();

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_14", "POSTGRESQL_18"})
  @DisplayName("S13: a process that is stopped while it tells the feed holds up no other")
  void writerThatIsStopped_holdsUpNoOther(Databases database) {
    DataSource real = database.empty();
    JdbcStores one = JdbcStores.of(intercepted(DataSource.class, real, ""));
    JdbcStores other = JdbcStores.of(real, Duration.ofSeconds(1));
    stops.add(
        () -> {
          for (int i = 0; i < 64; i++) { // which are in every shard
            assertThat(other.workspaces().insertRole(role("other" + i))).isTrue();
          }
        });
    assertThat(one.workspaces().insertRole(role("one"))).isTrue();
    assertThat(stops).isEmpty();

    WorkspaceId workspace = WorkspaceId.of("acme");
    DeviceId device = DeviceId.of("t1");
    stops.add(() -> other.keys().changes().orElseThrow().announce(workspace, device));
    one.keys().changes().orElseThrow().announce(workspace, device);
    assertThat(stops).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_14", "POSTGRESQL_18"})
  @DisplayName("S13: a process that is stopped while it keeps last uses holds up no other")
  void recorderThatIsStopped_holdsUpNoOther(Databases database) {
    DataSource real = database.empty();
    LastUseStore one = JdbcStores.of(intercepted(DataSource.class, real, "")).keyUses();
    LastUseStore other = JdbcStores.of(real, Duration.ofSeconds(1)).keyUses();
    CredentialId id = new CredentialId(1, 1);
    LastUse later =
        new LastUse(Instant.ofEpochSecond(1), Optional.of("192.0.2.1"), Optional.empty());
    stops.add(() -> other.record(Map.of(id, later)));

    one.record(Map.of(id, new LastUse(Instant.EPOCH, Optional.empty(), Optional.empty())));

    assertThat(stops).isEmpty();
    assertThat(one.find(List.of(id))).containsEntry(id, later);
  }

  private static RoleRecord role(String id) {
    Version version = new Version(1, UUID.randomUUID());
    return RoleRecord.builder(RoleId.of(id), version, Instant.EPOCH).name("Role").build();
  }

  /* Is stopped right after a statement that locks what others need. */
  private <T> T intercepted(Class<T> type, Object real, String sql) {
    return type.cast(
        Proxy.newProxyInstance(
            StoppedWriterTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
              if ((method.getName().equals("executeUpdate")
                      && sql.contains("update thingward_feed_head"))
                  || (method.getName().equals("executeBatch")
                      && sql.contains("thingward_key_use"))) {
                Runnable stop = stops.poll();
                if (stop != null) {
                  stop.run();
                }
              }
              if (result instanceof PreparedStatement statement) {
                return intercepted(PreparedStatement.class, statement, (String) arguments[0]);
              }
              return result instanceof Connection connection
                  ? intercepted(Connection.class, connection, "")
                  : result;
            }));
  }
}
