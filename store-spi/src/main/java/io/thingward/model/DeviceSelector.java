package io.thingward.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A set of device ids and tag entries: a device matches if ANY id is its id or ANY entry matches
 * one of its tags. Never empty.
 *
 * <p>Its text form is comma-separated, {@code id1, id2, site=paris, floor=*, *=cold}, in one
 * canonical order: ids, then {@code key=value}, {@code key=*}, {@code *=value}, each sorted. A part
 * that holds one of {@code , = " * ]}, that is {@code -}, or that has white space at an end is
 * written between double quotes, with a double quote written twice: {@code "a,b"="say ""hi"""}.
 * {@link #parse} accepts the terms in any order; {@link #toString} prints the canonical text, so
 * {@code parse(s.toString())} equals {@code s}, and {@code parse(t).toString()} is {@code t} for
 * every canonical {@code t}.
 *
 * <pre>{@code
 * DeviceSelector.parse("t1, site=paris")
 * DeviceSelector.builder().id(DeviceId.of("t1")).tag(TagEntry.of("site", "paris")).build()
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class DeviceSelector {
  /** Any total order that agrees with equality will do; it makes equal sets print equally. */
  static final Comparator<DeviceSelector> ORDER =
      Comparator.<DeviceSelector, List<DeviceId>>comparing(s -> s.ids, DeviceSelector::compare)
          .thenComparing(s -> s.tags, DeviceSelector::compare);

  /* Sorted and without duplicates; lists, because most selectors have one or two terms. */
  private final List<DeviceId> ids;
  private final List<TagEntry> tags;

  private DeviceSelector(Builder builder) {
    ids = List.copyOf(builder.ids);
    tags = List.copyOf(builder.tags);
    if (size() == 0) {
      throw new IllegalArgumentException(
          "a selector has at least one term: for no devices say DeviceScope.none(),"
              + " for all DeviceScope.all()");
    }
    if (size() > Limits.TERMS_PER_SELECTOR) {
      throw new IllegalArgumentException(
          size() + " terms, the limit is " + Limits.TERMS_PER_SELECTOR);
    }
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** The selector with this text; {@link IllegalArgumentException} names the index of an error. */
  public static DeviceSelector parse(String text) {
    return SelectorText.parse(text);
  }

  /** The selector of these terms, each a text of its own in which a comma is no separator. */
  public static DeviceSelector anyOf(String... terms) {
    Builder builder = builder();
    for (String term : terms) {
      SelectorText.parseTerm(term, builder);
    }
    return builder.build();
  }

  /** The ids, sorted, each once. */
  public List<DeviceId> ids() {
    return ids;
  }

  /** The tag entries, in canonical order, each once. */
  public List<TagEntry> tags() {
    return tags;
  }

  /** The number of terms, at least 1. */
  public int size() {
    return ids.size() + tags.size();
  }

  /**
   * Whether a device matches. This is the definition, term by term; core evaluates an indexed form
   * that agrees with it.
   */
  public boolean matches(DeviceId id, Collection<Tag> deviceTags) {
    return has(ids, id)
        || tags.stream().anyMatch(entry -> deviceTags.stream().anyMatch(entry::matches));
  }

  /**
   * Whether this selector surely reaches all that the other reaches: each id of the other is one of
   * its ids, each entry has the same or a wider one here. Symbolic: it never looks at devices.
   */
  public boolean covers(DeviceSelector other) {
    return other.ids.stream().allMatch(id -> has(ids, id))
        && other.tags.stream().allMatch(this::coversEntry);
  }

  private boolean coversEntry(TagEntry entry) {
    return entry.covering().stream().anyMatch(same -> has(tags, same));
  }

  /**
   * These selectors in canonical order, without those that cover another of them; of two that cover
   * each other the first stays. Each term is looked up once, however many selectors there are and
   * however alike: to compare each with each is to look it up in all the others.
   */
  static List<DeviceSelector> narrowest(List<DeviceSelector> selectors) {
    List<DeviceSelector> sorted = selectors.stream().sorted(ORDER).toList();
    Map<DeviceId, BitSet> withId = new HashMap<>(); // the positions of the selectors that have it
    Map<TagEntry, BitSet> withTag = new HashMap<>();
    for (int i = 0; i < sorted.size(); i++) {
      int position = i;
      sorted.get(i).ids.forEach(id -> at(withId, id).set(position));
      sorted.get(i).tags.forEach(entry -> at(withTag, entry).set(position));
    }
    BitSet none = new BitSet();
    BitSet stay = new BitSet();
    stay.set(0, sorted.size());
    for (int i = stay.nextSetBit(0); i >= 0; i = stay.nextSetBit(i + 1)) {
      BitSet covering = (BitSet) stay.clone();
      sorted.get(i).ids.forEach(id -> covering.and(at(withId, id)));
      for (TagEntry entry : sorted.get(i).tags) {
        BitSet any = new BitSet();
        for (TagEntry same : entry.covering()) {
          any.or(withTag.getOrDefault(same, none));
        }
        covering.and(any);
      }
      covering.clear(i);
      stay.andNot(covering);
    }
    return stay.stream().mapToObj(sorted::get).toList();
  }

  private static <T> BitSet at(Map<T, BitSet> positions, T term) {
    return positions.computeIfAbsent(term, absent -> new BitSet());
  }

  /* Element by element; where one list begins with the other, the longer one comes first. */
  private static <T extends Comparable<? super T>> int compare(List<T> a, List<T> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int first = a.get(i).compareTo(b.get(i));
      if (first != 0) {
        return first;
      }
    }
    return Integer.compare(b.size(), a.size());
  }

  private static <T extends Comparable<? super T>> boolean has(List<T> sorted, T element) {
    return Collections.binarySearch(sorted, element) >= 0;
  }

  /** A builder that holds these terms. */
  public Builder toBuilder() {
    return builder().addAll(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceSelector that && ids.equals(that.ids) && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return 31 * ids.hashCode() + tags.hashCode();
  }

  /** The canonical text form. */
  @Override
  public String toString() {
    return SelectorText.print(this);
  }

  /** Collects terms; the same term twice counts once. Not thread-safe. */
  public static final class Builder {
    private final TreeSet<DeviceId> ids = new TreeSet<>();
    private final TreeSet<TagEntry> tags = new TreeSet<>();

    private Builder() {}

    /** Adds a device id. */
    @CanIgnoreReturnValue
    public Builder id(DeviceId id) {
      ids.add(id);
      return this;
    }

    /** Adds a tag entry. */
    @CanIgnoreReturnValue
    public Builder tag(TagEntry entry) {
      tags.add(entry);
      return this;
    }

    /** Adds every term of a selector. */
    @CanIgnoreReturnValue
    public Builder addAll(DeviceSelector selector) {
      ids.addAll(selector.ids);
      tags.addAll(selector.tags);
      return this;
    }

    /** The selector; {@link IllegalArgumentException} without a term or with too many. */
    public DeviceSelector build() {
      return new DeviceSelector(this);
    }
  }
}
