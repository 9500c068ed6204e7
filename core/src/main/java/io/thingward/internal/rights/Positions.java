package io.thingward.internal.rights;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.permission.Catalog;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bit positions of a catalog. A name outside the catalog has none: it compiles to nothing, so
 * that what a newer node wrote grants nothing here and harms nothing. Immutable and thread-safe.
 */
public final class Positions {
  private final Catalog catalog;
  private final Map<String, Integer> workspace;
  private final Map<String, Integer> device;

  /** Numbers the permissions of a catalog, each kind from 0. */
  public Positions(Catalog catalog) {
    this.catalog = catalog;
    this.workspace = number(catalog.workspacePermissions());
    this.device = number(catalog.devicePermissions());
  }

  private static Map<String, Integer> number(List<? extends Permission> permissions) {
    Map<String, Integer> positions = new HashMap<>();
    permissions.forEach(permission -> positions.put(permission.name(), positions.size()));
    return positions;
  }

  /** The catalog. */
  public Catalog catalog() {
    return catalog;
  }

  /** The position of a permission; {@link IllegalArgumentException} if the catalog lacks it. */
  public int of(WorkspacePermission permission) {
    return position(workspace, permission);
  }

  /** The position of the workspace permission with this name. */
  public int ofWorkspace(String name) {
    return of(catalog.workspacePermission(name).orElseThrow());
  }

  /** The position of a permission; {@link IllegalArgumentException} if the catalog lacks it. */
  public int of(DevicePermission permission) {
    return position(device, permission);
  }

  /** The permission itself; {@link IllegalArgumentException} if the catalog lacks it. */
  @CanIgnoreReturnValue
  public <P extends Permission> P checked(P permission) {
    int position =
        position(permission instanceof WorkspacePermission ? workspace : device, permission);
    assert position >= 0;
    return permission;
  }

  private static int position(Map<String, Integer> positions, Permission permission) {
    Objects.requireNonNull(permission, "permission");
    @Nullable Integer position = positions.get(permission.name());
    if (position == null) {
      throw new IllegalArgumentException("permission " + permission + " is not in the catalog");
    }
    return position;
  }

  /** Those of these names that are not in the catalog, of the kind they are used as. */
  public Set<String> unknown(Holdings holdings) {
    Set<String> unknown = new HashSet<>(holdings.workspace());
    unknown.removeAll(workspace.keySet());
    for (Set<String> names : holdings.device().values()) {
      names.stream().filter(name -> !device.containsKey(name)).forEach(unknown::add);
    }
    return unknown;
  }

  /** Whether every one of these names is in the catalog, of the kind it is used as. */
  boolean knows(Holdings holdings) {
    return unknown(holdings).isEmpty();
  }

  Bits workspaceBits(Collection<String> names) {
    return bits(workspace, names);
  }

  Bits deviceBits(Collection<String> names) {
    return bits(device, names);
  }

  Bits allWorkspace() {
    return Bits.first(workspace.size());
  }

  Bits allDevice() {
    return Bits.first(device.size());
  }

  private static Bits bits(Map<String, Integer> positions, Collection<String> names) {
    return Bits.of(
        names.stream().map(positions::get).filter(Objects::nonNull).mapToInt(i -> i).toArray());
  }
}
