package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.management.Management;
import io.thingward.model.PrincipalId;
import io.thingward.scenarios.HandScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two nodes whose sessions are in another engine than the rest. */
class SessionsApartTest {
  private final ManualTime time = new ManualTime();
  private final Installation.Opened main = Installation.POSTGRESQL.open();
  private final Installation.Opened forSessions = Installation.H2.open();
  private final Thingward here = node();
  private final Thingward there = node();
  private final Management host = here.asHost("test");
  private final PrincipalId ann = host.users().create("ann@acme.example").id();

  private Thingward node() {
    return time.set(Thingward.builder())
        .freshness(Node.BOUND)
        .permissions(Cast.VIEW)
        .scheduler(new HandScheduler())
        .stores(main.next(true).withSessionsIn(forSessions.next(true)))
        .build();
  }

  @AfterEach
  void close() {
    there.close();
    here.close();
    forSessions.close();
    main.close();
  }

  private Subject hold(Login login) {
    Subject held =
        there
            .authenticate(new BearerToken(login.session().secret()), RequestContext.none())
            .orElseThrow();
    assertThat(held.isActive()).isTrue();
    return held;
  }

  @Test
  @DisplayName("F2: what changes in either engine is followed by its own feed")
  void changes_inEitherEngine_areFollowed() {
    ManualTime.poll(there);
    Login ended = host.sessions(ann).issue(RequestContext.none());
    Login other = host.sessions(ann).issue(RequestContext.none());
    Subject one = hold(ended);
    Subject two = hold(other);

    host.sessions(ann).end(ended.session().id());
    ManualTime.poll(there);
    assertThat(one.isActive()).isFalse();
    assertThat(two.isActive()).isTrue();

    host.users().suspend(ann);
    ManualTime.poll(there);
    assertThat(two.isActive()).isFalse();
  }
}
