package io.thingward.management;

import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.access.Device;
import io.thingward.access.Subject;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.testing.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChangeSetPropertyTest {
  private static final List<DevicePermission> PERMISSIONS = List.of(VIEW, RECORD, EDIT);
  private static final List<DeviceScope> SCOPES =
      List.of(
          DeviceScope.all(),
          DeviceScope.anyOf("t1"),
          DeviceScope.anyOf("t1", "t2"),
          DeviceScope.anyOf("site=paris"),
          DeviceScope.anyOf("t3", "site=*"),
          DeviceScope.anyOf("*=paris"));

  private int cases;

  /* A device permission on a scope. */
  private record Given(DeviceScope scope, DevicePermission permission) {
    ChangeSet allow() {
      return ChangeSet.builder().allow(scope, permission).build();
    }

    ChangeSet withdraw() {
      return ChangeSet.builder().withdraw(scope, permission).build();
    }

    boolean gives(DevicePermission wanted, Device device) {
      return (permission.equals(wanted) || permission.implied().contains(wanted))
          && (scope.isAll()
              || scope.selector().filter(s -> s.matches(device.id(), device.tags())).isPresent());
    }
  }

  @Test
  @DisplayName("R4: rights are the union of what was given, in whatever order and grouping")
  void union_isOfWhatWasGiven() {
    try (Platform platform = new Platform()) {
      PrincipalId root = platform.user("root");
      qt().withExamples(300)
          .withShrinkCycles(0) // a smaller seed is no simpler
          .forAll(longs().all())
          .checkAssert(seed -> check(platform, root, new Random(seed)));
    }
  }

  private void check(Platform platform, PrincipalId root, Random random) {
    int number = cases++;
    WorkspaceId workspace = platform.workspace("w" + number, root);
    Members members = platform.host.members(workspace);
    PrincipalId oneByOne = platform.user("a" + number);
    PrincipalId shuffled = platform.user("b" + number);
    PrincipalId atOnce = platform.user("c" + number);
    List<Given> given = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      given.add(
          new Given(
              SCOPES.get(random.nextInt(SCOPES.size())),
              PERMISSIONS.get(random.nextInt(PERMISSIONS.size()))));
    }
    members.add(oneByOne, ChangeSet.none());
    members.add(shuffled, ChangeSet.none());
    given.forEach(g -> members.change(oneByOne, g.allow()));
    List<Given> other = new ArrayList<>(given);
    Collections.shuffle(other, random);
    other.forEach(g -> members.change(shuffled, g.allow()));
    ChangeSet.Builder all = ChangeSet.builder();
    given.forEach(g -> all.allow(g.scope, g.permission));
    Member together = members.add(atOnce, all.build());

    assertThat(members.get(oneByOne).grants()).isEqualTo(together.grants());
    assertThat(members.get(shuffled).grants()).isEqualTo(together.grants());
    Subject subject = platform.by(atOnce);
    List<Device> devices = devices(workspace);
    Set<Given> left = new HashSet<>(given);
    agree(subject, devices, left);

    // taken away one by one: what a device still has, an outcome named a source for
    for (Given taken : other) {
      ChangeSet.Outcome outcome = members.change(atOnce, taken.withdraw()).outcomes().get(0);
      assertThat(outcome.applied()).isEqualTo(left.remove(taken));
      agree(subject, devices, left);
      boolean still =
          devices.stream()
              .filter(device -> taken.gives(taken.permission, device))
              .anyMatch(device -> subject.isAllowed(taken.permission, device));
      if (still) {
        assertThat(outcome.still()).as("%s, left %s", taken, left).isNotEmpty();
      }
      assertThat(left)
          .as("each named source gives it")
          .extracting(Given::scope)
          .containsAll(outcome.still().stream().map(s -> s.scope().orElseThrow()).toList());
    }
    assertThat(members.get(atOnce).grants()).isEmpty();
  }

  private static void agree(Subject subject, List<Device> devices, Set<Given> given) {
    for (Device device : devices) {
      for (DevicePermission permission : PERMISSIONS) {
        assertThat(subject.isAllowed(permission, device))
            .isEqualTo(given.stream().anyMatch(g -> g.gives(permission, device)));
      }
    }
  }

  private static List<Device> devices(WorkspaceId workspace) {
    return List.of(
        Device.of(workspace, "t1"),
        Device.of(workspace, "t2").tagged("site", "paris"),
        Device.of(workspace, "t3").tagged("home", "paris"),
        Device.of(workspace, "t4").tagged("site", "rome"),
        Device.of(workspace, "t5"));
  }
}
