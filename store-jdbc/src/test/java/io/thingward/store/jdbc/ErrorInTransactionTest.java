package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ChangeFeed;
import io.thingward.store.LifecycleState;
import io.thingward.store.WorkspaceRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorInTransactionTest {
  private static final class OutOfMemory extends Error {
    private static final long serialVersionUID = 1;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /* Fails once, between a record and its entry of the feed. */
  private static DataSource failing(DataSource real, AtomicBoolean failing) {
    ClassLoader loader = ErrorInTransactionTest.class.getClassLoader();
    return (DataSource)
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {DataSource.class},
            (source, asked, given) -> {
              Object answer = invoke(real, asked, given);
              return !(answer instanceof Connection connection)
                  ? answer
                  : Proxy.newProxyInstance(
                      loader,
                      new Class<?>[] {Connection.class},
                      (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                            && ((String) arguments[0]).startsWith("update thingward_feed_head")
                            && failing.getAndSet(false)) {
                          throw new OutOfMemory();
                        }
                        return invoke(connection, method, arguments);
                      });
            });
  }

  /* Elsewhere nothing is between them. */
  @Test
  @DisplayName("S77: an Error between a record and its entry in H2 leaves neither")
  void error_betweenRecordAndEntry_leavesNeither() {
    AtomicBoolean failing = new AtomicBoolean();
    try (JdbcStores stores = JdbcStores.of(failing(Databases.H2.empty(), failing))) {
      WorkspaceRecord acme =
          WorkspaceRecord.builder(
                  WorkspaceId.of("acme"), new Version(1, new UUID(7, 1)), Instant.EPOCH)
              .name("Acme")
              .owners(Set.of(PrincipalId.of("ann")))
              .build();
      WorkspaceRecord suspended =
          acme.toBuilder()
              .state(LifecycleState.SUSPENDED)
              .version(new Version(2, new UUID(7, 2)))
              .build();
      assertThat(stores.workspaces().insert(acme)).isTrue();
      ChangeFeed feed = stores.workspaces().changes().orElseThrow();
      String place = feed.end();
      failing.set(true);

      assertThatExceptionOfType(OutOfMemory.class)
          .isThrownBy(() -> stores.workspaces().replace(suspended, acme.version()));

      assertThat(stores.workspaces().find(acme.id())).contains(acme);
      assertThat(feed.poll(place, 10)).isEqualTo(feed.poll(feed.end(), 10));
    }
  }
}
