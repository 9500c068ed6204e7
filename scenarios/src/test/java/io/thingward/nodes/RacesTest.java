package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.databases.Databases;
import io.thingward.error.ThingwardException;
import io.thingward.management.ActivationCode;
import io.thingward.management.ChangeSet;
import io.thingward.model.PrincipalId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes act at the same time, each on connections of its own. */
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(Lifecycle.PER_CLASS)
class RacesTest {
  private static final String PASSWORD = Cast.PASSWORD;
  private static final String OTHER = "quite another staple";

  @Parameter Databases database;
  private TwoNodes nodes;
  private Node here;
  private Node there;

  @BeforeParameterizedClassInvocation
  void open() {
    nodes = new TwoNodes(database);
    here = nodes.here;
    there = nodes.there;
  }

  @AfterEach
  void heal() {
    here.line.heal();
    there.line.heal();
  }

  @AfterParameterizedClassInvocation
  void close() {
    nodes.close();
  }

  /*
   * Lets something else happen, once, at one of the moments between the calls of a node to its
   * database: before it takes a connection, or after it gave one back. All that another node can do
   * to it falls into one of them, or waits inside the database for a lock.
   */
  private static final class Moment implements Line.Disturbance {
    private final Runnable action;
    private int left;
    boolean came;
    boolean userWasRead;

    Moment(int number, Runnable action) {
      this.left = number;
      this.action = action;
    }

    @Override
    public Object meet(String step, Line.Rest rest) throws SQLException {
      if (step.equals(Line.CONNECT)) {
        maybeNow();
      }
      Object answer = rest.run();
      userWasRead |= !came && step.contains(" from thingward_principal ");
      if (step.equals(Line.RELEASE)) {
        maybeNow();
      }
      return answer;
    }

    private void maybeNow() {
      if (left-- == 0) {
        came = true;
        action.run();
      }
    }
  }

  /* What a race for each moment does; tells whether that moment came. */
  private interface Race {
    boolean run(int moment);
  }

  private static void inEveryMoment(int least, Race race) {
    int moments = 0;
    while (race.run(moments)) {
      moments++;
    }
    assertThat(moments).isGreaterThanOrEqualTo(least);
  }

  static Stream<Arguments> revocations() {
    return Stream.of(
        way(
            "the session",
            (Node n, Login login) -> n.host.sessions(user(login)).end(login.session().id())),
        way("all sessions", (Node n, Login login) -> n.host.sessions(user(login)).endAll()),
        way("the user", (Node n, Login login) -> n.host.users().suspend(user(login))));
  }

  private static <T> Arguments way(String name, BiConsumer<Node, T> way) {
    return Arguments.of(name, way);
  }

