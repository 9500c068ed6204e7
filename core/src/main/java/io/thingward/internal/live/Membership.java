package io.thingward.internal.live;

import io.thingward.internal.rights.HeldRights;
import io.thingward.internal.rights.Holdings;
import io.thingward.internal.rights.Positions;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A principal's rights in a workspace, compiled once for all its subjects on this node. What was
 * compiled holds for as long as the snapshots it came from are still in their cells: a changed role
 * is read once, by whoever comes first, and every membership that names it compiles again from what
 * it has.
 */
final class Membership {
  private final MembershipId id;
  private final Records records;
  private final Positions positions;
  private final UnknownNames unknown;
  private final Cell<?, WorkspaceRecord> workspace;
  private final Cell<?, MembershipRecord> membership;
  private volatile @Nullable Compiled compiled;

  Membership(MembershipId id, Records records, Positions positions, UnknownNames unknown) {
    this.id = id;
    this.records = records;
    this.positions = positions;
    this.unknown = unknown;
    this.workspace = records.workspaces().cell(id.workspace());
    this.membership = records.memberships().cell(id);
  }

  /**
   * The outcome of a compilation.
   *
   * @param state the workspace's state; empty if there is no such workspace
   * @param name the workspace's name
   * @param member whether the principal has a part in the workspace at all, as owner or member
   * @param owner whether it is an owner
   * @param rights what it holds while the workspace is active
   * @param source the membership's record, to explain decisions by
   * @param roles the roles it names, by id
   */
  record Part(
      Optional<LifecycleState> state,
      String name,
      boolean member,
      boolean owner,
      HeldRights rights,
      Optional<MembershipRecord> source,
      Map<RoleId, RoleRecord> roles) {
    boolean isActive() {
      return state.filter(s -> s == LifecycleState.ACTIVE).isPresent();
    }
  }

  private record RolePart(Cell<?, RoleRecord> cell, Snapshot<RoleRecord> snapshot) {}

  private record Compiled(
      Snapshot<WorkspaceRecord> workspace,
      Snapshot<MembershipRecord> membership,
      List<RolePart> roles,
      Part part) {}

  /** What the principal is and holds here. Reads nothing while every part is in its cell. */
  Part part() {
    Compiled last = compiled;
    if (last != null && isCurrent(last)) {
      return last.part;
    }
    return compile(membership.get(), workspace.get()).part;
  }

  /** The roles that it rested on when it was last compiled. Reads nothing. */
  Set<RoleId> lastRoles() {
    Compiled last = compiled;
    return last == null ? Set.of() : last.part.roles.keySet();
  }

  /** The same, on a membership and workspace fresh by the clock: for an authentication. */
  Part freshPart() {
    return compile(membership.getFresh(), workspace.getFresh()).part;
  }

  private boolean isCurrent(Compiled last) {
    if (!membership.has(last.membership) || !workspace.has(last.workspace)) {
      return false;
    }
    for (int i = 0; i < last.roles.size(); i++) {
      RolePart part = last.roles.get(i);
      if (!part.cell.has(part.snapshot)) {
        return false;
      }
    }
    return true;
  }

  private Compiled compile(Snapshot<MembershipRecord> member, Snapshot<WorkspaceRecord> place) {
    Set<RoleId> named =
        member.value().stream()
            .flatMap(record -> record.roles().stream())
            .map(RoleAssignment::role)
            .collect(Collectors.toSet());
    List<RolePart> parts = named.stream().map(this::role).toList();
    Compiled last = compiled;
    Compiled next =
        last != null && isSame(last, member, place, parts)
            ? new Compiled(place, member, parts, last.part)
            : new Compiled(place, member, parts, part(member, place, parts));
    compiled = next;
    return next;
  }

  private RolePart role(RoleId role) {
    Cell<?, RoleRecord> cell = records.roles().cell(role);
    return new RolePart(cell, cell.get());
  }

  /* A record that was only read again says the same: nothing to compile. */
  private static boolean isSame(
      Compiled last,
      Snapshot<MembershipRecord> member,
      Snapshot<WorkspaceRecord> place,
      List<RolePart> parts) {
    return last.membership
            .value()
            .map(MembershipRecord::version)
            .equals(member.value().map(MembershipRecord::version))
        && last.workspace
            .value()
            .map(WorkspaceRecord::version)
            .equals(place.value().map(WorkspaceRecord::version))
        && versions(last.roles).equals(versions(parts));
  }

  private static Set<Object> versions(List<RolePart> parts) {
    return parts.stream()
        .flatMap(part -> part.snapshot.value().stream())
        .map(role -> List.of(role.id(), role.version()))
        .collect(Collectors.toSet());
  }

  private Part part(
      Snapshot<MembershipRecord> member, Snapshot<WorkspaceRecord> place, List<RolePart> parts) {
    Map<RoleId, RoleRecord> roles = new HashMap<>();
    parts.forEach(part -> part.snapshot.value().ifPresent(role -> roles.put(role.id(), role)));
    Part part = part(id, member.value(), place.value(), roles, positions);
    part.source.ifPresent(m -> unknown.report(Holdings.of(m, roles), positions));
    return part;
  }

  /** The meaning of the records, with nothing cached: management compiles what it has just read. */
  static Part part(
      MembershipId id,
      Optional<MembershipRecord> member,
      Optional<WorkspaceRecord> place,
      Map<RoleId, RoleRecord> roles,
      Positions positions) {
    boolean owner = place.map(w -> w.owners().contains(id.principal())).orElse(false);
    Optional<MembershipRecord> present = member.filter(m -> !m.removed());
    HeldRights rights =
        owner
            ? HeldRights.ofOwner(positions)
            : present
                .map(m -> HeldRights.of(Holdings.of(m, roles), positions))
                .orElse(HeldRights.NOTHING);
    return new Part(
        place.map(WorkspaceRecord::state),
        place.map(WorkspaceRecord::name).orElse(""),
        owner || present.isPresent(),
        owner,
        rights,
        present,
        roles);
  }
}
