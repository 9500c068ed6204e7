package io.thingward.management;

import io.thingward.access.Device;
import io.thingward.internal.rights.Entitlement;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/*
 * What gives which right in a membership. Asked once per withdrawal, of which a call may have
 * thousands, so that the sources of a device permission are found by the ids they name; those that
 * name a tag may reach any device.
 */
final class RightSources {
  private final boolean owner;
  private final Map<String, List<RightSource>> workspace = new HashMap<>();
  private final Map<String, Reaching> devices = new HashMap<>();
  private final Map<RoleId, Set<RightSource>> roles = new HashMap<>();

  /* The sources of one device permission. */
  private static final class Reaching {
    private final List<RightSource> all = new ArrayList<>();
    private final List<RightSource> byTag = new ArrayList<>();
    private final Map<DeviceId, List<RightSource>> byId = new HashMap<>();

    void add(DeviceScope scope, RightSource source) {
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

    Stream<RightSource> on(Device device) {
      Stream<RightSource> named = byId.getOrDefault(device.id(), List.of()).stream();
      Stream<RightSource> tagged = byTag.stream().filter(s -> matches(s, device));
      return Stream.of(all.stream(), named, tagged).flatMap(s -> s);
    }

    private static boolean matches(RightSource source, Device device) {
      DeviceScope scope = source.scope().orElse(DeviceScope.none());
      return DeviceSet.of(scope).matches(device.id(), device.tags());
    }

    Stream<RightSource> of(DeviceScope scope) {
      Optional<DeviceSelector> ids = scope.selector().filter(s -> s.tags().isEmpty());
      Stream<RightSource> named =
          ids.isPresent()
              ? ids.get().ids().stream().flatMap(id -> byId.getOrDefault(id, List.of()).stream())
              : byId.values().stream().flatMap(Collection::stream);
      return Stream.of(all.stream(), named, byTag.stream()).flatMap(s -> s);
    }
  }

  private RightSources(boolean owner) {
    this.owner = owner;
  }

  /* Of what these changes take away. */
  static RightSources of(Memberships.Part part, ChangeSet changes, Catalog catalog) {
    RightSources sources = new RightSources(part.owner());
    Set<String> wanted = new HashSet<>();
    for (ChangeSet.Change change : changes.changes()) {
      if (!change.gives()) {
        if (change instanceof ChangeSet.OfPermission of) {
          wanted.add(of.permission());
        } else if (change instanceof ChangeSet.OfGrant of) {
          wanted.add(of.permission());
        } else if (change instanceof ChangeSet.OfRole of) {
          sources.roles.put(of.role(), new LinkedHashSet<>());
        }
      }
    }
    if (!wanted.isEmpty() || !sources.roles.isEmpty()) {
      part.present().ifPresent(member -> sources.collect(member, part.roles(), catalog, wanted));
    }
    return sources;
  }

  /* All that gives a permission on a device, in one order whatever that of the records is. */
  static List<RightSource> of(
      Memberships.Part part, DevicePermission permission, Device device, Catalog catalog) {
    RightSources sources = new RightSources(part.owner());
    Set<String> wanted = Set.of(permission.name());
    part.present().ifPresent(member -> sources.collect(member, part.roles(), catalog, wanted));
    Stream<RightSource> given =
        Optional.ofNullable(sources.devices.get(permission.name())).stream()
            .flatMap(reaching -> reaching.on(device))
            .distinct()
            .map(source -> Map.entry(source, source.toString())) // long ones, made once
            .sorted(
                Comparator.comparing(
                        (Map.Entry<RightSource, String> entry) -> entry.getKey().kind())
                    .thenComparing(Map.Entry::getValue))
            .map(Map.Entry::getKey);
    Stream<RightSource> owned =
        part.owner() ? Stream.of(RightSource.ofOwnership()) : Stream.empty();
    return Stream.concat(owned, given).limit(ChangeSet.Outcome.SOURCES).toList();
  }

  private void collect(
      MembershipRecord member, Map<RoleId, RoleRecord> named, Catalog catalog, Set<String> wanted) {
    Entitlement.of(member, named)
        .forEach(
            given -> {
              given.assignment().ifPresent(this::collect);
              given.permissions().forEach(name -> collect(given, name, catalog, wanted));
            });
  }

  private void collect(RoleAssignment assignment) {
    Optional.ofNullable(roles.get(assignment.role()))
        .ifPresent(
            sources ->
                sources.add(
                    RightSource.ofRole(
                        assignment.role(), Optional.of(assignment.scope()), Optional.empty())));
  }

  private void collect(Entitlement given, String name, Catalog catalog, Set<String> wanted) {
    RightSource source = RightSource.of(given, name);
    given
        .scope()
        .ifPresentOrElse(
            scope ->
                catalog.closeDevice(List.of(name)).stream()
                    .filter(wanted::contains)
                    .forEach(each -> reaching(each).add(scope, source)),
            () ->
                catalog.closeWorkspace(List.of(name)).stream()
                    .filter(wanted::contains)
                    .forEach(
                        each ->
                            workspace.computeIfAbsent(each, n -> new ArrayList<>()).add(source)));
  }

  private Reaching reaching(String permission) {
    return devices.computeIfAbsent(permission, name -> new Reaching());
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

  private List<RightSource> still(ChangeSet.Change change) {
    if (change.gives()) {
      return List.of();
    }
    Set<RightSource> still = new LinkedHashSet<>();
    if (owner) {
      still.add(RightSource.ofOwnership());
    }
    sourcesOf(change).limit(ChangeSet.Outcome.SOURCES - still.size()).forEach(still::add);
    return List.copyOf(still);
  }

  private Stream<RightSource> sourcesOf(ChangeSet.Change change) {
    if (change instanceof ChangeSet.OfPermission of) {
      return workspace.getOrDefault(of.permission(), List.of()).stream();
    }
    if (change instanceof ChangeSet.OfGrant of) {
      return Optional.ofNullable(devices.get(of.permission())).stream()
          .flatMap(reaching -> reaching.of(of.scope()));
    }
    return roles.getOrDefault(((ChangeSet.OfRole) change).role(), Set.of()).stream();
  }
}
