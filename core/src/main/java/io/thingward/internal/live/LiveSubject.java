package io.thingward.internal.live;

import io.thingward.access.CredentialInfo;
import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.internal.rights.Positions;
import io.thingward.internal.rights.Rights;
import io.thingward.model.DeviceSet;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every live subject does the same way: ask whether its credential stands, find its rights in
 * the workspace in question, test a bit.
 */
public abstract sealed class LiveSubject implements Subject
    permits PrincipalSubject, DeviceSubject {
  private final CredentialInfo info;
  private final LiveCredential<?, ?> credential;
  final Grounds grounds;
  final Positions positions;

  LiveSubject(Grounds grounds, CredentialInfo info, LiveCredential<?, ?> credential) {
    this.grounds = grounds;
    this.info = info;
    this.credential = credential;
    this.positions = grounds.positions();
  }

  final boolean standsOn(Grounds others) {
    return grounds == others;
  }

  /** The rights in a workspace, or null where the subject has none for now. */
  abstract @Nullable Rights rights(WorkspaceId workspace);

  /** Decides and explains, on rights that are looked up once; the credential stands. */
  abstract Decision explain(DevicePermission permission, int position, Device device);

  /** Decides and explains, on rights that are looked up once; the credential stands. */
  abstract Decision explain(WorkspacePermission permission, int position, WorkspaceId workspace);

  /**
   * What a watch compares: equal as long as nothing that matters changed. Reads what is not there.
   */
  abstract State state();

  /**
   * What a watch compares, in one reading.
   *
   * @param active whether it is active
   * @param rest all else that matters to a listener
   */
  record State(boolean active, List<Object> rest) {}

  /** The keys of the records that its answers rest on so far. Reads nothing. */
  abstract Set<Object> interests();

  /** Why a check is denied whatever the permission, or null. */
  final @Nullable Reason refusal() {
    return credential.refusal();
  }

  /** Why its credential or holder does not stand, as read from the store now; or empty. */
  public final Optional<Reason> readRefusal() {
    return Optional.ofNullable(credential.readRefusal());
  }

  /** What it is and holds in a workspace, as read from the store now. */
  public abstract Standing readStanding(WorkspaceId workspace);

  final boolean hasEnded() {
    return credential.hasEnded();
  }

  @Override
  public final CredentialInfo credential() {
    return info;
  }

  @Override
  public boolean isActive() {
    return refusal() == null;
  }

  @Override
  public final boolean isAllowed(WorkspacePermission permission, WorkspaceId workspace) {
    int position = positions.of(permission);
    Rights rights = standingRights(workspace);
    return rights != null && rights.has(position);
  }

  @Override
  public final boolean isAllowed(DevicePermission permission, Device device) {
    int position = positions.of(permission);
    Rights rights = standingRights(device.workspace());
    return rights != null && rights.has(position, device);
  }

  private @Nullable Rights standingRights(WorkspaceId workspace) {
    return refusal() == null ? rights(workspace) : null;
  }

  @Override
  public final Decision decide(WorkspacePermission permission, WorkspaceId workspace) {
    Objects.requireNonNull(workspace, "workspace");
    int position = positions.of(permission);
    Reason refusal = refusal();
    return refusal == null
        ? explain(permission, position, workspace)
        : Decision.deny(permission, refusal);
  }

  @Override
  public final Decision decide(DevicePermission permission, Device device) {
    Objects.requireNonNull(device, "device");
    int position = positions.of(permission);
    Reason refusal = refusal();
    return refusal == null
        ? explain(permission, position, device)
        : Decision.deny(permission, refusal);
  }

  @Override
  public final List<Device> allowed(DevicePermission permission, Collection<Device> devices) {
    int position = positions.of(permission);
    List<Device> allowed = new ArrayList<>();
    WorkspaceId place = null;
    Rights rights = null;
    for (Device device : devices) {
      if (!device.workspace().equals(place)) {
        place = device.workspace();
        rights = standingRights(place);
      }
      if (rights != null && rights.has(position, device)) {
        allowed.add(device);
      }
    }
    return List.copyOf(allowed);
  }

  @Override
  public final List<Decision> decideAll(DevicePermission permission, Collection<Device> devices) {
    return devices.stream().map(device -> decide(permission, device)).toList();
  }

  @Override
  public final DeviceFilter devices(DevicePermission permission, WorkspaceId workspace) {
    int position = positions.of(permission);
    Rights rights = standingRights(workspace);
    return DeviceFilter.of(
        workspace, rights == null ? DeviceSet.nothing() : rights.reach(position));
  }

  @Override
  public final Set<WorkspacePermission> permissions(WorkspaceId workspace) {
    Rights rights = standingRights(workspace);
    if (rights == null) {
      return Set.of();
    }
    return positions.catalog().workspacePermissions().stream()
        .filter(permission -> rights.has(positions.of(permission)))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public final Set<DevicePermission> permissions(Device device) {
    Rights rights = standingRights(device.workspace());
    if (rights == null) {
      return Set.of();
    }
    return positions.catalog().devicePermissions().stream()
        .filter(permission -> rights.has(positions.of(permission), device))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public final String toString() {
    return kind() + " " + principal().<Object>map(p -> p).or(this::device).orElse("?");
  }
}
