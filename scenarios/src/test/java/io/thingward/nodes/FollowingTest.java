package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.databases.Databases;
import io.thingward.nodes.Story.Told;
import java.sql.SQLException;
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
import org.junit.jupiter.params.provider.EnumSource;

/** What is done on one node, the other follows. */
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(Lifecycle.PER_CLASS)
class FollowingTest {
  @Parameter Databases database;
  private TwoNodes nodes;

  @BeforeParameterizedClassInvocation
  void open() {
    nodes = new TwoNodes(database);
  }

  @AfterEach
  void heal() {
    nodes.there.line.heal();
    nodes.there.poll();
  }

  @AfterParameterizedClassInvocation
  void close() {
    nodes.close();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F2: held subjects and fresh authentications follow once the feed was read")
  void change_afterOnePoll_isFollowed(Story story) {
    Told told = story.begin(nodes);
    assertThat(told.isAsBefore()).isTrue();

    told.happen();
    nodes.there.poll();

    assertThat(told.isAsBefore()).isFalse();
    assertThat(told.isAsBeforeAnew()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F2: with the feed silent they follow as soon as the bound is over")
  void change_withTheFeedSilent_isFollowedWithinTheBound(Story story) {
    Told told = story.begin(nodes);
    assertThat(told.isAsBefore()).isTrue();
    nodes.there.line.disturb(
        (step, rest) -> {
          if (Line.readsFeed(step)) {
            throw new SQLException("silent");
          }
          return rest.run();
        });

    told.happen();
    nodes.there.poll();
    nodes.pass(Node.BOUND);

    assertThat(told.isAsBefore()).isFalse();
    assertThat(told.isAsBeforeAnew()).isFalse();
  }

  @Test
  @DisplayName("F2: while the feed answers, held subjects and authentications read nothing")
  void nothingChanged_readsNothing() {
    Told told = Story.KEY_REVOKED.begin(nodes);
    assertThat(told.isAsBefore()).isTrue();
    nodes.there.line.takeReads();

    for (int i = 0; i < 40; i++) {
      nodes.pass(TwoNodes.PERIOD);
      nodes.there.poll();
      assertThat(told.isAsBefore()).isTrue();
      assertThat(told.isAsBeforeAnew()).isTrue();
    }

    assertThat(nodes.there.line.takeReads()).isEmpty();
  }
}
