package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.RoleId;
import io.thingward.model.Version;
import io.thingward.store.RoleRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.WorkspaceStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** H2 writes what is going on to its file with whatever is committed, so nothing else goes on. */
class OneWriterTest {
  private final DataSource database = Databases.H2.durable();
  private Runnable beforeCommit = () -> {};
  private final WorkspaceStore roles =
      JdbcStores.of(intercepted(DataSource.class, database), Duration.ofSeconds(1)).workspaces();

  @Test
  @DisplayName("S2, S13: in H2 a change waits until the one before is committed, or its deadline")
  void change_waitsForTheCommitOfAnother() {
    CompletableFuture<Boolean> other = new CompletableFuture<>();
    beforeCommit =
        () -> {
          beforeCommit = () -> {};
          other.completeAsync(() -> roles.insertRole(role("other")));
          assertThatExceptionOfType(CompletionException.class)
              .isThrownBy(other::join)
              .withCauseInstanceOf(StoreUnavailableException.class);
          assertThat(roles.findRole(RoleId.of("other"))).as("a read does not wait").isEmpty();
        };
    assertThat(roles.insertRole(role("one"))).isTrue();
    assertThat(other).isCompletedExceptionally();
    assertThat(roles.insertRole(role("other"))).isTrue();
  }

  private static RoleRecord role(String id) {
    Version version = new Version(1, UUID.randomUUID());
    return RoleRecord.builder(RoleId.of(id), version, Instant.EPOCH).name("Role").build();
  }

  private <T> T intercepted(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            OneWriterTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit")) {
                beforeCommit.run();
              }
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof Connection connection
                    ? intercepted(Connection.class, connection)
                    : result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }
}
