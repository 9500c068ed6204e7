package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.Subject;
import io.thingward.authentication.PresentedCredential;
import io.thingward.databases.Databases;
import io.thingward.management.RoleChanges;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** F7: what an authentication and a check ask the database, statement by statement. */
@ParameterizedClass(name = "{0}")
@EnumSource
class StatementsTest {
  @Parameter Databases database;
  private TwoNodes nodes;
  private Cast cast;

  @BeforeEach
  void open() {
    nodes = new TwoNodes(database);
    cast = nodes.cast();
    nodes.there.poll();
    nodes.there.line.takeReads();
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  /* What a node asks that knows nothing, for the authentication and for a first check; then nothing. */
  private void requireReads(
      PresentedCredential presented, Predicate<Subject> check, int toAuthenticate, int toCheck) {
    Subject held = nodes.there.authenticate(presented).orElseThrow();
    assertThat(nodes.there.line.takeReads()).hasSize(toAuthenticate);
    assertThat(check.test(held)).isTrue();
    assertThat(nodes.there.line.takeReads()).hasSize(toCheck);
    for (int i = 0; i < 10; i++) {
      assertThat(check.test(held)).isTrue();
      assertThat(check.test(nodes.there.authenticate(presented).orElseThrow())).isTrue();
    }
    assertThat(nodes.there.line.takeReads()).isEmpty();
  }

  @Test
  @DisplayName("F7: an API key is one statement, what its user may in a workspace another")
  void apiKey() {
    requireReads(cast.asBen(), ben -> ben.isAllowed(Cast.VIEW, cast.device), 1, 1);
  }

  @Test
  @DisplayName("F7: a session is one statement, what its user may in a workspace another")
  void session() {
    requireReads(cast.inBensSession(), ben -> ben.isAllowed(Cast.RULES, cast.acme), 1, 1);
  }

  @Test
  @DisplayName("F7: the key of an API user is two, since its workspace decides, too; a check none")
  void apiUser() {
    requireReads(cast.asRobot(), robot -> robot.isAllowed(Cast.RULES, cast.acme), 2, 0);
  }

  @Test
  @DisplayName("F7: a device with an access key is one statement; a check none")
  void device() {
    requireReads(cast.asDevice(), device -> device.isAllowed(Cast.RECORD, cast.device), 1, 0);
  }

  @Test
  @DisplayName("F7: a changed role is one statement, however many members have it")
  void changedRole() {
    Subject ben = nodes.there.authenticate(cast.asBen()).orElseThrow();
    Subject robot = nodes.there.authenticate(cast.asRobot()).orElseThrow();
    for (Subject member : List.of(ben, robot)) {
      assertThat(member.isAllowed(Cast.RULES, cast.acme)).isTrue();
    }
    nodes
        .here
        .host
        .roles(cast.acme)
        .change(cast.crew, RoleChanges.builder().withdraw(Cast.RULES).build());
    nodes.there.poll();
    nodes.there.line.takeReads();

    for (Subject member : List.of(ben, robot)) {
      assertThat(member.isAllowed(Cast.RULES, cast.acme)).isFalse();
    }

    assertThat(nodes.there.line.takeReads()).hasSize(1);
  }
}
