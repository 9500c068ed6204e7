package io.thingward.management;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.SubjectKind;
import io.thingward.internal.live.Holders;
import io.thingward.internal.live.Keys;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.WorkspaceRecords;
import io.thingward.internal.rights.DeviceRights;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.permission.DevicePermission;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LastUse;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may do something on one device: a report for people, page after page, read from the stores as
 * they are then. It is exact while nothing changes; no decision rests on it.
 *
 * <p>Whoever is suspended, deleted or past an end may nothing, and is not listed; nor is anybody
 * while the workspace is not active. What a key of a principal narrows is not considered: the
 * report is about who may, not through what.
 *
 * <p>Each method needs {@code thingward.who-can.read} in the device's workspace, and throws {@link
 * io.thingward.error.NotPermittedException}, {@link io.thingward.error.NotFoundException} or {@link
 * io.thingward.error.UnavailableException} as their classes say. A page may be shorter than asked
 * for, even empty, though more follow. Thread-safe.
 */
public final class WhoCan {
  private final Gate gate;
  private final Room room;
  private final DevicePermission permission;
  private final int position;
  private final Device device;

  WhoCan(Gate gate, DevicePermission permission, Device device) {
    this.gate = gate;
    this.room = gate.room();
    this.permission = permission;
    this.position = room.positions().of(permission);
    this.device = Objects.requireNonNull(device, "device");
  }

  /** The users and API users who may, each with what gives it. */
  public Page<AllowedPrincipal> principals(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.in(
        device.workspace(),
        Operation.WHO_CAN,
        call -> {
          WorkspaceRecord workspace = new WorkspaceRecords(room).require(device.workspace());
          if (workspace.state() != LifecycleState.ACTIVE) {
            return new Page<>(List.of(), Optional.empty());
          }
          Page<MembershipRecord> members = room.records().listings().members(workspace.id(), page);
          Map<RoleId, Optional<RoleRecord>> roles = new HashMap<>();
          List<AllowedPrincipal> allowed = new ArrayList<>();
          for (MembershipRecord member : members.items()) {
            PrincipalId id = member.id().principal();
            List<RightSource> by =
                RightSources.of(
                    new Memberships.Part(
                        member.id(),
                        workspace.owners().contains(id),
                        Optional.of(member),
                        of(member, roles)),
                    permission,
                    device,
                    room.positions().catalog());
            if (!by.isEmpty()) {
              standing(id).ifPresent(principal -> allowed.add(allowed(principal, by)));
            }
          }
          return new Page<>(allowed, members.next());
        });
  }

  /**
   * The access keys through which some device may: as a peer, if that is in the key's scope, or the
   * device itself.
   */
  public Page<AllowedAccessKey> accessKeys(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.in(
        device.workspace(),
        Operation.WHO_CAN,
        call -> {
          if (new WorkspaceRecords(room).require(device.workspace()).state()
              != LifecycleState.ACTIVE) {
            return new Page<>(List.of(), Optional.empty());
          }
          Page<AccessKeyRecord> found =
              room.records().listings().accessKeys(device.workspace(), page);
          Instant now = room.time().now();
          List<Found> allowed =
              found.items().stream().flatMap(key -> found(key, now).stream()).toList();
          Map<CredentialId, LastUse> uses =
              room.keyUses().find(allowed.stream().map(one -> one.key.id()).toList());
          return new Page<>(
              allowed.stream()
                  .map(
                      one ->
                          new AllowedAccessKey(
                              AccessKey.of(
                                  one.key, room, Optional.ofNullable(uses.get(one.key.id()))),
                              one.reason))
                  .toList(),
              found.next());
        });
  }

  private record Found(AccessKeyRecord key, Reason reason) {}

  /* The roles that a member names, each read once for a page. */
  private Map<RoleId, RoleRecord> of(
      MembershipRecord member, Map<RoleId, Optional<RoleRecord>> known) {
    Map<RoleId, RoleRecord> named = new HashMap<>();
    for (RoleAssignment assignment : member.roles()) {
      known
          .computeIfAbsent(assignment.role(), room.records().roles()::read)
          .ifPresent(role -> named.put(role.id(), role));
    }
    return named;
  }

  private Optional<PrincipalRecord> standing(PrincipalId id) {
    Instant now = room.time().now();
    return room.records()
        .principals()
        .read(id)
        .filter(principal -> Holders.refusal(principal, now) == null);
  }

  private static AllowedPrincipal allowed(PrincipalRecord principal, List<RightSource> by) {
    return principal instanceof UserRecord user
        ? new AllowedPrincipal(user.id(), SubjectKind.USER, user.username(), "", by)
        : new AllowedPrincipal(
            principal.id(),
            SubjectKind.API_USER,
            Optional.empty(),
            ((ApiUserRecord) principal).name(),
            by);
  }

  /* Asked of the device itself, through this key: what its peers may there, it may, too. */
  private Optional<Found> found(AccessKeyRecord key, Instant now) {
    if (key.suspended() || !Keys.isAlive(key, any -> true, now)) {
      return Optional.empty();
    }
    DeviceRights rights =
        DeviceRights.of(room.reach(), device.id(), key.workspace(), key.scope(), room.positions());
    if (!rights.has(position, device)) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(key, rights.isSelfOnly(position) ? Reason.DEVICE_SELF : Reason.DEVICE_PEER));
  }
}
