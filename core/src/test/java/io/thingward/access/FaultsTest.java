package io.thingward.access;

import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.credential.Issued;
import io.thingward.error.UnavailableException;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.Management;
import io.thingward.management.NewAccessKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.PageRequest;
import io.thingward.testing.Faults;
import io.thingward.testing.Faults.Strike;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A34: every call to a store, one at a time, fails in every way there is. The answer is then
 * "unavailable", whatever was asked: never yes, and never no either.
 */
class FaultsTest {
  /** Something that a host asks of the library; answers whether it was allowed or done. */
  private interface Question {
    boolean ask(World world);
  }

  /** A platform with one of everything. */
  private static final class World implements AutoCloseable {
    final Platform platform = new Platform();
    final PrincipalId ann = platform.user("ann");
    final PrincipalId ben = platform.user("ben");
    final WorkspaceId acme = platform.workspace("acme", ann);
    final Device device = platform.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
    final Issued<AccessKey> paris =
        platform.host.accessKeys(acme).create("Paris", DeviceScope.all());
    final Issued<ApiKey> key = platform.host.apiKeys(ben).create(NewApiKey.of("key"));
    final Subject held;
    final Management byBen;

    World() {
      platform.member(
          acme,
          ben,
          Set.of(RULES.name(), ManagementPermissions.ACCESS_KEYS_EDIT.name()),
          Set.of(),
          grant(DeviceScope.all(), Platform.RECORD));
      held = platform.authenticate(key.secret()).orElseThrow();
      byBen = platform.thingward.as(held);
      // everything is asked anew
      platform.time.pass(Duration.ofMinutes(1), platform.thingward);
      platform.stores.takeCalls();
    }

    @Override
    public void close() {
      platform.close();
    }
  }

  private static final Map<String, Question> QUESTIONS =
      Map.of(
          "authenticate an API key",
          world -> world.platform.authenticate(world.key.secret()).toOptional().isPresent(),
          "authenticate a device",
          world -> world.platform.connect(world.paris, world.device).toOptional().isPresent(),
          "check on a device",
          world -> world.held.isAllowed(VIEW, world.device),
          "decide in a workspace",
          world -> world.held.decide(RULES, world.acme).allowed(),
          "filter devices",
          world -> !world.held.devices(VIEW, world.acme).set().isNothing(),
          "list workspaces",
          world -> !world.held.workspaces(PageRequest.first(10)).items().isEmpty(),
          "suspend a key",
          world -> world.byBen.accessKeys(world.acme).suspend(world.paris.id()).suspended(),
          "rotate a key",
          world ->
              world
                      .byBen
                      .accessKeys(world.acme)
                      .rotate(world.paris.id(), Duration.ZERO)
                      .value()
                      .secrets()
                  == 1,
          "create keys",
          world ->
              world
                  .byBen
                  .accessKeys(world.acme)
                  .createAll(List.of(NewAccessKey.of("a", DeviceScope.all())))
                  .get(0)
                  .result()
                  .isPresent());

  @TestFactory
  Stream<DynamicNode> everyCall_failing_isUnavailable() {
    return QUESTIONS.entrySet().stream()
        .map(
            question ->
                DynamicContainer.dynamicContainer(question.getKey(), tests(question.getValue())));
  }

  private static Stream<DynamicNode> tests(Question question) {
    List<String> calls;
    try (World world = new World()) {
      calls = Faults.calls(world.platform, () -> assertThat(question.ask(world)).isTrue());
    }
    assertThat(calls).isNotEmpty();
    return Faults.sweep(calls, strike -> check(question, strike));
  }

  private static void check(Question question, Strike strike) {
    try (World world = new World()) {
      BooleanSupplier struck = strike.begin(world.platform);
      try {
        boolean answer = question.ask(world);
        // a write is read again, and found by its own change id; last uses only decorate
        boolean recovers = Faults.isWrite(strike.call()) || Faults.isOfUses(strike.call());
        assertThat(recovers && answer).as("answered %s", answer).isTrue();
      } catch (UnavailableException unavailable) {
        assertThat(unavailable).hasMessageNotContaining("broken");
      }
      assertThat(struck.getAsBoolean()).isTrue();
      world.platform.stores.calm();
      // and nothing is broken for good
      assertThat(world.held.isAllowed(VIEW, world.device)).isTrue();
    }
  }

  @Test
  @DisplayName("R26 a directory that answers null or another device admits nobody")
  void directory_nonsense_isUnavailable() {
    try (World world = new World()) {
      Device other = Device.of(world.acme, "t2");
      world.platform.fleet.answer((workspace, id) -> null);
      assertThatThrownBy(() -> world.platform.connect(world.paris, world.device))
          .isInstanceOf(UnavailableException.class);
      world.platform.fleet.answer((workspace, id) -> Optional.of(other));
      assertThatThrownBy(() -> world.platform.connect(world.paris, world.device))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  @DisplayName("R27 a listener that throws changes no outcome")
  void auditListener_throwing_changesNothing() {
    try (Platform platform = new Platform()) {
      PrincipalId ann = platform.user("ann");
      WorkspaceId acme = platform.workspace("acme", ann);
      platform.audit.fail(new IllegalStateException("log is full"));
      assertThat(platform.host.accessKeys(acme).create("key", DeviceScope.all()).id()).isNotNull();
      assertThat(platform.by(ann).isAllowed(RULES, acme)).isTrue();
    }
  }
}
