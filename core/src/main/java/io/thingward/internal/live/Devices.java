package io.thingward.internal.live;

import io.thingward.access.Device;
import io.thingward.access.DeviceDirectory;
import io.thingward.error.UnavailableException;
import io.thingward.model.DeviceId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ChangeFeed;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Devices as the host's directory gives them, as this node knows them. Other nodes learn of changes
 * through the feed of keys. Thread-safe.
 */
public final class Devices {
  private final StoreCalls keyCalls;
  private final Optional<ChangeFeed> keyFeed;
  private final DeviceDirectory directory;
  private final Consumer<Object> changed;
  private final Cells<Key, Device> cells;

  Devices(
      StoreCalls keyCalls,
      Optional<ChangeFeed> keyFeed,
      DeviceDirectory directory,
      NodeCache cache,
      Consumer<Object> changed) {
    this.keyCalls = keyCalls;
    this.keyFeed = keyFeed;
    this.directory = directory;
    this.changed = changed;
    this.cells = cache.cells(Aggregate.KEYS, this::find, device -> Optional.empty());
  }

  /** Names a device across workspaces. */
  record Key(WorkspaceId workspace, DeviceId id) {}

  Cell<Key, Device> cell(WorkspaceId workspace, DeviceId id) {
    return cells.cell(new Key(workspace, id));
  }

  private Optional<Device> find(Key key) {
    keyCalls.requireOpen();
    Optional<Device> found;
    try {
      found = directory.find(key.workspace, key.id);
    } catch (RuntimeException failure) {
      throw new UnavailableException("the device directory failed", failure);
    }
    if (found == null) {
      throw new UnavailableException("the device directory answered null");
    }
    found.ifPresent(device -> StoreCalls.requireSame(key.workspace, device.workspace()));
    found.ifPresent(device -> StoreCalls.requireSame(key.id, device.id()));
    return found;
  }

  /**
   * The host says that a device changed, appeared or is gone. This node knows at once; the others
   * through the feed of keys, if there is one.
   */
  public void changed(WorkspaceId workspace, DeviceId id) {
    keyCalls.requireOpen();
    mark(workspace, id);
    keyFeed.ifPresent(
        feed -> {
          boolean told =
              keyCalls.tell(
                  "the feed of keys",
                  () -> {
                    feed.announce(workspace, id);
                    return true;
                  });
          assert told;
        });
  }

  /** It changed, or may have: whoever asks from now on asks the directory again. */
  void mark(WorkspaceId workspace, DeviceId id) {
    Key key = new Key(workspace, id);
    cells.mark(key);
    changed.accept(key);
  }
}
