package io.thingward.internal.rights;

import io.thingward.access.Device;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.Tag;
import io.thingward.model.TagEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holdings compiled: which permissions are held in the workspace, which on all devices, and for
 * each id and tag entry that some scope names, which on the devices it matches.
 */
public final class HeldRights implements Rights {
  /** Nothing at all. */
  public static final HeldRights NOTHING =
      new HeldRights(
          false, Bits.NONE, Bits.NONE, new Scoped(Map.of(), Map.of(), Map.of(), Map.of()));

  private final boolean unlimited;
  private final Bits workspace;
  private final Bits onAllDevices;
  private final Scoped scoped;

  /* The bits of each term. Most terms carry one of few combinations, so equal bits are one object. */
  private record Scoped(
      Map<DeviceId, Bits> ids,
      Map<Tag, Bits> tags,
      Map<String, Bits> keys,
      Map<String, Bits> values) {}

  private HeldRights(boolean unlimited, Bits workspace, Bits onAllDevices, Scoped scoped) {
    this.unlimited = unlimited;
    this.workspace = workspace;
    this.onAllDevices = onAllDevices;
    this.scoped = scoped;
  }

  /** What an owner holds: everything, on every device. */
  public static HeldRights ofOwner(Positions positions) {
    return new HeldRights(true, positions.allWorkspace(), positions.allDevice(), NOTHING.scoped);
  }

  /** What these holdings come to, with everything they imply. */
  public static HeldRights of(Holdings holdings, Positions positions) {
    return exactly(holdings.closed(positions.catalog()), positions);
  }

  /** These names and no more: for a restriction, which was closed when it was made. */
  public static HeldRights exactly(Holdings holdings, Positions positions) {
    Compiler compiler = new Compiler();
    holdings.device().forEach((scope, names) -> compiler.add(scope, positions.deviceBits(names)));
    return new HeldRights(
        false,
        positions.workspaceBits(holdings.workspace()),
        compiler.onAllDevices,
        new Scoped(compiler.ids, compiler.tags, compiler.keys, compiler.values));
  }

  @Override
  public boolean isUnlimited() {
    return unlimited;
  }

  @Override
  public boolean has(int workspacePermission) {
    return workspace.has(workspacePermission);
  }

  @Override
  public boolean has(int devicePermission, Device device) {
    if (onAllDevices.has(devicePermission) || has(scoped.ids.get(device.id()), devicePermission)) {
      return true;
    }
    List<Tag> tags = device.tags();
    for (int i = 0; i < tags.size(); i++) {
      Tag tag = tags.get(i);
      if (has(scoped.tags.get(tag), devicePermission)
          || has(scoped.keys.get(tag.key()), devicePermission)
          || has(scoped.values.get(tag.value()), devicePermission)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(@Nullable Bits bits, int permission) {
    return bits != null && bits.has(permission);
  }

  @Override
  public DeviceSet reach(int devicePermission) {
    if (onAllDevices.has(devicePermission)) {
      return DeviceSet.everything();
    }
    DeviceSelector.Builder selector = DeviceSelector.builder();
    boolean[] any = {false};
    collect(scoped.ids, devicePermission, any, selector::id);
    collect(scoped.tags, devicePermission, any, t -> selector.tag(TagEntry.of(t.key(), t.value())));
    collect(scoped.keys, devicePermission, any, k -> selector.tag(TagEntry.anyValue(k)));
    collect(scoped.values, devicePermission, any, v -> selector.tag(TagEntry.anyKey(v)));
    return any[0] ? DeviceSet.of(DeviceScope.of(selector.build())) : DeviceSet.nothing();
  }

  private static <T> void collect(
      Map<T, Bits> terms, int permission, boolean[] any, Consumer<T> add) {
    terms.forEach(
        (term, bits) -> {
          if (bits.has(permission)) {
            any[0] = true;
            add.accept(term);
          }
        });
  }

  @Override
  public boolean covers(int devicePermission, DeviceScope scope) {
    if (scope.isNone() || onAllDevices.has(devicePermission)) {
      return true;
    }
    return scope
        .selector()
        .map(
            selector ->
                selector.ids().stream().allMatch(id -> has(scoped.ids.get(id), devicePermission))
                    && selector.tags().stream().allMatch(e -> covers(e, devicePermission)))
        .orElse(false);
  }

  private boolean covers(TagEntry entry, int permission) {
    boolean byKey = entry.key().map(k -> has(scoped.keys.get(k), permission)).orElse(false);
    boolean byValue = entry.value().map(v -> has(scoped.values.get(v), permission)).orElse(false);
    return byKey
        || byValue
        || (entry.key().isPresent()
            && entry.value().isPresent()
            && has(scoped.tags.get(Tag.of(entry.key().get(), entry.value().get())), permission));
  }

  private static final class Compiler {
    private final Map<Bits, Bits> interned = new HashMap<>();
    private final Map<DeviceId, Bits> ids = new HashMap<>();
    private final Map<Tag, Bits> tags = new HashMap<>();
    private final Map<String, Bits> keys = new HashMap<>();
    private final Map<String, Bits> values = new HashMap<>();
    private Bits onAllDevices = Bits.NONE;

    void add(DeviceScope scope, Bits bits) {
      if (scope.isAll()) {
        onAllDevices = onAllDevices.or(bits);
      }
      scope.selector().ifPresent(selector -> add(selector, bits));
    }

    private void add(DeviceSelector selector, Bits bits) {
      selector.ids().forEach(id -> merge(ids, id, bits));
      for (TagEntry entry : selector.tags()) {
        if (entry.key().isEmpty()) {
          merge(values, entry.value().orElseThrow(), bits);
        } else if (entry.value().isEmpty()) {
          merge(keys, entry.key().get(), bits);
        } else {
          merge(tags, Tag.of(entry.key().get(), entry.value().get()), bits);
        }
      }
    }

    private <T> void merge(Map<T, Bits> terms, T term, Bits bits) {
      Bits merged = terms.getOrDefault(term, Bits.NONE).or(bits);
      terms.put(term, interned.computeIfAbsent(merged, b -> b));
    }
  }
}
