package io.thingward.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which devices of a workspace a question is about, in one small normal form: everything, nothing,
 * or what <em>all</em> of one or more selectors match. (A union of grants is one selector; what
 * narrows it is another.) The form can be tested in memory and rendered into any query language.
 *
 * <p>Immutable and thread-safe.
 */
public final class DeviceSet {
  private static final DeviceSet EVERYTHING = new DeviceSet(true, List.of());
  private static final DeviceSet NOTHING = new DeviceSet(false, List.of());

  private final boolean everything;
  private final List<DeviceSelector> selectors;

  private DeviceSet(boolean everything, List<DeviceSelector> selectors) {
    this.everything = everything;
    this.selectors = selectors;
  }

  /** Every device of the workspace. */
  public static DeviceSet everything() {
    return EVERYTHING;
  }

  /** No device. */
  public static DeviceSet nothing() {
    return NOTHING;
  }

  /** The devices of a scope. */
  public static DeviceSet of(DeviceScope scope) {
    if (scope.isAll()) {
      return EVERYTHING;
    }
    return scope.selector().map(s -> new DeviceSet(false, List.of(s))).orElse(NOTHING);
  }

  /** What is in both. A selector that reaches all that another reaches is dropped. */
  public DeviceSet and(DeviceSet other) {
    if (everything || other.isNothing()) {
      return other;
    }
    if (other.everything || isNothing()) {
      return this;
    }
    List<DeviceSelector> all = new ArrayList<>(selectors);
    for (DeviceSelector selector : other.selectors) {
      if (all.stream().noneMatch(selector::covers)) {
        all.removeIf(wider -> wider.covers(selector));
        all.add(selector);
      }
    }
    return new DeviceSet(false, List.copyOf(all));
  }

  /** Whether this is every device. */
  public boolean isEverything() {
    return everything;
  }

  /** Whether this is no device. */
  public boolean isNothing() {
    return !everything && selectors.isEmpty();
  }

  /** The selectors, all of which a device must match; empty for everything and nothing. */
  public List<DeviceSelector> selectors() {
    return selectors;
  }

  /**
   * Whether a device of the workspace is in it; the definition, see {@link DeviceSelector#matches}.
   */
  public boolean matches(DeviceId id, Collection<Tag> tags) {
    return everything
        || (!selectors.isEmpty() && selectors.stream().allMatch(s -> s.matches(id, tags)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceSet that
        && everything == that.everything
        && Set.copyOf(selectors).equals(Set.copyOf(that.selectors)); // in any order
  }

  @Override
  public int hashCode() {
    return 31 * Set.copyOf(selectors).hashCode() + Boolean.hashCode(everything);
  }

  @Override
  public String toString() {
    return everything ? "everything" : isNothing() ? "nothing" : "all of " + selectors;
  }
}