  private static PrincipalId user(Login login) {
    return login.subject().principal().orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("revocations")
  @DisplayName(
      "B07: no subject outlives the revocation that its authentication overlapped elsewhere")
  void revocation_winsAgainstAuthentication(String name, BiConsumer<Node, Login> revoke) {
    String user = nodes.user(PASSWORD);
    inEveryMoment(
        2,
        number -> {
          here.host.users().resume(Cast.id(user));
          nodes.pass(Node.BOUND); // what is cached there has to be read again
          Login login = here.login(user, PASSWORD).orElseThrow();
          BearerToken token = new BearerToken(login.session().secret());
          Moment moment = new Moment(number, () -> revoke.accept(here, login));
          there.line.disturb(moment);
          Authentication<Subject> outcome = there.authenticate(token);
          there.line.heal();

          there.poll();

          boolean alive = outcome.toOptional().filter(Subject::isActive).isPresent();
          assertThat(alive).isEqualTo(!moment.came);
          assertThat(there.authenticate(token).toOptional().isPresent()).isEqualTo(!moment.came);
          return moment.came;
        });
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        way("suspension", (Node n, PrincipalId user) -> n.host.users().suspend(user)),
        way("logout everywhere", (Node n, PrincipalId user) -> n.host.sessions(user).endAll()),
        way("password change", (Node n, PrincipalId user) -> n.changePassword(user, OTHER)),
        way("deletion", (Node n, PrincipalId user) -> n.host.users().delete(user)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  @DisplayName(
      "B07: a login that read its user before the sessions were ended elsewhere leaves none")
  void ending_winsAgainstLogin(String name, BiConsumer<Node, PrincipalId> ending) {
    inEveryMoment(
        6,
        number -> {
          String user = nodes.user(PASSWORD);
          Moment moment = new Moment(number, () -> ending.accept(here, Cast.id(user)));
          there.line.disturb(moment);
          Authentication<Login> outcome = there.login(user, PASSWORD);
          there.line.heal();

          there.poll();

          if (!moment.came || moment.userWasRead) {
            assertThat(outcome.toOptional().filter(login -> isAlive(there, login)).isPresent())
                .isEqualTo(!moment.came);
            assertThat(outcome.toOptional().filter(login -> isAlive(here, login)).isPresent())
                .isEqualTo(!moment.came);
          }
          return moment.came;
        });
  }

  private static boolean isAlive(Node node, Login login) {
    BearerToken token = new BearerToken(login.session().secret());
    return node.authenticate(token).toOptional().isPresent();
  }

  @Test
  @DisplayName("B10: a new password stays, whenever the old one's hash is upgraded elsewhere")
  void passwordChange_winsAgainstUpgrade() {
    inEveryMoment(
        8,
        number -> {
          String user = nodes.user(PASSWORD);
          there.hasher.version(2);
          Moment moment = new Moment(number, () -> here.changePassword(Cast.id(user), OTHER));
          there.line.disturb(moment);
          assertThat(there.login(user, PASSWORD)).isNotNull();
          there.line.heal();

          assertThat(here.login(user, OTHER).toOptional().isPresent()).isEqualTo(moment.came);
          assertThat(here.login(user, PASSWORD).toOptional().isPresent()).isEqualTo(!moment.came);
          return moment.came;
        });
  }

  @Test
  @DisplayName("B10: a new password stays, also if both are written at the same time")
  void passwordChange_winsAgainstUpgradeAtOnce() throws Exception {
    String user = nodes.user(PASSWORD);
    there.hasher.version(2);
    try (ActivationCode code = here.host.users().issueActivation(Cast.id(user))) {
      List<Object> outcomes =
          meetingBefore(
              "update thingward_principal",
              () -> here.activate(code, OTHER),
              () -> there.login(user, PASSWORD));
      assertThat(outcomes.get(0)).isInstanceOf(Authentication.Authenticated.class);
    }

    assertThat(here.login(user, OTHER).toOptional()).isPresent();
    assertThat(here.login(user, PASSWORD).toOptional()).isEmpty();
  }

  /* Both at once, and both have read before either writes: each waits at its first such write. */
  private List<Object> meetingBefore(String write, Callable<?> first, Callable<?> second)
      throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    AtomicInteger met = new AtomicInteger();
    for (Node node : List.of(here, there)) {
      node.line.disturb(
          (step, rest) -> {
            if (step.contains(write)) { // PostgreSQL changes within one statement of several
              node.line.heal();
              await(barrier);
              met.incrementAndGet();
            }
            return rest.run();
          });
    }
    List<Object> outcomes = together(List.of(first, second));
    assertThat(met).as("nodes that met before: " + write).hasValue(2);
    return outcomes;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (Exception never) {
      throw new IllegalStateException(never);
    }
  }

  /* Runs all at once; the answer of each, or its refusal. */
  private static List<Object> together(List<Callable<?>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      CyclicBarrier start = new CyclicBarrier(calls.size());
      List<Future<Object>> running = new ArrayList<>();
      for (Callable<?> call : calls) {
        running.add(
            threads.submit(
                () -> {
                  await(start);
                  try {
                    return call.call();
                  } catch (ThingwardException refusal) {
                    return refusal;
                  }
                }));
      }
      List<Object> outcomes = new ArrayList<>();
      for (Future<Object> each : running) {
        outcomes.add(each.get(1, TimeUnit.MINUTES));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("B08: of two who redeem one code at the same time, exactly one sets the password")
  void code_isRedeemedOnce() throws Exception {
    String user = nodes.user("an earlier password");
    try (ActivationCode code = here.host.users().issueActivation(Cast.id(user))) {
      List<Object> outcomes =
          meetingBefore(
              "update thingward_principal",
              () -> here.activate(code, PASSWORD),
              () -> there.activate(code, OTHER));

      assertThat(outcomes).filteredOn(Authentication.Authenticated.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(Authentication.Refused.class::isInstance).hasSize(1);
      boolean firstWon = outcomes.get(0) instanceof Authentication.Authenticated<?>;
      assertThat(here.login(user, PASSWORD).toOptional().isPresent()).isEqualTo(firstWon);
      assertThat(here.login(user, OTHER).toOptional().isPresent()).isEqualTo(!firstWon);
    }
  }

  @Test
  @DisplayName("B08: of two changes of one record at the same time none is lost")
  void changes_areNotLost() throws Exception {
    Cast cast = nodes.cast();
    there.poll();
    ChangeSet records = ChangeSet.builder().allow(Cast.PARIS, Cast.RECORD).build();
    ChangeSet roleless = ChangeSet.builder().allow(Cast.RULES).build();
    List<Object> outcomes =
        meetingBefore(
            "update thingward_membership",
            () -> here.host.members(cast.acme).change(cast.ben, records),
            () -> there.host.members(cast.acme).change(cast.ben, roleless));

    assertThat(outcomes).noneMatch(ThingwardException.class::isInstance);
    there.poll();
    Subject ben = there.authenticate(cast.asBen()).orElseThrow();
    assertThat(ben.isAllowed(Cast.RECORD, cast.device)).isTrue();
    assertThat(ben.isAllowed(Cast.RULES, cast.acme)).isTrue();
  }

  @Test
  @DisplayName("B09: of two owners who are removed at the same time, one stays")
  void lastOwner_stays() throws Exception {
    Cast cast = nodes.cast();
    List<Object> outcomes =
        meetingBefore(
            "update thingward_workspace",
            () -> here.host.workspaces().removeOwner(cast.acme, cast.ann),
            () -> there.host.workspaces().removeOwner(cast.acme, cast.zoe));

    assertThat(outcomes).filteredOn(ThingwardException.class::isInstance).hasSize(1);
    assertThat(here.host.workspaces().get(cast.acme).owners())
        .hasSize(1)
        .isSubsetOf(cast.ann, cast.zoe);
  }

  @Test
  @DisplayName("B03: of 200 guesses at once each of two nodes examines five, by itself")
  void guesses_areLimitedOnEachNode() throws Exception {
    String user = nodes.user(PASSWORD);
    here.hasher.takeHashes();
    there.hasher.takeHashes();
    List<Callable<?>> guesses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String source = "198.51.100." + i;
      guesses.add(() -> here.loginFrom(source, user, OTHER));
      guesses.add(() -> there.loginFrom(source, user, OTHER));
    }

    List<Object> outcomes = together(guesses);

    assertThat(here.hasher.takeHashes()).isEqualTo(5);
    assertThat(there.hasher.takeHashes()).isEqualTo(5);
    assertThat(outcomes).filteredOn(Authentication.Refused.class::isInstance).hasSize(10);
    assertThat(outcomes).filteredOn(Authentication.TryLater.class::isInstance).hasSize(190);
  }
}
