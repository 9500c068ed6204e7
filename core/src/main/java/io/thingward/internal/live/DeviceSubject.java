package io.thingward.internal.live;

import io.thingward.access.CredentialInfo;
import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.SubjectKind;
import io.thingward.access.SubjectWorkspace;
import io.thingward.internal.rights.DeviceRights;
import io.thingward.internal.rights.Rights;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A device, through an access key of its workspace. Its own tags decide whether it still may. */
final class DeviceSubject extends LiveSubject {
  private final Records records;
  private final WorkspaceId workspace;
  private final DeviceScope scope;
  private final DeviceId id;
  private final DeviceRights rights;
  private final Cell<?, Device> self;
  private volatile @Nullable Place place;

  DeviceSubject(
      Grounds grounds,
      CredentialInfo info,
      LiveCredential<?, ?> credential,
      AccessKeyRecord key,
      DeviceId id) {
    super(grounds, info, credential);
    this.records = grounds.records();
    this.workspace = key.workspace();
    this.scope = key.scope();
    this.id = id;
    this.rights = DeviceRights.of(grounds.reach(), id, workspace, scope, grounds.positions());
    this.self = records.devices().cell(workspace, id);
  }

  /* The device as the directory gave it, and whether it is then in the key's scope. */
  private record Place(Snapshot<Device> device, boolean inScope) {}

  /** Whether the directory knows the device, and it is in the key's scope: by the clock. */
  boolean isFreshlyInScope() {
    return isInScope(self.getFresh());
  }

  private boolean isInScope() {
    Place known = place;
    if (known != null && self.has(known.device)) {
      return known.inScope;
    }
    return isInScope(self.get());
  }

  private boolean isInScope(Snapshot<Device> device) {
    boolean inScope = device.value().map(rights::inScope).orElse(false);
    place = new Place(device, inScope);
    return inScope;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.DEVICE;
  }

  @Override
  public Optional<PrincipalId> principal() {
    return Optional.empty();
  }

  @Override
  public Optional<DeviceId> device() {
    return Optional.of(id);
  }

  @Override
  public Optional<WorkspaceId> workspace() {
    return Optional.of(workspace);
  }

  @Override
  public boolean isActive() {
    return super.isActive() && isInScope();
  }

  @Override
  @Nullable Rights rights(WorkspaceId of) {
    return of.equals(workspace) && isInScope() ? rights : null;
  }

  @Override
  Decision explain(WorkspacePermission permission, int position, WorkspaceId of) {
    return Decision.deny(permission, Reason.NOT_GRANTED);
  }

  @Override
  Decision explain(DevicePermission permission, int position, Device target) {
    if (!isInScope()) {
      return Decision.deny(permission, Reason.DEVICE_LEFT_SCOPE).scope(scope);
    }
    if (!rights.inScope(target)) {
      return Decision.deny(permission, Reason.OUT_OF_SCOPE).scope(scope);
    }
    if (rights.has(position, target)) {
      Reason by = rights.isSelfOnly(position) ? Reason.DEVICE_SELF : Reason.DEVICE_PEER;
      return Decision.allow(permission, by).scope(scope);
    }
    return Decision.deny(
        permission, rights.isSelfOnly(position) ? Reason.SELF_ONLY : Reason.NOT_GRANTED);
  }

  @Override
  State state() {
    Reason refusal = refusal();
    boolean inScope = hasEnded() || isInScope();
    return new State(refusal == null && inScope, List.of(Optional.ofNullable(refusal), inScope));
  }

  @Override
  public Standing readStanding(WorkspaceId of) {
    return Standing.NONE; // a device manages nothing
  }

  @Override
  Set<Object> interests() {
    return Set.of(credential().id(), workspace, new Devices.Key(workspace, id));
  }

  @Override
  public Page<SubjectWorkspace> workspaces(PageRequest page) {
    Objects.requireNonNull(page, "page");
    if (refusal() != null || !isInScope()) {
      return new Page<>(List.of(), Optional.empty());
    }
    String name = records.workspaces().read(workspace).map(w -> w.name()).orElse("");
    return new Page<>(List.of(new SubjectWorkspace(workspace, name, false)), Optional.empty());
  }
}
