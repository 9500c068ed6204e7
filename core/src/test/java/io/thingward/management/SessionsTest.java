package io.thingward.management;

import static io.thingward.testing.People.HOME;
import static io.thingward.testing.People.OTHER;
import static io.thingward.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.Thingward;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.testing.People;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final PageRequest ALL = PageRequest.first(100);

  @Test
  @DisplayName("R9 a session ends by its idle timeout: alive 1 ms before, dead at it and after")
  void idleTimeout_endsSession() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      for (long late : new long[] {-1, 0, 1}) {
        Login login = people.login("ann", PASSWORD).orElseThrow();
        people.platform.time.pass(Duration.ofMinutes(30).plusMillis(late));
        assertThat(people.isAlive(login)).isEqualTo(late < 0);
      }
      assertThat(people.stored(ann)).hasSize(3);
    }
  }

  @Test
  @DisplayName("R9 a use moves the idle timeout, and never the absolute end")
  void use_movesIdleTimeoutOnly() {
    try (People people = new People()) {
      people.join("ann");
      Login login = people.login("ann", PASSWORD).orElseThrow();
      for (int i = 0; i < 36; i++) {
        assertThat(people.isAlive(login)).isTrue();
        people.platform.time.pass(Duration.ofMinutes(20).minusMillis(i == 35 ? 1 : 0));
      }
      assertThat(people.isAlive(login)).isTrue();
      assertThat(login.subject().isActive()).isTrue();
      people.platform.time.pass(Duration.ofMillis(1));
      assertThat(people.isAlive(login)).isFalse();
      people.platform.time.setWall(people.platform.time.instant().minus(Duration.ofHours(1)));
      assertThat(people.isAlive(login)).isFalse();
    }
  }

  @Test
  @DisplayName("R9 logout ends one session, at once, held subjects included")
  void logout_endsOneSession() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login one = people.login("ann", PASSWORD).orElseThrow();
      Login other = people.login("ann", PASSWORD).orElseThrow();
      Subject self = one.subject();
      people.thingward.as(self).sessions(ann).end(one.session().id());
      assertThat(self.isActive()).isFalse();
      assertThat(people.isAlive(one)).isFalse();
      assertThat(people.isAlive(other)).isTrue();
      assertThatThrownBy(() -> people.thingward.as(self).sessions(ann).list(ALL))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> people.host.sessions(ann).end(one.session().id()))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  @DisplayName("R9 logout everywhere, a password change and suspension are each one write")
  void endingAll_isOneWrite() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      List<Runnable> ways =
          List.of(
              () -> people.host.sessions(ann).endAll(),
              () -> {
                Subject self = people.session(ann).subject();
                people.settle();
                assertThat(people.change(self, PASSWORD, OTHER).toOptional()).isPresent();
              },
              () -> people.host.users().forcePasswordChange(ann).close(),
              () -> people.host.users().suspend(ann));
      for (Runnable way : ways) {
        List<Login> logins = new ArrayList<>();
        for (int i = 0; i < Limits.SESSIONS_PER_USER; i++) {
          logins.add(people.session(ann));
        }
        Subject held = logins.get(0).subject();
        assertThat(held.isActive()).isTrue();
        people.settle();
        way.run();
        assertThat(people.platform.stores.takeCalls())
            .filteredOn(call -> !call.matches(".*\\.(find|list|view).*"))
            .containsExactly("principals.replace");
        assertThat(held.isActive()).isFalse();
        assertThat(logins).noneMatch(people::isAlive);
      }
      people.host.users().resume(ann);
      assertThat(people.host.sessions(ann).list(ALL).items()).isEmpty();
    }
  }

  @Test
  @DisplayName("R9 the newest login lives, however many began in the same millisecond")
  void logins_inOneMillisecond_areInOrder() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      List<Login> logins = new ArrayList<>();
      for (int i = 0; i < 3 * Limits.SESSIONS_PER_USER; i++) {
        logins.add(people.session(ann));
        assertThat(people.isAlive(logins.get(i))).isTrue();
      }
      assertThat(logins)
          .filteredOn(people::isAlive)
          .isEqualTo(logins.subList(2 * Limits.SESSIONS_PER_USER, logins.size()));
    }
  }

  @Test
  @DisplayName("R9 A28 of 100 racing logins the newest 20 sessions remain")
  void racingLogins_leaveTheNewest() throws Exception {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      List<Login> logins = race(100, () -> people.session(ann));
      List<CredentialId> newest =
          logins.stream()
              .map(login -> login.session().id())
              .sorted(Comparator.reverseOrder())
              .limit(Limits.SESSIONS_PER_USER)
              .toList();
      assertThat(people.stored(ann)).hasSize(Limits.SESSIONS_PER_USER).containsAll(newest);
      assertThat(logins)
          .filteredOn(people::isAlive)
          .hasSize(Limits.SESSIONS_PER_USER)
          .allMatch(login -> newest.contains(login.session().id()));
    }
  }

  private static <T> List<T> race(int times, Callable<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    CyclicBarrier start = new CyclicBarrier(times);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> one : running) {
        try {
          done.add(one.get());
        } catch (ExecutionException ended) {
          // a session that others ended before it was handed out
          assertThat(ended).hasCauseInstanceOf(ConflictException.class);
        }
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("R9 one login more than the limit ends the oldest session, and only that")
  void excessLogin_endsTheOldest() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      PrincipalId bob = people.join("bob");
      Login others = people.session(bob);
      List<Login> logins = new ArrayList<>();
      for (int i = 0; i <= Limits.SESSIONS_PER_USER; i++) {
        logins.add(people.session(ann));
        people.platform.time.pass(Duration.ofMillis(1));
      }
      assertThat(logins).filteredOn(people::isAlive).isEqualTo(logins.subList(1, logins.size()));
      assertThat(people.isAlive(others)).isTrue();
    }
  }

  @Test
  @DisplayName("R9 the host begins a session for a user it authenticated, with an audited reason")
  void host_issuesSession() {
    try (People people = new People()) {
      PrincipalId ann = people.host.users().create("ann@acme.example").id();
      people.settle();
      try (Login login = people.thingward.asHost("single sign-on").sessions(ann).issue(HOME)) {
        assertThat(people.present(login.session()).orElseThrow().principal()).contains(ann);
        assertThat(people.platform.audit.take())
            .anySatisfy(
                event -> {
                  assertThat(event).isInstanceOf(AuditEvent.Change.class);
                  AuditEvent.Change change = (AuditEvent.Change) event;
                  assertThat(change.operation()).isEqualTo("session-issue");
                  assertThat(change.actor().hostReason()).contains("single sign-on");
                  assertThat(change.targets()).containsExactly("session " + login.session().id());
                })
            .anySatisfy(
                event -> {
                  assertThat(event).isInstanceOf(AuditEvent.Authentication.class);
                  assertThat(((AuditEvent.Authentication) event).method()).isEqualTo("host");
                });
        assertThat(people.host.sessions(ann).list(ALL).items())
            .extracting(Session::origin)
            .containsExactly(SessionRecord.Origin.HOST);
      }
    }
  }

  @Test
  @DisplayName(
      "R9 a session that begins right after logout everywhere counts on every node at once")
  void newEpoch_isSeenWithTheSession() {
    try (People people = new People();
        Thingward elsewhere =
            people
                .platform
                .time
                .set(Thingward.builder())
                .permissions(Platform.permissions())
                .stores(people.platform.stores)
                .build()) {
      PrincipalId ann = people.join("ann");
      Login before = people.session(ann);
      BearerToken old = new BearerToken(before.session().secret());
      Subject held = elsewhere.authenticate(old, HOME).orElseThrow();
      people.host.sessions(ann).endAll();
      Login after = people.session(ann);
      people.platform.time.pass(Duration.ofMillis(1));
      assertThat(
              elsewhere.authenticate(new BearerToken(after.session().secret()), HOME).toOptional())
          .isPresent();
      assertThat(held.isActive()).isFalse();
      people.settle();
      for (int i = 0; i < 10; i++) {
        assertThat(elsewhere.authenticate(old, HOME)).isInstanceOf(Authentication.Refused.class);
      }
      assertThat(people.platform.stores.takeCalls()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  @DisplayName("R19 the host cannot begin a session for a suspended, ended or deleted user")
  void host_issuesNoSession_whereNobodyMayLogIn() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Sessions sessions = people.host.sessions(ann);
      people.host.users().suspend(ann);
      assertThatThrownBy(() -> sessions.issue(HOME)).isInstanceOf(ConflictException.class);
      people.host.users().resume(ann);
      people.host.users().setEnd(ann, Optional.of(people.platform.time.instant().plusSeconds(1)));
      people.platform.time.pass(Duration.ofSeconds(1));
      assertThatThrownBy(() -> sessions.issue(HOME)).isInstanceOf(ConflictException.class);
      people.host.users().delete(ann);
      assertThatThrownBy(() -> sessions.issue(HOME)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> people.host.sessions(PrincipalId.of("nobody")).issue(HOME))
          .isInstanceOf(NotFoundException.class);
      assertThat(people.stored(ann)).isEmpty();
    }
  }

  @Test
  @DisplayName("R20 a listing shows the live sessions with last use, and which one asks")
  void list_showsLiveSessions() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login phone = people.loginFrom("198.51.100.1", "ann", PASSWORD).orElseThrow();
      people.platform.time.pass(Duration.ofMillis(5));
      Login browser = people.login("ann", PASSWORD).orElseThrow();
      people.host.sessions(ann).end(people.session(ann).session().id());
      List<Session> seen = people.thingward.as(browser.subject()).sessions(ann).list(ALL).items();
      assertThat(seen)
          .extracting(Session::id)
          .containsExactlyInAnyOrder(phone.session().id(), browser.session().id());
      assertThat(seen)
          .filteredOn(Session::current)
          .extracting(Session::id)
          .containsExactly(browser.session().id());
      assertThat(seen).allSatisfy(s -> assertThat(s.user()).isEqualTo(ann));
      assertThat(people.host.sessions(ann).list(ALL).items()).noneMatch(Session::current);

      people.platform.time.pass(Duration.ofHours(12).minusMillis(5));
      assertThat(people.host.sessions(ann).list(ALL).items())
          .extracting(Session::id)
          .containsExactly(browser.session().id());
    }
  }

  @Test
  @DisplayName(
      "R22 ending sessions needs a live session, not a recent one; a key is not its account")
  void endingSessions_needsSession() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login old = people.login("ann", PASSWORD).orElseThrow();
      people.platform.time.pass(Duration.ofMinutes(20));
      Login other = people.login("ann", PASSWORD).orElseThrow();
      Subject byKey = people.platform.by(ann);
      assertThatThrownBy(() -> people.thingward.as(byKey).sessions(ann).endAll())
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> people.thingward.as(byKey).sessions(ann).list(ALL))
          .isInstanceOf(NotPermittedException.class);
      people.thingward.as(old.subject()).sessions(ann).end(other.session().id());
      assertThat(people.isAlive(other)).isFalse();
      people.thingward.as(old.subject()).sessions(ann).endAll();
      assertThat(people.isAlive(old)).isFalse();
      assertThat(byKey.isActive()).isTrue();
    }
  }

  @Test
  @DisplayName("R22 nobody sees, ends or begins the sessions of another")
  void others_haveNoPart() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      PrincipalId bob = people.join("bob");
      Login anns = people.session(ann);
      Login bobs = people.session(bob);
      Management byBob = people.thingward.as(bobs.subject());
      String absent = "no user " + ann;
      assertThatThrownBy(() -> byBob.sessions(ann).list(ALL)).hasMessage(absent);
      assertThatThrownBy(() -> byBob.sessions(ann).endAll()).hasMessage(absent);
      assertThatThrownBy(() -> byBob.sessions(ann).end(anns.session().id())).hasMessage(absent);
      assertThatThrownBy(() -> byBob.sessions(bob).end(anns.session().id()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("no session " + anns.session().id());
      assertThatThrownBy(() -> byBob.sessions(ann).issue(HOME))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> byBob.sessions(bob).issue(HOME))
          .isInstanceOf(NotPermittedException.class);
      assertThat(people.isAlive(anns)).isTrue();
      assertThat(people.present(anns.session())).isInstanceOf(Authentication.Authenticated.class);
    }
  }
}
