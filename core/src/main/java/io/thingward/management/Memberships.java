package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.internal.rights.Holdings;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Catalog;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * The memberships of a workspace, as members and API users alike have one: reading them with what
 * decides over them, comparing change sets with what an actor holds, applying them in one write.
 */
final class Memberships {
  private static final int LONGEST_NOTE = 4_000;

  private final Room room;
  private final WorkspaceId workspace;

  Memberships(Room room, WorkspaceId workspace) {
    this.room = room;
    this.workspace = workspace;
  }

  /*
   * A principal in the workspace, as one read of the store found it.
   *
   * record: its membership, also one that was removed
   * roles: the roles that the membership names, by id
   */
  record Part(
      MembershipId id,
      boolean owner,
      Optional<MembershipRecord> record,
      Map<RoleId, RoleRecord> roles) {
    Optional<MembershipRecord> present() {
      return record.filter(membership -> !membership.removed());
    }

    boolean isMember() {
      return owner || present().isPresent();
    }

    Holdings holdings() {
      return present().map(m -> Holdings.of(m, roles)).orElse(Holdings.NOTHING);
    }

    private Part with(MembershipRecord after) {
      return new Part(id, owner, Optional.of(after), roles);
    }
  }

  /* Of a principal that has no part in the workspace, too. */
  Part read(PrincipalId principal) {
    MembershipId id = new MembershipId(workspace, principal);
    MembershipView view = room.records().readView(id);
    boolean owner =
        view.workspace()
            .filter(Memberships::stands)
            .map(place -> place.owners().contains(principal))
            .orElseThrow(() -> Gate.noWorkspace(workspace));
    Map<RoleId, RoleRecord> roles = new HashMap<>();
    view.roles().forEach(role -> roles.put(role.id(), role));
    return new Part(id, owner, view.membership(), roles);
  }

  /* Refuses to add anything to a workspace that is not there, or is going. */
  void requireWorkspace() {
    if (room.records().readWorkspace(workspace).filter(Memberships::stands).isEmpty()) {
      throw Gate.noWorkspace(workspace);
    }
  }

  private static boolean stands(WorkspaceRecord place) {
    return place.state() == LifecycleState.ACTIVE || place.state() == LifecycleState.SUSPENDED;
  }

  /* A change set that may be applied: what it gives, with the roles it assigns. */
  record Draft(ChangeSet changes, Holdings given, Map<RoleId, RoleRecord> roles) {}

  /*
   * Validates a change set. What it gives must be in the catalog, and its roles must be usable here;
   * what it takes away may be anything.
   */
  Draft draft(ChangeSet changes) {
    Catalog catalog = room.positions().catalog();
    Holdings.Builder given = Holdings.builder();
    Map<RoleId, RoleRecord> roles = new HashMap<>();
    for (ChangeSet.Change change : changes.changes()) {
      if (!change.gives()) {
        continue;
      }
      if (change instanceof ChangeSet.OfPermission of) {
        requireDeclared(catalog.workspacePermission(of.permission()).isPresent(), of.permission());
        given.add(of.permission());
      } else if (change instanceof ChangeSet.OfGrant of) {
        room.tags().check(of.scope());
        requireDeclared(catalog.devicePermission(of.permission()).isPresent(), of.permission());
        given.add(of.scope(), Set.of(of.permission()));
      } else if (change instanceof ChangeSet.OfRole of) {
        room.tags().check(of.scope());
        if (!roles.containsKey(of.role()) && roles.size() == Limits.ROLES_PER_MEMBERSHIP) {
          throw tooMany(roles.size() + 1, Limits.ROLES_PER_MEMBERSHIP, "role assignments");
        }
        given.add(roles.computeIfAbsent(of.role(), this::readRole), of.scope());
      }
    }
    return new Draft(changes, given.build(), roles);
  }

