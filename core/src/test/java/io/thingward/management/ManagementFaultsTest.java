package io.thingward.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.error.NotPermittedException;
import io.thingward.error.ThingwardException;
import io.thingward.error.UnavailableException;
import io.thingward.internal.management.Operation;
import io.thingward.model.Username;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.testing.Faults;
import io.thingward.testing.Faults.Strike;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A34, R23, R27: every call to a store that any operation of management makes, one at a time, goes
 * wrong in every way there is. The operation is then done all the same, or unavailable; nobody
 * gains what the whole operation would not have given; the exception and the audit say whether
 * anything may have changed; and the same call, made again, arrives where it was meant to.
 */
class ManagementFaultsTest {
  private static final Set<Class<?>> GROUPS =
      Set.of(
          AccessKeys.class,
          ApiKeys.class,
          ApiUsers.class,
          Management.class,
          Members.class,
          Roles.class,
          Sessions.class,
          Users.class,
          WhoCan.class,
          Workspaces.class);

  /* A call that nothing disturbs. */
  private record Undisturbed(
      List<String> calls,
      Set<Method> methods,
      String answer,
      String answerWithoutUses,
      List<String> told,
      List<String> before,
      List<String> after,
      Set<String> rightsBefore,
      Set<String> rightsAfter) {

    static Undisturbed of(ManagementCall call) {
      try (ManagementWorld world = world(call)) {
        List<String> before = world.texts();
        Set<String> rightsBefore = world.rights();
        world.refresh();
        Object[] answer = new Object[1];
        Set<Method> methods = new HashSet<>();
        List<String> calls =
            Faults.calls(world.platform, () -> answer[0] = call.run(world), () -> note(methods));
        List<String> told = kinds(ManagementFaultsTest.told(world));
        return new Undisturbed(
            calls,
            methods,
            world.text(answer[0], true),
            world.text(answer[0], false),
            told,
            before,
            world.texts(),
            rightsBefore,
            world.rights());
      }
    }

    /* The methods of management that somebody is in. */
    private static void note(Set<Method> methods) {
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
          .forEach(
              frame -> {
                if (GROUPS.contains(frame.getDeclaringClass())) {
                  methods.addAll(
                      Arrays.stream(frame.getDeclaringClass().getDeclaredMethods())
                          .filter(method -> method.getName().equals(frame.getMethodName()))
                          .filter(
                              method ->
                                  List.of(method.getParameterTypes())
                                      .equals(frame.getMethodType().parameterList()))
                          .toList());
                }
              });
    }

    /* What may be left behind by a call that was cut short: part of what it creates. */
    Set<String> created() {
      return without(after, before);
    }
  }

  /* What is more often in the first than in the second. */
  private static Set<String> without(List<String> first, List<String> second) {
    List<String> rest = new ArrayList<>(first);
    second.forEach(rest::remove);
    return Set.copyOf(rest);
  }

  private static ManagementWorld world(ManagementCall call) {
    ManagementWorld world = new ManagementWorld();
    call.given().accept(world);
    world.refresh();
    world.people.settle();
    Set<Object> known = world.dump();
    assertThat(known).isNotEmpty();
    return world;
  }

  /* The changes that the audit was told of. */
  private static List<AuditEvent.Change> told(ManagementWorld world) {
    return world.platform.audit.take().stream()
        .filter(AuditEvent.Change.class::isInstance)
        .map(AuditEvent.Change.class::cast)
        .toList();
  }

  /* What an event says beside what went wrong. */
  private static Set<String> names(AuditEvent.Change event) {
    Set<String> names = new HashSet<>(event.details().keySet());
    names.removeAll(Set.of("refusal", "message"));
    names.addAll(event.targets());
    return names;
  }

  private static List<String> kinds(List<AuditEvent.Change> told) {
    return told.stream().map(event -> event.kind() + " " + event.operation()).toList();
  }

  private static Stream<DynamicContainer> byOperation(Sweep sweep) {
    Map<Operation, List<ManagementCall>> calls =
        ManagementCall.all().stream()
            .collect(
                Collectors.groupingBy(
                    ManagementCall::operation, LinkedHashMap::new, Collectors.toList()));
    return calls.entrySet().stream()
        .map(
            operation ->
                DynamicContainer.dynamicContainer(
                    operation.getKey().id(), operation.getValue().stream().map(sweep::of)));
  }

