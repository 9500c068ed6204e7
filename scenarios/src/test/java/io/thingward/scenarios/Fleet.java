package io.thingward.scenarios;

import io.thingward.access.Device;
import io.thingward.access.DeviceDirectory;
import io.thingward.model.DeviceId;
import io.thingward.model.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The devices of a host. */
public final class Fleet implements DeviceDirectory {
  private record Place(WorkspaceId workspace, DeviceId id) {}

  private final Map<Place, Device> devices = new ConcurrentHashMap<>();

  /** Adds a device or changes it. */
  public void put(Device device) {
    devices.put(new Place(device.workspace(), device.id()), device);
  }

  /** Removes a device. */
  public void remove(Device device) {
    devices.remove(new Place(device.workspace(), device.id()));
  }

  /** All devices. */
  public List<Device> all() {
    return List.copyOf(devices.values());
  }

  @Override
  public Optional<Device> find(WorkspaceId workspace, DeviceId id) {
    return Optional.ofNullable(devices.get(new Place(workspace, id)));
  }
}
