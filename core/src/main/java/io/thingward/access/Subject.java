package io.thingward.access;

import io.thingward.error.UnavailableException;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a successful authentication speaks for: a user, an API user or a device. A subject is live:
 * it may be held as long as a connection lives, and every answer reflects the state of its
 * credential, its holder, its rights and, for a device, its tags. Answers lag by nothing on the
 * node that made a change, and by at most the freshness bound on others.
 *
 * <p>Every method throws {@link UnavailableException} where a store did not answer, which is
 * neither yes nor no, and {@link IllegalArgumentException} for a permission that is not in the
 * catalog.
 *
 * <p>Implemented by the library alone. Thread-safe.
 */
public interface Subject {
  /** Who it speaks for. */
  SubjectKind kind();

  /** The user or API user; empty for a device. */
  Optional<PrincipalId> principal();

  /** The device; empty for a principal. */
  Optional<DeviceId> device();

  /** The one workspace of an API user or a device; empty for a user, who may belong to many. */
  Optional<WorkspaceId> workspace();

  /** The credential that was presented, as of the authentication. */
  CredentialInfo credential();

  /**
   * Whether its credential and its holder still stand, and a device is in its key's scope; nothing
   * about any permission.
   */
  boolean isActive();

  /** Whether it may do this in the workspace. */
  boolean isAllowed(WorkspacePermission permission, WorkspaceId workspace);

  /** Whether it may do this on the device. */
  boolean isAllowed(DevicePermission permission, Device device);

  /** Whether it may do this in the workspace, and why. */
  Decision decide(WorkspacePermission permission, WorkspaceId workspace);

  /** Whether it may do this on the device, and why. */
  Decision decide(DevicePermission permission, Device device);

  /**
   * Those of these devices on which it may do this, in their order; all decided on the same rights.
   */
  List<Device> allowed(DevicePermission permission, Collection<Device> devices);

  /** Whether it may do this on each of these devices, and why, in their order. */
  List<Decision> decideAll(DevicePermission permission, Collection<Device> devices);

  /** The devices of a workspace on which it may do this: see {@link DeviceFilter}. */
  DeviceFilter devices(DevicePermission permission, WorkspaceId workspace);

  /** What it may do in the workspace. */
  Set<WorkspacePermission> permissions(WorkspaceId workspace);

  /** What it may do on the device. */
  Set<DevicePermission> permissions(Device device);

  /**
   * The active workspaces in which it may act, a page at a time. A page may be shorter than asked
   * for, even empty, though more follow.
   */
  Page<SubjectWorkspace> workspaces(PageRequest page);
}
