package io.thingward.internal.rights;

import static io.thingward.testing.Platform.BILLING;
import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.DeviceReach;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.Limits;
import io.thingward.model.TagEntry;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Catalog;
import io.thingward.permission.DevicePermission;
import io.thingward.testing.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What compiled rights cover, and what devices may do: against every device of small worlds. */
class CoverageTest {
  private static final WorkspaceId ACME = WorkspaceId.of("acme");
  private static final Positions POSITIONS = new Positions(Catalog.of(Platform.permissions()));
  private static final List<String> TEXTS = List.of("a", "b", "c");

  private static DeviceScope scope(Random random) {
    if (random.nextInt(8) == 0) {
      return DeviceScope.all();
    }
    DeviceSelector.Builder selector = DeviceSelector.builder();
    for (int terms = 1 + random.nextInt(3); terms > 0; terms--) {
      String text = TEXTS.get(random.nextInt(TEXTS.size()));
      String other = TEXTS.get(random.nextInt(TEXTS.size()));
      switch (random.nextInt(4)) {
        case 0 -> selector.id(DeviceId.of(text));
        case 1 -> selector.tag(TagEntry.of(text, other));
        case 2 -> selector.tag(TagEntry.anyValue(text));
        default -> selector.tag(TagEntry.anyKey(text));
      }
    }
    return DeviceScope.of(selector.build());
  }

