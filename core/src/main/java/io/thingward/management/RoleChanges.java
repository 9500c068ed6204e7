package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.PermissionNames;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes to the permissions of a role. What is not mentioned stays, so that an edit does not drop
 * what a newer catalog put there.
 *
 * <pre>{@code
 * RoleChanges.builder()
 *     .allow(RULES)
 *     .allowOnAllDevices(VIEW)
 *     .allowOnAssignedDevices(RECORD)
 *     .build()
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RoleChanges {
  private static final RoleChanges NONE = builder().build();

  private final List<Change> changes;

  private RoleChanges(List<Change> changes) {
    this.changes = changes;
  }

  /** A builder without changes. */
  public static Builder builder() {
    return new Builder();
  }

  /** No change: for a role without permissions. */
  public static RoleChanges none() {
    return NONE;
  }

  /** The changes, each once, in the order in which they were first named. */
  public List<Change> changes() {
    return changes;
  }

  /** A builder that holds these changes. */
  public Builder toBuilder() {
    Builder builder = builder();
    changes.forEach(builder::add);
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoleChanges that && changes.equals(that.changes);
  }

  @Override
  public int hashCode() {
    return changes.hashCode();
  }

  @Override
  public String toString() {
    return changes.toString();
  }

  /** What a permission of a role reaches. */
  public enum Reach {
    /** The workspace: a workspace permission. */
    WORKSPACE,
    /** Every device of the workspace. */
    ALL_DEVICES,
    /** The scope of each assignment. */
    ASSIGNED_DEVICES
  }

  /**
   * One change.
   *
   * @param gives whether it puts the permission into the role; it takes it out, else
   * @param reach what the permission reaches
   * @param permission its name
   */
  public record Change(boolean gives, Reach reach, String permission) {
    /** Validates. */
    public Change {
      PermissionNames.check(permission);
    }

    @Override
    public String toString() {
      String on =
          switch (reach) {
            case WORKSPACE -> "";
            case ALL_DEVICES -> " on all devices";
            case ASSIGNED_DEVICES -> " on assigned devices";
          };
      return (gives ? "+" : "-") + permission + on;
    }
  }

  /**
   * Collects changes; the same one twice counts once. A change together with its opposite is an
   * {@link IllegalArgumentException}, because the order means nothing; so is a call without a
   * permission. Not thread-safe.
   */
  public static final class Builder {
    private final Set<Change> changes = new LinkedHashSet<>();

    private Builder() {}

    /** Puts workspace permissions into the role. The call that uses it refuses unknown ones. */
    @CanIgnoreReturnValue
    public Builder allow(WorkspacePermission... permissions) {
      return add(true, Reach.WORKSPACE, names(permissions));
    }

    /** Puts device permissions into the role that reach every device of the workspace. */
    @CanIgnoreReturnValue
    public Builder allowOnAllDevices(DevicePermission... permissions) {
      return add(true, Reach.ALL_DEVICES, names(permissions));
    }

    /** Puts device permissions into the role that reach the scope of each assignment. */
    @CanIgnoreReturnValue
    public Builder allowOnAssignedDevices(DevicePermission... permissions) {
      return add(true, Reach.ASSIGNED_DEVICES, names(permissions));
    }

    /** Takes workspace permissions out of the role. */
    @CanIgnoreReturnValue
    public Builder withdraw(WorkspacePermission... permissions) {
      return add(false, Reach.WORKSPACE, names(permissions));
    }

    /** Takes device permissions out that reach every device; assigned ones stay. */
    @CanIgnoreReturnValue
    public Builder withdrawOnAllDevices(DevicePermission... permissions) {
      return add(false, Reach.ALL_DEVICES, names(permissions));
    }

    /** Takes device permissions out that reach the assigned devices; those on all stay. */
    @CanIgnoreReturnValue
    public Builder withdrawOnAssignedDevices(DevicePermission... permissions) {
      return add(false, Reach.ASSIGNED_DEVICES, names(permissions));
    }

    /** Takes permissions out by name: also those that the store has and the catalog lacks. */
    @CanIgnoreReturnValue
    public Builder withdrawNamed(Reach reach, String... permissions) {
      return add(false, reach, List.of(permissions));
    }

    private static List<String> names(Permission... permissions) {
      return Arrays.stream(permissions).map(Permission::name).toList();
    }

    @CanIgnoreReturnValue
    private Builder add(boolean gives, Reach reach, List<String> names) {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("ambiguous: a change without a permission");
      }
      names.forEach(name -> add(new Change(gives, reach, name)));
      return this;
    }

    private void add(Change change) {
      Change opposite = new Change(!change.gives(), change.reach(), change.permission());
      if (changes.contains(opposite)) {
        throw new IllegalArgumentException("ambiguous: both " + change + " and " + opposite);
      }
      changes.add(change);
    }

    /** The changes. */
    public RoleChanges build() {
      return new RoleChanges(List.copyOf(changes));
    }
  }
}
