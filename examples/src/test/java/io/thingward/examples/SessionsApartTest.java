package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.management.ApiKey;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.model.PrincipalId;
import io.thingward.store.jdbc.JdbcSchema;
import io.thingward.store.jdbc.JdbcStores;
import java.io.IOException;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions in memory, everything else in a database. */
final class SessionsApartTest {
  private final JdbcDataSource database = new JdbcDataSource();

  SessionsApartTest() {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    JdbcSchema.apply(database);
  }

  private static Thingward start(JdbcStores database) {
    return Thingward.builder()
        .permissions(GettingStarted.RULES)
        .stores(SessionsApart.stores(database))
        .build();
  }

  private static boolean isLetIn(Thingward thingward, Secret token) {
    return thingward
        .authenticate(new BearerToken(token), RequestContext.none())
        .toOptional()
        .filter(Subject::isActive)
        .isPresent();
  }

  @Test
  @DisplayName("After a restart users have to log in again, and API keys go on")
  void restart_endsSessionsOnly() {
    Secret key;
    Secret session;
    try (JdbcStores main = JdbcStores.of(database);
        Thingward thingward = start(main)) {
      Management host = thingward.asHost("first start");
      PrincipalId ann = host.users().create("ann@acme.example").id();
      Issued<ApiKey> issued = host.apiKeys(ann).create(NewApiKey.of("Grafana"));
      Login login = host.sessions(ann).issue(RequestContext.none());
      key = issued.secret();
      session = login.session().secret();
      assertThat(isLetIn(thingward, key)).isTrue();
      assertThat(isLetIn(thingward, session)).isTrue();

      host.sessions(ann).endAll();
      assertThat(isLetIn(thingward, session)).isFalse();
      session = host.sessions(ann).issue(RequestContext.none()).session().secret();
    }
    try (JdbcStores main = JdbcStores.of(database);
        Thingward thingward = start(main)) {
      assertThat(isLetIn(thingward, key)).isTrue();
      assertThat(isLetIn(thingward, session)).isFalse();
    }
  }

  @Test
  @DisplayName("the snippet of the page about databases is compiled")
  void snippet_isCompiled() throws IOException {
    assertThat(Pages.fences("docs/jdbc.md", "java"))
        .contains(Pages.region("SessionsApart.java", "sessions"));
  }
}