  static void requireDeclared(boolean declared, String permission) {
    if (!declared) {
      throw new IllegalArgumentException("permission " + permission + " is not in the catalog");
    }
  }

  /* Refuses what is too much for one membership, before anything is written. */
  static void requireFits(Draft draft) {
    Edit edit = new Edit(Optional.empty());
    draft.changes().changes().forEach(edit::change);
    edit.check();
  }

  /* A role of another workspace answers like one that does not exist. */
  RoleRecord readRole(RoleId id) {
    return room.records()
        .readRole(id)
        .filter(role -> Holdings.isUsable(role, workspace))
        .orElseThrow(() -> new NotFoundException("no role " + id));
  }

  /* Refuses to touch somebody whose rights exceed the actor's; only owners touch owners. */
  static void requireOver(Call call, Part part) {
    if (part.owner()) {
      call.requireOwner();
    } else {
      call.requireOver(part.holdings());
    }
  }

  static boolean isOver(Call call, Part part) {
    return part.owner() ? call.isByOwner() : call.covers(part.holdings());
  }

  /* What became of a change set. */
  record Applied(Part part, List<ChangeSet.Outcome> outcomes) {
    MembershipRecord membership() {
      return part.record().orElseThrow();
    }
  }

  /*
   * Applies a change set in one write, or none if everything is so already. The check sees what is
   * changed, as often as it is read, and may refuse it.
   */
  Applied apply(PrincipalId principal, Draft draft, Consumer<Part> check) {
    Edit[] edit = new Edit[1];
    Part after =
        room.update(
            () -> Optional.of(read(principal)),
            () -> Gate.noWorkspace(workspace),
            part -> {
              check.accept(part);
              edit[0] = new Edit(part.present());
              List<Boolean> applied =
                  draft.changes().changes().stream().map(edit[0]::change).toList();
              edit[0].applied = applied;
              MembershipRecord before = part.record().orElseGet(() -> fresh(part.id()));
              MembershipRecord changed = edit[0].on(before);
              return part.record().isPresent() && changed.equals(before)
                  ? part
                  : part.with(next(changed, part.record()));
            },
            this::store);
    return new Applied(after, outcomes(after, draft, Objects.requireNonNull(edit[0])));
  }

  private MembershipRecord fresh(MembershipId id) {
    return MembershipRecord.builder(id, room.entropy().first(), room.time().now()).build();
  }

  private MembershipRecord next(MembershipRecord changed, Optional<MembershipRecord> before) {
    return before
        .map(b -> changed.toBuilder().version(room.entropy().after(b.version())).build())
        .orElse(changed);
  }

  private boolean store(Part after, Part before) {
    MembershipRecord changed = after.record().orElseThrow();
    return before
        .record()
        .map(membership -> room.records().replace(changed, membership.version()))
        .orElseGet(() -> room.records().insert(changed));
  }

  private List<ChangeSet.Outcome> outcomes(Part after, Draft draft, Edit edit) {
    Map<RoleId, RoleRecord> roles = new HashMap<>(after.roles());
    roles.putAll(draft.roles());
    Sources sources =
        Sources.of(
            new Part(after.id(), after.owner(), after.record(), roles),
            draft.changes(),
            room.positions().catalog());
    return sources.outcomes(draft.changes(), edit.applied);
  }

  /* Empties a membership; the check as above. */
  MembershipRecord remove(PrincipalId principal, Consumer<Part> check) {
    Part after =
        room.update(
            () -> Optional.of(read(principal)),
            () -> Gate.noWorkspace(workspace),
            part -> {
              check.accept(part);
              return part.present()
                  .map(
                      before ->
                          part.with(
                              MembershipRecord.builder(
                                      part.id(),
                                      room.entropy().after(before.version()),
                                      before.created())
                                  .removed(true)
                                  .build()))
                  .orElse(part);
            },
            this::store);
    // an owner is also a member: whoever became one just now stays one
    if (read(principal).owner()) {
      new Principals(room).ensureMember(workspace, principal);
      throw new ConflictException(principal + " became an owner meanwhile");
    }
    return after.record().orElseGet(() -> fresh(after.id()));
  }

