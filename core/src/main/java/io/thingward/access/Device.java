package io.thingward.access;

import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;

/**
 * A device as the host describes it at this moment. Thingward stores none. A device that is shared
 * with a second workspace is one value per workspace.
 *
 * <p>Security: tags are rights wherever a scope names tags. Guard editing them like granting, and
 * announce every edit with {@code Thingward.deviceChanged}.
 *
 * @param workspace the workspace in which the device is looked at
 * @param id its id there
 * @param tags its tags, at most {@value Limits#TAGS_PER_DEVICE}; a key may come with several values
 */
public record Device(WorkspaceId workspace, DeviceId id, List<Tag> tags) {
  /** Validates and copies. */
  public Device {
    if (tags.size() > Limits.TAGS_PER_DEVICE) {
      throw new IllegalArgumentException(
          tags.size() + " tags on a device, the limit is " + Limits.TAGS_PER_DEVICE);
    }
    tags = List.copyOf(tags);
  }

  /** A device without tags. */
  public static Device of(WorkspaceId workspace, String id) {
    return new Device(workspace, DeviceId.of(id), List.of());
  }

  /** The same device with one tag more. */
  public Device tagged(String key, String value) {
    List<Tag> more = new ArrayList<>(tags);
    more.add(Tag.of(key, value));
    return new Device(workspace, id, more);
  }
}
