package io.thingward.management;

import io.thingward.access.Device;
import io.thingward.internal.rights.Holdings;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.Grant;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.permission.Catalog;
import io.thingward.permission.DevicePermission;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/*
 * What gives which right in a membership. Asked once per withdrawal, of which a call may have
 * thousands, so that the sources of a device permission are found by the ids they name; those that
 * name a tag may reach any device.
 */
final class Sources {
  private final boolean owner;
  private final Map<String, List<ChangeSet.Source>> workspace = new HashMap<>();
  private final Map<String, Reaching> devices = new HashMap<>();
  private final Map<RoleId, List<ChangeSet.Source>> roles = new HashMap<>();

  /* The sources of one device permission. */
  private static final class Reaching {
    private final List<ChangeSet.Source> all = new ArrayList<>();
    private final List<ChangeSet.Source> byTag = new ArrayList<>();
    private final Map<DeviceId, List<ChangeSet.Source>> byId = new HashMap<>();

    void add(DeviceScope scope, ChangeSet.Source source) {
      if (scope.isAll()) {
        all.add(source);
      }
      scope
          .selector()
          .ifPresent(
              selector -> {
                if (!selector.tags().isEmpty()) {
                  byTag.add(source);
                } else {
                  selector
                      .ids()
                      .forEach(id -> byId.computeIfAbsent(id, i -> new ArrayList<>()).add(source));
                }
              });
    }

    Stream<ChangeSet.Source> on(Device device) {
      Stream<ChangeSet.Source> named = byId.getOrDefault(device.id(), List.of()).stream();
      Stream<ChangeSet.Source> tagged = byTag.stream().filter(s -> matches(s, device));
      return Stream.of(all.stream(), named, tagged).flatMap(s -> s);
    }

    private static boolean matches(ChangeSet.Source source, Device device) {
      DeviceScope scope = source.scope().orElse(DeviceScope.none());
      return DeviceSet.of(scope).matches(device.id(), device.tags());
    }

    Stream<ChangeSet.Source> of(DeviceScope scope) {
      Optional<DeviceSelector> ids = scope.selector().filter(s -> s.tags().isEmpty());
      Stream<ChangeSet.Source> named =
          ids.isPresent()
              ? ids.get().ids().stream().flatMap(id -> byId.getOrDefault(id, List.of()).stream())
              : byId.values().stream().flatMap(Collection::stream);
      return Stream.of(all.stream(), named, byTag.stream()).flatMap(s -> s);
    }
  }

  private Sources(boolean owner) {
    this.owner = owner;
  }

  /* Of what these changes take away. */
  static Sources of(Memberships.Part part, ChangeSet changes, Catalog catalog) {
    Sources sources = new Sources(part.owner());
    Set<String> wanted = new HashSet<>();
    for (ChangeSet.Change change : changes.changes()) {
      if (!change.gives()) {
        if (change instanceof ChangeSet.OfPermission of) {
          wanted.add(of.permission());
        } else if (change instanceof ChangeSet.OfGrant of) {
          wanted.add(of.permission());
        } else if (change instanceof ChangeSet.OfRole of) {
          sources.roles.put(of.role(), new ArrayList<>());
        }
      }
    }
    if (!wanted.isEmpty() || !sources.roles.isEmpty()) {
      part.present().ifPresent(member -> sources.collect(member, part.roles(), catalog, wanted));
    }
    return sources;
  }

  /* All that gives a permission on a device, in one order whatever that of the records is. */
  static List<ChangeSet.Source> of(
      Memberships.Part part, DevicePermission permission, Device device, Catalog catalog) {
    Sources sources = new Sources(part.owner());
    Set<String> wanted = Set.of(permission.name());
    part.present().ifPresent(member -> sources.collect(member, part.roles(), catalog, wanted));
    Stream<ChangeSet.Source> given =
        Optional.ofNullable(sources.devices.get(permission.name())).stream()
            .flatMap(reaching -> reaching.on(device))
            .distinct()
            .map(source -> Map.entry(source, source.toString())) // long ones, made once
            .sorted(
                Comparator.comparing(
                        (Map.Entry<ChangeSet.Source, String> entry) -> entry.getKey().kind())
                    .thenComparing(Map.Entry::getValue))
            .map(Map.Entry::getKey);
    Stream<ChangeSet.Source> owned =
        part.owner() ? Stream.of(ChangeSet.Source.ofOwnership()) : Stream.empty();
    return Stream.concat(owned, given).limit(ChangeSet.Outcome.SOURCES).toList();
  }

