package io.thingward.management;

import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.internal.live.Repository;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.internal.rights.Holdings;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Catalog;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.RoleRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/*
 * The memberships of a workspace, as members and API users alike have one: reading them with what
 * decides over them, comparing change sets with what an actor holds, applying them in one write.
 */
final class Memberships {
  private static final int LONGEST_NOTE = 4_000;

  private final Room room;
  private final Repository<MembershipId, MembershipRecord> store;
  private final WorkspaceId workspace;

  Memberships(Room room, WorkspaceId workspace) {
    this.room = room;
    this.store = room.records().memberships();
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
            .filter(w -> !w.state().isGoing())
            .map(place -> place.owners().contains(principal))
            .orElseThrow(() -> Gate.noWorkspace(workspace));
    return new Part(id, owner, view.membership(), view.rolesById());
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
    MembershipEdit edit = new MembershipEdit(Optional.empty());
    draft.changes().changes().forEach(edit::change);
    edit.check();
  }

  /* A role of another workspace answers like one that does not exist. */
  RoleRecord readRole(RoleId id) {
    return room.records()
        .roles()
        .read(id)
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
    return Repository.untilNotOvertaken(
        () -> {
          Part before = read(principal);
          check.accept(before);
          MembershipEdit edit = new MembershipEdit(before.present());
          List<Boolean> applied = draft.changes().changes().stream().map(edit::change).toList();
          return write(before, edit).map(after -> applied(after, draft, applied));
        });
  }

  /* The part as it is after one write, or empty if somebody else was faster. */
  private Optional<Part> write(Part before, MembershipEdit edit) {
    if (before.record().isEmpty()) {
      MembershipRecord fresh = edit.on(fresh(before.id()));
      return store.insert(fresh) ? Optional.of(before.with(fresh)) : Optional.empty();
    }
    MembershipRecord membership = before.record().get();
    MembershipRecord changed = edit.on(membership);
    return changed.equals(membership)
        ? Optional.of(before)
        : store.replace(membership, changed).map(before::with);
  }

  private MembershipRecord fresh(MembershipId id) {
    return MembershipRecord.builder(id, room.entropy().first(), room.time().now()).build();
  }

  private Applied applied(Part after, Draft draft, List<Boolean> applied) {
    Map<RoleId, RoleRecord> roles = new HashMap<>(after.roles());
    roles.putAll(draft.roles());
    RightSources sources =
        RightSources.of(
            new Part(after.id(), after.owner(), after.record(), roles),
            draft.changes(),
            room.positions().catalog());
    return new Applied(after, sources.outcomes(draft.changes(), applied));
  }

  /* Empties a membership; the check as above. */
  void remove(Call call, PrincipalId principal, Consumer<Part> check) {
    MembershipRecord gone =
        Repository.untilNotOvertaken(
            () -> {
              Part before = read(principal);
              check.accept(before);
              return before.present().isEmpty()
                  ? Optional.of(before.record().orElseGet(() -> fresh(before.id())))
                  : store.replace(before.present().get(), Deletion.removed(before.present().get()));
            });
    call.target("member", principal, gone.version());
    // an owner is also a member: whoever became one just now stays one
    if (read(principal).owner()) {
      new Principals(room).ensureMember(workspace, principal);
      throw new ConflictException(principal + " became an owner meanwhile");
    }
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

  static LimitException tooMany(int count, int limit, String what) {
    return new LimitException(count + " " + what + " of a membership, the limit is " + limit);
  }
}
