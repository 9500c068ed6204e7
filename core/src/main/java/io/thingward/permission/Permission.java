package io.thingward.permission;

import io.thingward.model.PermissionNames;
import java.util.Set;

/**
 * Something that can be granted: a {@link WorkspacePermission} or a {@link DevicePermission}. A
 * value: two permissions of one kind and name are equal; which ones count is for the {@link
 * Catalog}.
 */
public abstract sealed class Permission permits WorkspacePermission, DevicePermission {
  private final String name;
  private final String description;

  Permission(String name, String description) {
    this.name = PermissionNames.check(name);
    this.description = description;
  }

  /** The name that grants and roles are stored by; matches {@code [A-Za-z0-9._/:-]{1,100}}. */
  public final String name() {
    return name;
  }

  /** What it lets its holder do, for people. */
  public final String description() {
    return description;
  }

  /** The permissions of its kind that it implies directly. */
  public abstract Set<? extends Permission> implied();

  @Override
  public final boolean equals(Object other) {
    return other instanceof Permission that
        && name.equals(that.name)
        && this instanceof WorkspacePermission == that instanceof WorkspacePermission;
  }

  @Override
  public final int hashCode() {
    return name.hashCode();
  }

  @Override
  public final String toString() {
    return name;
  }
}