  private void collect(
      MembershipRecord member, Map<RoleId, RoleRecord> named, Catalog catalog, Set<String> wanted) {
    for (String name : member.permissions()) {
      add(catalog.closeWorkspace(List.of(name)), wanted, ChangeSet.Source.ofPermission(name));
    }
    for (RoleAssignment assignment : member.roles()) {
      Optional<RoleRecord> role =
          Optional.ofNullable(named.get(assignment.role()))
              .filter(r -> Holdings.isUsable(r, member.id().workspace()));
      role.ifPresent(r -> collect(r, assignment, catalog, wanted));
    }
    for (Grant grant : member.grants()) {
      for (String name : grant.permissions()) {
        add(
            catalog.closeDevice(List.of(name)),
            wanted,
            grant.scope(),
            ChangeSet.Source.ofGrant(grant.scope(), name));
      }
    }
  }

  private void collect(
      RoleRecord role, RoleAssignment assignment, Catalog catalog, Set<String> wanted) {
    RoleId id = role.id();
    DeviceScope assigned = assignment.scope();
    if (roles.containsKey(id)) {
      Objects.requireNonNull(roles.get(id))
          .add(ChangeSet.Source.ofRole(id, Optional.of(assigned), Optional.empty()));
    }
    for (String name : role.permissions()) {
      add(
          catalog.closeWorkspace(List.of(name)),
          wanted,
          ChangeSet.Source.ofRole(id, Optional.empty(), Optional.of(name)));
    }
    for (String name : role.onAllDevices()) {
      add(
          catalog.closeDevice(List.of(name)),
          wanted,
          DeviceScope.all(),
          ChangeSet.Source.ofRole(id, Optional.of(DeviceScope.all()), Optional.of(name)));
    }
    for (String name : role.onAssignedDevices()) {
      add(
          catalog.closeDevice(List.of(name)),
          wanted,
          assigned,
          ChangeSet.Source.ofRole(id, Optional.of(assigned), Optional.of(name)));
    }
  }

  private void add(Set<String> given, Set<String> wanted, ChangeSet.Source source) {
    for (String name : given) {
      if (wanted.contains(name)) {
        workspace.computeIfAbsent(name, n -> new ArrayList<>()).add(source);
      }
    }
  }

  private void add(
      Set<String> given, Set<String> wanted, DeviceScope scope, ChangeSet.Source source) {
    for (String name : given) {
      if (wanted.contains(name)) {
        devices.computeIfAbsent(name, n -> new Reaching()).add(scope, source);
      }
    }
  }

  /* The outcome of each change, given whether it changed anything. */
  List<ChangeSet.Outcome> outcomes(ChangeSet changes, List<Boolean> applied) {
    List<ChangeSet.Outcome> outcomes = new ArrayList<>(applied.size());
    for (int i = 0; i < applied.size(); i++) {
      ChangeSet.Change change = changes.changes().get(i);
      outcomes.add(new ChangeSet.Outcome(change, applied.get(i), still(change)));
    }
    return List.copyOf(outcomes);
  }

  private List<ChangeSet.Source> still(ChangeSet.Change change) {
    if (change.gives()) {
      return List.of();
    }
    Set<ChangeSet.Source> still = new LinkedHashSet<>();
    if (owner) {
      still.add(ChangeSet.Source.ofOwnership());
    }
    sourcesOf(change).limit(ChangeSet.Outcome.SOURCES - still.size()).forEach(still::add);
    return List.copyOf(still);
  }

  private Stream<ChangeSet.Source> sourcesOf(ChangeSet.Change change) {
    if (change instanceof ChangeSet.OfPermission of) {
      return workspace.getOrDefault(of.permission(), List.of()).stream();
    }
    if (change instanceof ChangeSet.OfGrant of) {
      return Optional.ofNullable(devices.get(of.permission())).stream()
          .flatMap(reaching -> reaching.of(of.scope()));
    }
    return roles.getOrDefault(((ChangeSet.OfRole) change).role(), List.of()).stream();
  }
}
