package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.databases.Databases;
import io.thingward.management.Management;
import io.thingward.model.PrincipalId;
import io.thingward.scenarios.HandScheduler;
import io.thingward.store.Stores;
import io.thingward.store.jdbc.JdbcStores;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes in one process, on the same stores. */
class SharedStoresTest {
  private final ManualTime time = new ManualTime();

  private Thingward node(Stores stores) {
    return time.set(Thingward.builder())
        .freshness(Node.BOUND)
        .permissions(Cast.VIEW)
        .scheduler(new HandScheduler())
        .stores(stores)
        .build();
  }

  private static Subject hold(Thingward node, Login login) {
    Subject held =
        node.authenticate(new BearerToken(login.session().secret()), RequestContext.none())
            .orElseThrow();
    assertThat(held.isActive()).isTrue();
    return held;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F2: each of two nodes on one JdbcStores follows what the other changes")
  void sharedStores_areFollowedByBoth(Databases database) {
    try (HikariDataSource pool = Databases.pool(database.create(), 4);
        JdbcStores stores = JdbcStores.of(pool);
        Thingward here = node(stores);
        Thingward there = node(stores)) {
      ManualTime.poll(here);
      ManualTime.poll(there);
      Management host = here.asHost("test");
      PrincipalId ann = host.users().create("ann@acme.example").id();
      Login ended = host.sessions(ann).issue(RequestContext.none());
      Login other = host.sessions(ann).issue(RequestContext.none());
      Subject heldThere = hold(there, ended);
      Subject heldHere = hold(here, other);

      host.sessions(ann).end(ended.session().id());
      there.asHost("test").sessions(ann).end(other.session().id());
      ManualTime.poll(here);
      ManualTime.poll(there);

      assertThat(heldThere.isActive()).isFalse();
      assertThat(heldHere.isActive()).isFalse();
    }
  }
}
