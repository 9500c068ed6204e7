package io.thingward.testing;

import io.thingward.access.Device;
import io.thingward.access.DeviceDirectory;
import io.thingward.model.DeviceId;
import io.thingward.model.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A host's devices. */
public final class Fleet implements DeviceDirectory {
  private record Key(WorkspaceId workspace, DeviceId id) {}

  private final Map<Key, Device> devices = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile RuntimeException failure;
  private volatile DeviceDirectory nonsense;

  /** Adds a device or changes it. */
  public Device put(Device device) {
    devices.put(new Key(device.workspace(), device.id()), device);
    return device;
  }

  /** Removes a device. */
  public void remove(Device device) {
    devices.remove(new Key(device.workspace(), device.id()));
  }

  /** All devices. */
  public List<Device> all() {
    return List.copyOf(devices.values());
  }

  /** From now on every question fails like this; null ends that. */
  public void fail(RuntimeException with) {
    failure = with;
  }

  /** From now on this answers instead. */
  public void answer(DeviceDirectory instead) {
    nonsense = instead;
  }

  /** How often it was asked. */
  public int asked() {
    return asked.get();
  }

  @Override
  public Optional<Device> find(WorkspaceId workspace, DeviceId id) {
    asked.incrementAndGet();
    if (failure != null) {
      throw failure;
    }
    if (nonsense != null) {
      return nonsense.find(workspace, id);
    }
    return Optional.ofNullable(devices.get(new Key(workspace, id)));
  }
}