  /* What is tested of a call. */
  private interface Sweep {
    DynamicNode of(ManagementCall call);
  }

  @TestFactory
  @DisplayName(
      "A34, R23, R27 a store call that fails leaves less access, an honest answer, a way on")
  Stream<DynamicContainer> everyStoreCall_failing() {
    return byOperation(
        call -> {
          Undisturbed undisturbed = Undisturbed.of(call);
          assertThat(undisturbed.calls).isNotEmpty();
          return DynamicContainer.dynamicContainer(
              call.toString(),
              Faults.sweep(undisturbed.calls, strike -> strike(call, undisturbed, strike)));
        });
  }

  private static void strike(ManagementCall call, Undisturbed undisturbed, Strike strike) {
    try (ManagementWorld world = world(call)) {
      Set<Object> before = world.dump();
      Object answer = null;
      Optional<UnavailableException> failure = Optional.empty();
      BooleanSupplier struck = strike.begin(world.platform);
      try {
        answer = call.run(world);
      } catch (UnavailableException unavailable) {
        failure = Optional.of(unavailable);
      }
      assertThat(struck.getAsBoolean()).isTrue();
      world.platform.stores.calm();
      List<AuditEvent.Change> told = told(world);
      if (failure.isPresent()) {
        boolean changed = !world.dump().equals(before);
        isHonest(failure.get(), changed, strike.writesUpTo(undisturbed.calls), told);
        AuditKind kind =
            failure.get().isOutcomeUnknown() ? AuditKind.UNKNOWN : AuditKind.NOT_CHANGED;
        assertThat(kinds(told)).containsExactly(kind + " " + call.operation().id());
        if (changed && !Faults.isWrite(strike.call())) {
          assertThat(names(told.get(0))).as("R23: what was done is reported").isNotEmpty();
        }
        givesNothingElse(world, undisturbed);
        isWhole(world);
        arrivesWhenMadeAgain(call, undisturbed, world, changed);
      } else {
        boolean uses = !strike.fault().isLasting() && !Faults.isOfUses(strike.call());
        assertThat(world.text(Objects.requireNonNull(answer), uses))
            .isEqualTo(uses ? undisturbed.answer : undisturbed.answerWithoutUses);
        assertThat(kinds(told)).isEqualTo(undisturbed.told);
        assertThat(world.texts()).isEqualTo(undisturbed.after);
        givesNothingElse(world, undisturbed);
      }
    }
  }

  /* What is said is so: where nothing changed, and where something did or may have. */
  private static void isHonest(
      UnavailableException failure, boolean changed, boolean tried, List<AuditEvent.Change> told) {
    assertThat(failure).hasMessageNotContaining("broken");
    if (changed) {
      assertThat(failure.isOutcomeUnknown()).as("changed something, and says so").isTrue();
    }
    if (tried) {
      assertThat(told)
          .as("R27: what may have changed is named")
          .noneMatch(e -> e.targets().isEmpty());
    } else {
      assertThat(failure.isOutcomeUnknown()).as("changed nothing, and says so").isFalse();
    }
  }

  /* Nobody has what neither the state before nor the whole operation gives; nor believes so. */
  private static void givesNothingElse(ManagementWorld world, Undisturbed undisturbed) {
    Set<String> rights = world.rights();
    Set<String> most = new HashSet<>(undisturbed.rightsBefore);
    most.addAll(undisturbed.rightsAfter);
    assertThat(most).containsAll(rights);
    world.refresh();
    assertThat(world.rights()).as("F1: what the stores say").isEqualTo(rights);
  }

