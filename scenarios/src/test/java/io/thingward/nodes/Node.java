package io.thingward.nodes;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.access.DeviceDirectory;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.databases.Databases;
import io.thingward.management.ActivationCode;
import io.thingward.management.Management;
import io.thingward.model.PrincipalId;
import io.thingward.password.Password;
import io.thingward.scenarios.HandScheduler;
import io.thingward.store.jdbc.JdbcStores;
import java.time.Duration;
import javax.sql.DataSource;

/** A complete node: the library on a pool of its own, through a line that may be disturbed. */
final class Node implements AutoCloseable {
  /**
   * Longer than the default, since the threads of the library go by the real clock: they come four
   * times per bound, and the test, which steps time by hand, is over by then.
   */
  static final Duration BOUND = Duration.ofMinutes(1);

  private static final int CONNECTIONS = 4;

  private final HikariDataSource pool;
  private final JdbcStores stores;
  final Line line;
  final CountingHasher hasher = new CountingHasher();
  final HandScheduler scheduler = new HandScheduler();
  final Thingward thingward;
  final Management host;

  Node(DataSource database, ManualTime time, DeviceDirectory fleet) {
    pool = Databases.pool(database, CONNECTIONS);
    line = new Line(pool);
    stores = JdbcStores.of(line.source());
    thingward =
        time.set(Thingward.builder())
            .freshness(BOUND)
            .permissions(Cast.VIEW, Cast.RECORD, Cast.RULES)
            .devices(DeviceReach.self(Cast.RECORD).peers(Cast.VIEW))
            .directory(fleet)
            .passwords(hasher)
            .scheduler(scheduler)
            .stores(stores)
            .build();
    host = thingward.asHost("test");
    line.awaitFeed();
    poll(); // after the first poll of the library's own thread
  }

  void poll() {
    ManualTime.poll(thingward);
  }

  Authentication<Subject> authenticate(PresentedCredential presented) {
    return thingward.authenticate(presented, RequestContext.none());
  }

  Authentication<Login> login(String username, String password) {
    return loginFrom("192.0.2.1", username, password);
  }

  Authentication<Login> loginFrom(String source, String username, String password) {
    try (Password typed = Password.of(password)) {
      return thingward.login(PasswordLogin.of(username, typed), RequestContext.of(source));
    }
  }

  /** Sets a password, as the user would who was sent this code. */
  Authentication<PrincipalId> activate(ActivationCode code, String password) {
    try (Password fresh = Password.of(password)) {
      return thingward.activate(code.username().value(), code.code(), fresh, RequestContext.none());
    }
  }

  /** Sets a password, as the user would who is sent a code. */
  void changePassword(PrincipalId user, String password) {
    try (ActivationCode code = host.users().issueActivation(user)) {
      PrincipalId changed = activate(code, password).orElseThrow();
      assert changed.equals(user);
    }
  }

  @Override
  public void close() {
    line.heal();
    thingward.close();
    scheduler.shutdownNow();
    stores.close();
    pool.close();
  }
}
