package io.thingward.permission;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A permission on a device. It cannot be asked of the other kind of target: that does not compile.
 *
 * <pre>{@code
 * static final DevicePermission EXAMPLE = DevicePermission.of("device.view", "See the device and its measurements");
 * }</pre>
 */
public final class DevicePermission extends Permission {
  private final Set<DevicePermission> implied;

  private DevicePermission(String name, String description, Set<DevicePermission> implied) {
    super(name, description);
    this.implied = implied;
  }

  /** A permission that implies no other. */
  public static DevicePermission of(String name, String description) {
    return new DevicePermission(name, description, Set.of());
  }

  /** The same permission, implying these, too. Whoever holds it holds them. */
  public DevicePermission implying(DevicePermission... permissions) {
    Set<DevicePermission> all = new LinkedHashSet<>(implied);
    all.addAll(List.of(permissions));
    return new DevicePermission(name(), description(), Set.copyOf(all));
  }

  @Override
  public Set<DevicePermission> implied() {
    return implied;
  }
}
