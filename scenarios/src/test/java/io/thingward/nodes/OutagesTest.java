package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.databases.Databases;
import io.thingward.error.UnavailableException;
import io.thingward.nodes.Story.Told;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One node loses its feed or its database, while everything changes on the other. */
@ParameterizedClass(name = "{0}")
@EnumSource
class OutagesTest {
  /* The credential with its holder, and what the holder is in the workspace. */
  private static final int READS_PER_SUBJECT = 2;

  /* One for each kind of record, and of credential. */
  private static final Set<Story> STORIES =
      EnumSet.of(
          Story.KEY_REVOKED,
          Story.ACCESS_KEY_SUSPENDED,
          Story.DEVICE_MOVED,
          Story.SESSION_ENDED,
          Story.EPOCH_CHANGED,
          Story.USER_SUSPENDED,
          Story.API_USER_DELETED,
          Story.WORKSPACE_SUSPENDED,
          Story.MEMBER_REMOVED,
          Story.ROLE_CHANGED,
          Story.OWNER_REMOVED,
          Story.GRANTED);

  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  @Parameter Databases database;
  private TwoNodes nodes;
  private Line line;
  private List<Told> stories;
  private Told untouched;

  @BeforeEach
  void hold() {
    nodes = new TwoNodes(database);
    line = nodes.there.line;
    untouched = Story.GRANT_WITHDRAWN.begin(nodes);
    assertThat(untouched.isAsBefore()).isTrue();
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private void beginAll() {
    stories = STORIES.stream().map(story -> story.begin(nodes)).toList();
    assertThat(stories).allMatch(Told::isAsBefore);
    line.takeReads();
    line.takeConnects();
  }

  private void happenAll() {
    stories.forEach(Told::happen);
  }

  /* Nothing is as it was, for who was held and for who comes now; nobody was restarted. */
  private void requireAllFollowed() {
    assertThat(stories).noneMatch(Told::isAsBefore).noneMatch(Told::isAsBeforeAnew);
    assertThat(untouched.isAsBefore()).isTrue();
    assertThat(untouched.isAsBeforeAnew()).isTrue();
  }

  /* The feed vouches again: for three bounds nothing is read. */
  private void requireRecovery() {
    nodes.there.poll();
    requireAllFollowed();
    line.takeReads();
    for (int i = 0; i < 12; i++) {
      nodes.pass(TwoNodes.PERIOD);
      nodes.there.poll();
      assertThat(stories).noneMatch(Told::isAsBefore);
      assertThat(untouched.isAsBefore()).isTrue();
    }
    assertThat(line.takeReads()).isEmpty();
  }

  @Test
  @DisplayName(
      "F4: with the feed blocked, all follow within the bound, at one read per record in it")
  void feedBlocked() throws Exception {
    beginAll();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    line.disturb(
        (step, rest) -> {
          if (Line.readsFeed(step)) {
            entered.countDown();
            await(release);
          }
          return rest.run();
        });
    Thread reader = new Thread(nodes.there::poll);
    reader.start();
    await(entered);
    happenAll();

    for (int bound = 1; bound <= 3; bound++) {
      for (int i = 0; i < 4; i++) {
        nodes.pass(TwoNodes.PERIOD);
        boolean over = bound > 1 || i == 3;
        long behind = stories.stream().filter(Told::isAsBefore).count();
        assertThat(behind).isEqualTo(over ? 0 : stories.size());
        assertThat(untouched.isAsBefore()).isTrue();
      }
      assertThat(line.takeReads())
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(READS_PER_SUBJECT * (stories.size() + 1));
    }

    release.countDown();
    reader.join();
    line.heal();
    requireRecovery();
  }

  @Test
  @DisplayName(
      "F2: where each read takes most of the bound, no answer is older, and no check reads twice")
  void databaseSlow() {
    beginAll();
    happenAll();
    long happened = nodes.time.nanos();
    line.disturb(
        (step, rest) -> {
          if (!Line.isStatement(step)) {
            return rest.run();
          }
          nodes.pass(TwoNodes.PERIOD);
          Object answer = rest.run();
          nodes.pass(TwoNodes.PERIOD.multipliedBy(2));
          return answer;
        });

    for (int i = 0; i < 6; i++) {
      nodes.pass(TwoNodes.PERIOD);
      for (Told story : stories) {
        boolean over = nodes.time.nanos() - happened > Node.BOUND.toNanos();
        line.takeReads();
        boolean behind = story.isAsBefore();
        assertThat(behind && over).as("%s", story.story()).isFalse();
        assertThat(line.takeReads()).hasSizeLessThanOrEqualTo(READS_PER_SUBJECT);
      }
      assertThat(untouched.isAsBefore()).isTrue();
    }

    line.heal();
    requireRecovery();
  }

  @Test
  @DisplayName(
      "F5: what was read before a change, and is answered only after it, serves nobody later")
  void answerUnderWay() {
    beginAll();
    List<Told> left = new ArrayList<>(stories);
    nodes.pass(Node.BOUND); // everything has to be read again
    line.disturb(
        (step, rest) -> {
          Object answer = rest.run();
          if (step.startsWith("select") && !left.isEmpty()) {
            line.heal();
            happenAll();
            nodes.there.poll();
            left.clear();
          }
          return answer;
        });

    stories.forEach(Told::isAsBefore);

    requireAllFollowed();
  }

  @Test
  @DisplayName("F2: an answer that was long under way is as old as its question")
  void answerSlow() {
    silence();
    assertSlowAnswerIsOld(Story.KEY_REVOKED, "thingward_key ");
    assertSlowAnswerIsOld(Story.SESSION_ENDED, "thingward_session ");
    assertSlowAnswerIsOld(Story.USER_SUSPENDED, "thingward_key "); // which brings the user, too
    assertSlowAnswerIsOld(Story.MEMBER_REMOVED, "thingward_membership ");
  }

  private void silence() {
    line.disturb(
        (step, rest) -> {
          if (Line.readsFeed(step)) {
            throw new SQLException("silent");
          }
          return rest.run();
        });
  }

  /* It happens after the record was read, and most of the bound before the answer comes. */
  private void assertSlowAnswerIsOld(Story story, String table) {
    Told told = story.begin(nodes);
    nodes.pass(Node.BOUND); // everything has to be read again
    line.disturb(
        (step, rest) -> {
          Object answer = rest.run();
          if (step.contains(" from " + table)) {
            silence();
            told.happen();
            nodes.pass(TwoNodes.PERIOD.multipliedBy(3));
          }
          return answer;
        });
    assertThat(told.isAsBefore()).isTrue();

    nodes.pass(TwoNodes.PERIOD.multipliedBy(2));

    assertThat(told.isAsBefore()).isFalse();
  }

  @Test
  @DisplayName("F2: an authentication goes by the clock, even if the ticker sleeps")
  void tickerAsleep() {
    List<Told> begun =
        Stream.of(
                Story.KEY_REVOKED,
                Story.ACCESS_KEY_SUSPENDED,
                Story.SESSION_ENDED,
                Story.USER_SUSPENDED,
                Story.WORKSPACE_SUSPENDED)
            .map(story -> story.begin(nodes))
            .toList();
    silence();
    begun.forEach(Told::happen);

    nodes.time.pass(Node.BOUND);
    assertThat(begun).allMatch(Told::isAsBeforeAnew);
    nodes.time.pass(Duration.ofNanos(1));
    assertThat(begun).noneMatch(Told::isAsBeforeAnew);
  }

  @Test
  @DisplayName("F2: a slow reading of the feed vouches for what was there when it began")
  void feedSlow() {
    beginAll();
    line.disturb(
        (step, rest) -> {
          Object answer = rest.run();
          if (Line.readsFeed(step)) {
            silence();
            happenAll();
            nodes.pass(TwoNodes.PERIOD.multipliedBy(3));
          }
          return answer;
        });
    nodes.there.poll();
    assertThat(stories).allMatch(Told::isAsBefore);

    nodes.pass(TwoNodes.PERIOD);

    requireAllFollowed();
  }

  @Test
  @DisplayName(
      "F4: with the database gone, all is unavailable after the bound, and nothing is denied")
  void databaseGone() throws Exception {
    beginAll();
    BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();
    watch(untouched.held(), told);
    happenAll();
    line.takeConnects();
    line.disturb(
        (step, rest) -> {
          if (step.equals(Line.RELEASE)) {
            return rest.run();
          }
          throw new SQLException("gone");
        });
    for (int i = 0; i < 3; i++) {
      nodes.pass(TwoNodes.PERIOD);
      nodes.there.poll();
      assertThat(untouched.isAsBefore()).isTrue();
      assertThat(stories).allMatch(Told::isAsBefore);
    }
    assertThat(line.takeConnects()).isEqualTo(2); // the first reading had the one that it keeps

    for (int i = 0; i < 8; i++) {
      nodes.pass(TwoNodes.PERIOD);
      nodes.there.poll();
      assertThat(line.takeConnects()).isEqualTo(1);
      stories.forEach(story -> requireUnavailable(story::isAsBefore));
      stories.forEach(story -> requireUnavailable(story::isAsBeforeAnew));
      requireUnavailable(untouched::isAsBefore);
      assertThat(line.takeConnects()).isEqualTo(2 * stories.size() + 1);
    }
    requireUnavailable(() -> nodes.there.login("ben1", Cast.PASSWORD));
    requireUnavailable(() -> nodes.there.host.users().suspend(untouched.cast().ben));
    nodes.there.scheduler.turn();
    assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo(SubjectEvent.UNVERIFIED);

    line.heal();
    requireRecovery();
    nodes.there.scheduler.turn();
    assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo(SubjectEvent.CHANGED);
  }

  @SuppressWarnings({"CheckReturnValue", "resource"}) // ends with the node
  private void watch(Subject subject, BlockingQueue<SubjectEvent> told) {
    nodes.there.thingward.watch(subject, (watched, event) -> told.add(event));
  }

  private static void requireUnavailable(Runnable call) {
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(call::run);
  }

  @Test
  @DisplayName("F4: however many ask for a record that is being read, it is read once")
  void databaseStuck_callersShareARead() throws Exception {
    nodes.pass(Node.BOUND); // everything has to be read again
    CountDownLatch release = new CountDownLatch(1);
    line.disturb(
        (step, rest) -> {
          if (Line.isStatement(step)) {
            await(release);
          }
          return rest.run();
        });
    line.takeReads();
    AtomicInteger allowed = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Thread caller =
          new Thread(() -> allowed.addAndGet(untouched.isAsBefore() ? 1 : 0), "caller " + i);
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      while (!WAITING.contains(caller.getState())) {
        Thread.onSpinWait();
      }
    }
    assertThat(line.takeReads()).hasSize(1);
    release.countDown();
    for (Thread caller : callers) {
      caller.join(Duration.ofMinutes(1).toMillis());
    }

    assertThat(allowed).hasValue(50);
    assertThat(line.takeReads()).hasSize(READS_PER_SUBJECT - 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
