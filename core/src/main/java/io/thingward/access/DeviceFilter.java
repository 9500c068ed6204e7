package io.thingward.access;

import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.Tag;
import io.thingward.model.TagEntry;
import io.thingward.model.WorkspaceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The devices of one workspace on which a subject may do something, as they were at the moment of
 * the question. It agrees with {@link Subject#decide} on every device. A value: it can be tested
 * here, or its {@link #set} rendered into a query of the host's own database; it does not follow
 * later changes.
 *
 * <p>Immutable and thread-safe.
 */
public final class DeviceFilter implements Predicate<Device> {
  private final WorkspaceId workspace;
  private final DeviceSet set;
  private final List<Index> indexes;

  private DeviceFilter(WorkspaceId workspace, DeviceSet set) {
    this.workspace = workspace;
    this.set = set;
    this.indexes = set.selectors().stream().map(Index::new).toList();
  }

  /** The filter for these devices of this workspace. */
  public static DeviceFilter of(WorkspaceId workspace, DeviceSet set) {
    return new DeviceFilter(workspace, set);
  }

  /** The workspace whose devices it is about; no other device passes. */
  public WorkspaceId workspace() {
    return workspace;
  }

  /** The devices, in a form that can be rendered. */
  public DeviceSet set() {
    return set;
  }

  @Override
  public boolean test(Device device) {
    if (!workspace.equals(device.workspace()) || set.isNothing()) {
      return false;
    }
    for (int i = 0; i < indexes.size(); i++) {
      if (!indexes.get(i).matches(device)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceFilter that
        && workspace.equals(that.workspace)
        && set.equals(that.set);
  }

  @Override
  public int hashCode() {
    return 31 * workspace.hashCode() + set.hashCode();
  }

  @Override
  public String toString() {
    return set + " in " + workspace;
  }

  /* A selector whose terms are looked up, so that a test costs the device's tags, not the terms. */
  private static final class Index {
    private final Set<DeviceId> ids;
    private final Set<Tag> tags = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> values = new HashSet<>();

    Index(DeviceSelector selector) {
      ids = new HashSet<>(selector.ids());
      for (TagEntry entry : selector.tags()) {
        if (entry.key().isEmpty()) {
          values.add(entry.value().orElseThrow());
        } else if (entry.value().isEmpty()) {
          keys.add(entry.key().get());
        } else {
          tags.add(Tag.of(entry.key().get(), entry.value().get()));
        }
      }
    }

    boolean matches(Device device) {
      if (ids.contains(device.id())) {
        return true;
      }
      List<Tag> deviceTags = device.tags();
      for (int i = 0; i < deviceTags.size(); i++) {
        Tag tag = deviceTags.get(i);
        if (tags.contains(tag) || keys.contains(tag.key()) || values.contains(tag.value())) {
          return true;
        }
      }
      return false;
    }
  }
}