  private static List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    for (String id : List.of("a", "b", "z")) {
      Device plain = Device.of(ACME, id);
      devices.add(plain);
      for (String key : TEXTS) {
        for (String value : TEXTS) {
          devices.add(plain.tagged(key, value));
          devices.add(plain.tagged(key, value).tagged("c", "a"));
        }
      }
    }
    return devices;
  }

  private static boolean isIn(DeviceScope scope, Device device) {
    return scope.isAll()
        || scope.selector().map(s -> s.matches(device.id(), device.tags())).orElse(false);
  }

  @Test
  @DisplayName("R21 what is covered is held on every device that it could reach")
  void covers_isSound() {
    qt().withExamples(2_000)
        .forAll(longs().all())
        .checkAssert(
            seed -> {
              Random random = new Random(seed);
              HeldRights held =
                  HeldRights.of(
                      new Holdings(
                          Set.of(),
                          Map.of(
                              scope(random), Set.of(RECORD.name()),
                              DeviceScope.anyOf("z"), Set.of(VIEW.name()))),
                      POSITIONS);
              DeviceScope given = scope(random);
              if (held.covers(Holdings.of(given, Set.of(RECORD.name())), POSITIONS)) {
                assertThat(devices())
                    .filteredOn(device -> isIn(given, device))
                    .allMatch(device -> held.has(POSITIONS.of(RECORD), device))
                    .allMatch(device -> held.has(POSITIONS.of(VIEW), device));
              }
            });
  }

  @Test
  @DisplayName(
      "R21 coverage is symbolic: an id by itself or all, an entry by itself or a wider one")
  void covers_byEntry() {
    HeldRights held =
        HeldRights.of(
            new Holdings(
                Set.of(RULES.name()),
                Map.of(
                    DeviceScope.anyOf("t1", "site=paris", "floor=*", "*=cold"),
                    Set.of(VIEW.name()))),
            POSITIONS);
    for (String covered :
        List.of("t1", "site=paris", "floor=*", "floor=2", "*=cold", "zone=cold", "site=cold")) {
      assertThat(
              held.covers(Holdings.of(DeviceScope.anyOf(covered), Set.of(VIEW.name())), POSITIONS))
          .as(covered)
          .isTrue();
    }
    for (String beyond :
        List.of("t2", "site=oslo", "site=*", "*=paris", "zone=2", "zone=*", "*=2")) {
      assertThat(
              held.covers(Holdings.of(DeviceScope.anyOf(beyond), Set.of(VIEW.name())), POSITIONS))
          .as(beyond)
          .isFalse();
    }
    assertThat(held.covers(Holdings.of(DeviceScope.all(), Set.of(VIEW.name())), POSITIONS))
        .isFalse();
    assertThat(held.covers(Holdings.of(DeviceScope.anyOf("t1"), Set.of(EDIT.name())), POSITIONS))
        .isFalse();
    assertThat(held.covers(new Holdings(Set.of(RULES.name()), Map.of()), POSITIONS)).isTrue();
  }

  @Test
  @DisplayName("R21 a name outside the catalog is covered by an unrestricted owner only")
  void covers_unknownName() {
    HeldRights everyKnownRight =
        HeldRights.of(
            Holdings.builder()
                .add(BILLING.name())
                .add(RULES.name())
                .add(DeviceScope.all(), Set.of(VIEW.name(), RECORD.name(), EDIT.name()))
                .build(),
            POSITIONS);
    HeldRights owner = HeldRights.ofOwner(POSITIONS);
    for (Holdings unknown :
        List.of(
            new Holdings(Set.of("of.tomorrow"), Map.of()),
            Holdings.of(DeviceScope.anyOf("t1"), Set.of(VIEW.name(), "of.tomorrow")))) {
      assertThat(owner.covers(unknown, POSITIONS)).isTrue();
      assertThat(everyKnownRight.covers(unknown, POSITIONS)).isFalse();
      assertThat(new NarrowedRights(owner, everyKnownRight).covers(unknown, POSITIONS)).isFalse();
    }
  }

  @Test
  @DisplayName("R5 a name outside the catalog grants nothing, and harms nothing beside it")
  void unknownName_grantsNothing() {
    HeldRights held =
        HeldRights.of(
            Holdings.builder()
                .add("of.tomorrow")
                .add(DeviceScope.all(), Set.of("of.tomorrow"))
                .add(DeviceScope.anyOf("t1"), Set.of("of.tomorrow", VIEW.name()))
                .build(),
            POSITIONS);
    for (DevicePermission permission : List.of(VIEW, RECORD, EDIT)) {
      DeviceSet expected =
          permission.equals(VIEW) ? DeviceSet.of(DeviceScope.anyOf("t1")) : DeviceSet.nothing();
      assertThat(held.reach(POSITIONS.of(permission))).isEqualTo(expected);
      assertThat(held.has(POSITIONS.of(permission), Device.of(ACME, "t2"))).isFalse();
    }
    assertThat(POSITIONS.catalog().workspacePermissions())
        .noneMatch(permission -> held.has(POSITIONS.of(permission)));
  }

  @Test
  @DisplayName("However many permissions there are, each is held exactly where it was granted")
  void manyPermissions_areNeverMixedUp() {
    List<DevicePermission> many =
        IntStream.range(0, Limits.PERMISSIONS)
            .mapToObj(i -> DevicePermission.of("p" + i, ""))
            .toList();
    Positions positions = new Positions(Catalog.of(many));
    Holdings.Builder holdings = Holdings.builder();
    many.forEach(p -> holdings.add(DeviceScope.anyOf(p.name()), Set.of(p.name())));
    HeldRights held = HeldRights.of(holdings.build(), positions);
    for (DevicePermission permission : many) {
      assertThat(held.reach(positions.of(permission)))
          .isEqualTo(DeviceSet.of(DeviceScope.anyOf(permission.name())));
    }
  }

  @Test
  @DisplayName("R15 R25 a device may do what the rules say, and its filter agrees on every device")
  void deviceRights_agreeWithRules() {
    DeviceReach reach = DeviceReach.self(RECORD).peers(VIEW);
    qt().withExamples(500)
        .forAll(longs().all())
        .checkAssert(
            seed -> {
              Random random = new Random(seed);
              DeviceScope scope = scope(random);
              DeviceId itself = DeviceId.of(TEXTS.get(random.nextInt(2)));
              DeviceRights rights = DeviceRights.of(reach, itself, ACME, scope, POSITIONS);
              for (Device device : devices()) {
                boolean peer = isIn(scope, device);
                boolean self = peer && device.id().equals(itself);
                check(rights, POSITIONS.of(VIEW), device, peer);
                check(rights, POSITIONS.of(RECORD), device, self);
                check(rights, POSITIONS.of(EDIT), device, false);
              }
              Device elsewhere = Device.of(WorkspaceId.of("other"), itself.value());
              assertThat(rights.has(POSITIONS.of(VIEW), elsewhere)).isFalse();
              assertThat(rights.isUnlimited()).isFalse();
              assertThat(rights.covers(Holdings.of(scope, Set.of(VIEW.name())), POSITIONS))
                  .isFalse();
            });
  }

  private static void check(DeviceRights rights, int permission, Device device, boolean expected) {
    assertThat(rights.has(permission, device)).isEqualTo(expected);
    assertThat(DeviceFilter.of(ACME, rights.reach(permission)).test(device)).isEqualTo(expected);
    assertThat(rights.reach(permission).matches(device.id(), device.tags())).isEqualTo(expected);
  }
}