  /* What holds of all records at any time. */
  private static void isWhole(ManagementWorld world) {
    Set<Object> records = world.dump();
    Set<MembershipId> members = new HashSet<>();
    Map<Username, UsernameClaim> claims = new LinkedHashMap<>();
    for (Object found : records) {
      if (found instanceof MembershipRecord membership && !membership.removed()) {
        members.add(membership.id());
      } else if (found instanceof UsernameClaim claim) {
        claims.put(claim.username(), claim);
      }
    }
    for (Object found : records) {
      if (found instanceof WorkspaceRecord workspace
          && (workspace.state() == LifecycleState.ACTIVE
              || workspace.state() == LifecycleState.SUSPENDED)) {
        assertThat(workspace.owners())
            .as("R3: an owner is also a member")
            .isNotEmpty()
            .allMatch(owner -> members.contains(new MembershipId(workspace.id(), owner)));
      } else if (found instanceof UserRecord user) {
        user.username()
            .ifPresent(
                name ->
                    assertThat(claims.get(name))
                        .as("R2: the claim on %s", name)
                        .extracting(UsernameClaim::user)
                        .isEqualTo(user.id()));
      }
    }
  }

  private static void arrivesWhenMadeAgain(
      ManagementCall call, Undisturbed undisturbed, ManagementWorld world, boolean changed) {
    Set<String> possible = new HashSet<>(undisturbed.before);
    possible.addAll(undisturbed.after);
    try {
      Object answer = call.run(world);
      if (!changed) {
        assertThat(world.text(answer, true)).isEqualTo(undisturbed.answer);
        assertThat(kinds(told(world))).isEqualTo(undisturbed.told);
      }
      List<String> after = world.texts();
      assertThat(without(undisturbed.after, after)).as("missing").isEmpty();
      Set<String> left = changed ? undisturbed.created() : Set.of();
      assertThat(left).as("nothing else is left").containsAll(without(after, undisturbed.after));
    } catch (ThingwardException refused) {
      if (!changed || !call.again().contains(refused.getClass())) {
        throw refused;
      }
      if (call.hostGoesOn() && refused instanceof NotPermittedException) {
        arrivesWhenMadeAgain(call.by(ManagementCall.By.HOST), undisturbed, world, true);
      }
      assertThat(possible).containsAll(world.texts());
    }
    isWhole(world);
  }

  @TestFactory
  @DisplayName("R27 no listener and no directory changes an outcome, whatever it throws")
  Stream<DynamicContainer> bystanders_failing() {
    Map<String, Consumer<ManagementWorld>> faults =
        Map.of(
            "the audit listener throws",
            world -> world.platform.audit.fail(new LogIsFull()),
            "the device directory throws",
            world -> world.platform.fleet.fail(new IllegalStateException("down")),
            "the device directory answers null",
            world -> world.platform.fleet.answer((workspace, id) -> null));
    return byOperation(
        call -> {
          Undisturbed undisturbed = Undisturbed.of(call);
          return DynamicContainer.dynamicContainer(
              call.toString(),
              faults.entrySet().stream()
                  .map(
                      fault ->
                          DynamicTest.dynamicTest(
                              fault.getKey(),
                              () -> bystander(call, undisturbed, fault.getValue()))));
        });
  }

  /* Without a stack trace, which would be logged for every call. */
  private static final class LogIsFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogIsFull() {
      super("log is full", null, false, false);
    }
  }

  private static void bystander(
      ManagementCall call, Undisturbed undisturbed, Consumer<ManagementWorld> fault) {
    try (ManagementWorld world = world(call)) {
      fault.accept(world);
      Object answer = call.run(world);
      world.platform.fleet.fail(null);
      world.platform.fleet.answer(null);
      assertThat(world.text(answer, true)).isEqualTo(undisturbed.answer);
      assertThat(world.texts()).isEqualTo(undisturbed.after);
    }
  }

  @Test
  @DisplayName("every operation is swept")
  void sweep_hasEveryOperation() {
    assertThat(ManagementCall.all().stream().map(ManagementCall::operation))
        .contains(Operation.values());
  }

  @Test
  @DisplayName("every public method of management is swept, each way to call it")
  void sweep_hasEveryMethod() {
    Set<Method> swept = new HashSet<>();
    ManagementCall.all().forEach(call -> swept.addAll(Undisturbed.of(call).methods));
    Set<String> forgotten = new TreeSet<>();
    for (Class<?> group : GROUPS) {
      for (Method method : group.getDeclaredMethods()) {
        boolean asks =
            Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !GROUPS.contains(method.getReturnType());
        if (asks && !swept.contains(method)) {
          forgotten.add(method.toGenericString());
        }
      }
    }
    assertThat(forgotten).isEmpty();
  }
}
