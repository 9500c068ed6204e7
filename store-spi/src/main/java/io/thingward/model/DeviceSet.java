package io.thingward.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which devices of a workspace a question is about, in one small normal form: everything, nothing,
 * or what <em>all</em> of one or more selectors match. (A union of grants is one selector; what
 * narrows it is another.) The form can be tested in memory with {@link #matches}, rendered into any
 * query language with {@link #accept}, and kept or sent as text.
 *
 * <p>Its text form is {@code everything}, {@code nothing}, or the selectors, each in brackets, in
 * one canonical order: {@code all of [site=paris], [t1, floor=*]}. {@link #parse} accepts selectors
 * and terms in any order; {@link #toString} prints the canonical text, so {@code
 * parse(s.toString())} equals {@code s}, and equal sets print equally.
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

  /**
   * The devices that every one of these selectors matches, as {@link #and} puts them together. More
   * than {@value Limits#SELECTORS_PER_SET} of them, or than {@value Limits#TERMS_PER_SET} terms in
   * all of them, are an {@link IllegalArgumentException}, also where some would be dropped; so is
   * no selector at all: a lost list never means everything.
   */
  public static DeviceSet allOf(Collection<DeviceSelector> selectors) {
    List<DeviceSelector> all = List.copyOf(selectors);
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "at least one selector: for all devices say everything(), for none nothing()");
    }
    checkSize(all);
    return new DeviceSet(false, DeviceSelector.narrowest(all));
  }

  /** The set with this text; {@link IllegalArgumentException} names the index of an error. */
  public static DeviceSet parse(String text) {
    return SelectorText.parseSet(text);
  }

  /**
   * What is in both. A selector that reaches all that another reaches is dropped. If more than
   * {@value Limits#SELECTORS_PER_SET} selectors, or {@value Limits#TERMS_PER_SET} terms in all of
   * them, are left, that is an {@link IllegalArgumentException}.
   */
  public DeviceSet and(DeviceSet other) {
    if (everything || other.isNothing()) {
      return other;
    }
    if (other.everything || isNothing()) {
      return this;
    }
    List<DeviceSelector> all = new ArrayList<>(selectors);
    all.addAll(other.selectors);
    List<DeviceSelector> narrowest = DeviceSelector.narrowest(all);
    checkSize(narrowest);
    return new DeviceSet(false, narrowest);
  }

  private static void checkSize(List<DeviceSelector> selectors) {
    if (selectors.size() > Limits.SELECTORS_PER_SET) {
      throw new IllegalArgumentException(
          selectors.size() + " selectors in a set, the limit is " + Limits.SELECTORS_PER_SET);
    }
    long terms = selectors.stream().mapToLong(DeviceSelector::size).sum();
    if (terms > Limits.TERMS_PER_SET) {
      throw new IllegalArgumentException(
          terms + " terms in a set, the limit is " + Limits.TERMS_PER_SET);
    }
  }

  /** Whether this is every device. */
  public boolean isEverything() {
    return everything;
  }

  /** Whether this is no device. */
  public boolean isNothing() {
    return !everything && selectors.isEmpty();
  }

  /**
   * The selectors, all of which a device must match, in canonical order; empty for everything and
   * nothing.
   */
  public List<DeviceSelector> selectors() {
    return selectors;
  }

  /** Renders this set; what it is rendered into is what the visitor makes of its parts. */
  public <T> T accept(DeviceSetVisitor<T> visitor) {
    if (everything) {
      return visitor.everything();
    }
    if (selectors.isEmpty()) {
      return visitor.nothing();
    }
    return visitor.allOf(selectors.stream().map(selector -> anyOf(selector, visitor)).toList());
  }

  private static <T> T anyOf(DeviceSelector selector, DeviceSetVisitor<T> visitor) {
    List<Tag> tags = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (TagEntry entry : selector.tags()) {
      if (entry.key().isEmpty()) {
        values.add(entry.value().orElseThrow());
      } else if (entry.value().isEmpty()) {
        keys.add(entry.key().get());
      } else {
        tags.add(Tag.of(entry.key().get(), entry.value().get()));
      }
    }
    return visitor.anyOf(selector.ids(), List.copyOf(tags), List.copyOf(keys), List.copyOf(values));
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
        && selectors.equals(that.selectors);
  }

  @Override
  public int hashCode() {
    return 31 * selectors.hashCode() + Boolean.hashCode(everything);
  }

  /** The canonical text form. */
  @Override
  public String toString() {
    return SelectorText.print(this);
  }
}
