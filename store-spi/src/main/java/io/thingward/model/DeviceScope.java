package io.thingward.model;

import java.util.Optional;

/**
 * Which devices of a workspace something reaches: none, all, or those that a selector matches.
 * There is no empty scope, so a lost list never means all.
 *
 * <p>The text form is {@code -} for none, {@code *} for all, else that of the {@link
 * DeviceSelector}. Immutable and thread-safe.
 */
public final class DeviceScope {
  private static final DeviceScope NONE = new DeviceScope(false, Optional.empty());
  private static final DeviceScope ALL = new DeviceScope(true, Optional.empty());

  private final boolean all;
  private final Optional<DeviceSelector> selector;

  private DeviceScope(boolean all, Optional<DeviceSelector> selector) {
    this.all = all;
    this.selector = selector;
  }

  /** No device. */
  public static DeviceScope none() {
    return NONE;
  }

  /** Every device of the workspace, also those added later. */
  public static DeviceScope all() {
    return ALL;
  }

  /** The devices that a selector matches, as they match at the time of each decision. */
  public static DeviceScope of(DeviceSelector selector) {
    return new DeviceScope(false, Optional.of(selector));
  }

  /**
   * The devices that any of these terms matches, one argument per term: {@code "t1"}, {@code
   * "site=paris"}, {@code "floor=*"}, {@code "*=cold"}. A comma is an ordinary character here.
   * Without a term an {@link IllegalArgumentException}.
   */
  public static DeviceScope anyOf(String... terms) {
    return of(DeviceSelector.anyOf(terms));
  }

  /** The scope with this text: {@code -}, {@code *} or a selector. */
  public static DeviceScope parse(String text) {
    return switch (text) {
      case "-" -> NONE;
      case "*" -> ALL;
      default -> of(DeviceSelector.parse(text));
    };
  }

  /** Whether this is {@link #none()}. */
  public boolean isNone() {
    return !all && selector.isEmpty();
  }

  /** Whether this is {@link #all()}. */
  public boolean isAll() {
    return all;
  }

  /** The selector, or empty for none and all. */
  public Optional<DeviceSelector> selector() {
    return selector;
  }

  /** The number of selector terms; 0 for none and all. */
  public int terms() {
    return selector.map(DeviceSelector::size).orElse(0);
  }

  /** Whether this scope surely reaches all that the other reaches; symbolic, see the selector. */
  public boolean covers(DeviceScope other) {
    if (all || other.isNone()) {
      return true;
    }
    return selector.isPresent()
        && other.selector.isPresent()
        && selector.get().covers(other.selector.get());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceScope that && all == that.all && selector.equals(that.selector);
  }

  @Override
  public int hashCode() {
    return 31 * selector.hashCode() + Boolean.hashCode(all);
  }

  /** The text form. */
  @Override
  public String toString() {
    return all ? "*" : selector.map(DeviceSelector::toString).orElse("-");
  }
}
