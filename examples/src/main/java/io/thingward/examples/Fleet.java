package io.thingward.examples;

import io.thingward.access.Device;
import io.thingward.access.DeviceDirectory;
import io.thingward.model.DeviceId;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices of this platform: the one thing that a host with devices brings along. The library
 * stores none of them; it asks this directory, and is told when something here changes.
 */
final class Fleet implements DeviceDirectory {
  private record Key(WorkspaceId workspace, DeviceId id) {}

  private final Map<Key, Device> devices = Collections.synchronizedMap(new LinkedHashMap<>());

  @Override
  public Optional<Device> find(WorkspaceId workspace, DeviceId id) {
    return Optional.ofNullable(devices.get(new Key(workspace, id)));
  }

  /** The device with this id, which has to be there. */
  Device get(WorkspaceId workspace, String id) {
    return find(workspace, DeviceId.of(id))
        .orElseThrow(() -> new IllegalArgumentException("no device " + id + " in " + workspace));
  }

  /** All devices of all workspaces. */
  List<Device> all() {
    synchronized (devices) {
      return List.copyOf(devices.values());
    }
  }

  /** Adds a device, or replaces one. */
  void put(Device device) {
    devices.put(new Key(device.workspace(), device.id()), device);
  }

  /** Gives a device one tag for another. The caller announces it: tags are rights. */
  Device retag(Device device, Tag from, Tag to) {
    List<Tag> tags = new ArrayList<>(device.tags());
    if (!tags.remove(from)) {
      throw new IllegalArgumentException(device.id() + " has no tag " + from);
    }
    tags.add(to);
    Device changed = new Device(device.workspace(), device.id(), tags);
    put(changed);
    return changed;
  }
}
