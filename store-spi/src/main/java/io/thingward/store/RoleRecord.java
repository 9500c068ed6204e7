package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Names;
import io.thingward.model.PermissionNames;
import io.thingward.model.RoleId;
import io.thingward.model.Times;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A role: named permissions, of one workspace or shared by all.
 *
 * @param id the key of the record
 * @param version which state of the record this is
 * @param created when it was created
 * @param deleted whether it was deleted; a deleted one grants nothing
 * @param workspace the workspace whose role it is; empty: shared by all, or deleted
 * @param name what people call it; empty once deleted
 * @param permissions names of workspace permissions
 * @param onAllDevices names of device permissions that reach every device of the workspace
 * @param onAssignedDevices names of device permissions that reach the scope of each assignment
 */
public record RoleRecord(
    RoleId id,
    Version version,
    Instant created,
    boolean deleted,
    Optional<WorkspaceId> workspace,
    String name,
    Set<String> permissions,
    Set<String> onAllDevices,
    Set<String> onAssignedDevices)
    implements VersionedRecord<RoleRecord> {
  /** Validates and copies. */
  public RoleRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(workspace, "workspace");
    permissions = PermissionNames.copy(permissions);
    onAllDevices = PermissionNames.copy(onAllDevices);
    onAssignedDevices = PermissionNames.copy(onAssignedDevices);
    if (!name.isEmpty()) {
      Names.check(name);
    }
    boolean empty =
        workspace.isEmpty()
            && name.isEmpty()
            && permissions.isEmpty()
            && onAllDevices.isEmpty()
            && onAssignedDevices.isEmpty();
    if (deleted && !empty) {
      throw new IllegalArgumentException("a deleted role is empty");
    }
  }

  /** Starts a record of which the rest is as for a new one. */
  public static Builder builder(RoleId id, Version version, Instant created) {
    return new Builder(id, version, created);
  }

  /** Starts a copy. */
  public Builder toBuilder() {
    return builder(id, version, created)
        .deleted(deleted)
        .workspace(workspace)
        .name(name)
        .permissions(permissions)
        .onAllDevices(onAllDevices)
        .onAssignedDevices(onAssignedDevices);
  }

  @Override
  public RoleRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final RoleId id;
    private Version version;
    private final Instant created;
    private boolean deleted;
    private Optional<WorkspaceId> workspace = Optional.empty();
    private String name = "";
    private Set<String> permissions = Set.of();
    private Set<String> onAllDevices = Set.of();
    private Set<String> onAssignedDevices = Set.of();

    private Builder(RoleId id, Version version, Instant created) {
      this.id = id;
      this.version = version;
      this.created = created;
    }

    /** Sets which state of the record this is. */
    @CanIgnoreReturnValue
    public Builder version(Version version) {
      this.version = version;
      return this;
    }

    /** Sets whether it was deleted. */
    @CanIgnoreReturnValue
    public Builder deleted(boolean deleted) {
      this.deleted = deleted;
      return this;
    }

    /** Sets the workspace whose role it is. */
    @CanIgnoreReturnValue
    public Builder workspace(Optional<WorkspaceId> workspace) {
      this.workspace = workspace;
      return this;
    }

    /** Sets what people call it. */
    @CanIgnoreReturnValue
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Sets names of workspace permissions. */
    @CanIgnoreReturnValue
    public Builder permissions(Set<String> permissions) {
      this.permissions = permissions;
      return this;
    }

    /** Sets names of device permissions that reach every device of the workspace. */
    @CanIgnoreReturnValue
    public Builder onAllDevices(Set<String> onAllDevices) {
      this.onAllDevices = onAllDevices;
      return this;
    }

    /** Sets names of device permissions that reach the scope of each assignment. */
    @CanIgnoreReturnValue
    public Builder onAssignedDevices(Set<String> onAssignedDevices) {
      this.onAssignedDevices = onAssignedDevices;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public RoleRecord build() {
      return new RoleRecord(
          id,
          version,
          created,
          deleted,
          workspace,
          name,
          permissions,
          onAllDevices,
          onAssignedDevices);
    }
  }
}
