package io.thingward.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A term of a selector that looks at tags: {@code key=value} (one tag satisfies both halves),
 * {@code key=*} or {@code *=value}. {@code *=*} does not exist: whoever means all devices says
 * {@link DeviceScope#all()}.
 *
 * @param key the key a tag must have, empty for any
 * @param value the value a tag must have, empty for any
 */
public record TagEntry(Optional<String> key, Optional<String> value)
    implements Comparable<TagEntry> {
  /* Entries with both halves come first, then key=*, then *=value; within each by key, value. */
  private static final Comparator<TagEntry> ORDER =
      Comparator.comparingInt((TagEntry e) -> e.key.isEmpty() ? 2 : e.value.isEmpty() ? 1 : 0)
          .thenComparing(e -> e.key.orElse(""))
          .thenComparing(e -> e.value.orElse(""));

  /** Validates. */
  public TagEntry {
    if (key.isEmpty() && value.isEmpty()) {
      throw new IllegalArgumentException(
          "*=* is no tag entry: for all devices say DeviceScope.all()");
    }
    key.ifPresent(k -> Text.check("tag key", k, Limits.TAG_LENGTH));
    value.ifPresent(v -> Text.check("tag value", v, Limits.TAG_LENGTH));
  }

  /** {@code key=value}. */
  public static TagEntry of(String key, String value) {
    return new TagEntry(Optional.of(key), Optional.of(value));
  }

  /** {@code key=*}. */
  public static TagEntry anyValue(String key) {
    return new TagEntry(Optional.of(key), Optional.empty());
  }

  /** {@code *=value}. */
  public static TagEntry anyKey(String value) {
    return new TagEntry(Optional.empty(), Optional.of(value));
  }

  /** Whether this tag satisfies the entry. */
  public boolean matches(Tag tag) {
    return (key.isEmpty() || key.get().equals(tag.key()))
        && (value.isEmpty() || value.get().equals(tag.value()));
  }

  /**
   * Whether this entry is the same as the other or wider: every tag that satisfies the other
   * satisfies this one.
   */
  public boolean covers(TagEntry other) {
    return (key.isEmpty() || key.equals(other.key))
        && (value.isEmpty() || value.equals(other.value));
  }

  /** The entries that cover this one: itself, and each that is wider. */
  List<TagEntry> covering() {
    return key.isPresent() && value.isPresent()
        ? List.of(this, anyValue(key.get()), anyKey(value.get()))
        : List.of(this);
  }

  @Override
  public int compareTo(TagEntry other) {
    return ORDER.compare(this, other);
  }

  /** The term in the text form of {@link DeviceSelector}. */
  @Override
  public String toString() {
    return SelectorText.print(this);
  }
}