  /* Notes for the audit what a change set did. */
  static void note(Call call, List<ChangeSet.Outcome> outcomes) {
    List<ChangeSet.Change> applied =
        outcomes.stream()
            .filter(ChangeSet.Outcome::applied)
            .map(ChangeSet.Outcome::change)
            .toList();
    call.detail("changed", applied.size() + " of " + outcomes.size());
    if (!applied.isEmpty()) {
      call.detail("changes", text(applied));
    }
  }

  /* A list for the audit, cut where it gets too long for a line of a log. */
  static String text(List<?> changes) {
    StringBuilder text = new StringBuilder();
    int shown = 0;
    while (shown < changes.size() && text.length() < LONGEST_NOTE) {
      text.append(shown == 0 ? "" : "; ").append(changes.get(shown));
      shown++;
    }
    return shown == changes.size()
        ? text.toString()
        : text + "; and " + (changes.size() - shown) + " more";
  }

  private static LimitException tooMany(int count, int limit, String what) {
    return new LimitException(count + " " + what + " of a membership, the limit is " + limit);
  }

  /* A membership being changed. */
  private static final class Edit {
    private final Set<String> permissions = new HashSet<>();
    private final Set<RoleAssignment> roles = new HashSet<>();
    private final Map<DeviceScope, Set<String>> grants = new HashMap<>();
    private List<Boolean> applied = List.of();

    Edit(Optional<MembershipRecord> present) {
      present.ifPresent(
          membership -> {
            permissions.addAll(membership.permissions());
            roles.addAll(membership.roles());
            membership
                .grants()
                .forEach(grant -> grants.put(grant.scope(), new HashSet<>(grant.permissions())));
          });
    }

    /* Whether the change changed anything. */
    @CanIgnoreReturnValue
    boolean change(ChangeSet.Change change) {
      if (change instanceof ChangeSet.OfPermission of) {
        return of.gives() ? permissions.add(of.permission()) : permissions.remove(of.permission());
      }
      if (change instanceof ChangeSet.OfRole of) {
        RoleAssignment assignment = new RoleAssignment(of.role(), of.scope());
        return of.gives() ? roles.add(assignment) : roles.remove(assignment);
      }
      ChangeSet.OfGrant of = (ChangeSet.OfGrant) change;
      if (of.gives()) {
        return grants.computeIfAbsent(of.scope(), s -> new HashSet<>()).add(of.permission());
      }
      @Nullable Set<String> held = grants.get(of.scope());
      return held != null && held.remove(of.permission());
    }

    void check() {
      grants.values().removeIf(Set::isEmpty);
      check(permissions.size(), Limits.PERMISSIONS, "workspace permissions");
      check(roles.size(), Limits.ROLES_PER_MEMBERSHIP, "role assignments");
      check(grants.size(), Limits.GRANTS_PER_MEMBERSHIP, "grants");
      int terms =
          roles.stream().mapToInt(role -> role.scope().terms()).sum()
              + grants.keySet().stream().mapToInt(DeviceScope::terms).sum();
      check(terms, Limits.TERMS_PER_MEMBERSHIP, "selector terms");
      grants.values().forEach(names -> check(names.size(), Limits.PERMISSIONS, "permissions"));
    }

    MembershipRecord on(MembershipRecord before) {
      check();
      Set<Grant> all = new HashSet<>();
      grants.forEach((scope, names) -> all.add(new Grant(scope, names)));
      return before.toBuilder()
          .removed(false)
          .permissions(permissions)
          .roles(roles)
          .grants(all)
          .build();
    }

    private static void check(int count, int limit, String what) {
      if (count > limit) {
        throw tooMany(count, limit, what);
      }
    }
  }
}
