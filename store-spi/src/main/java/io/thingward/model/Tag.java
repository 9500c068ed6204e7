package io.thingward.model;

/**
 * A tag on a device. A key may carry several values on one device: each is a tag of its own.
 *
 * @param key 1 to {@value Limits#TAG_LENGTH} UTF-16 code units, without control characters
 * @param value likewise
 */
public record Tag(String key, String value) implements Comparable<Tag> {
  /** Validates. */
  public Tag {
    Text.check("tag key", key, Limits.TAG_LENGTH);
    Text.check("tag value", value, Limits.TAG_LENGTH);
  }

  /** The tag with this key and value. */
  public static Tag of(String key, String value) {
    return new Tag(key, value);
  }

  @Override
  public int compareTo(Tag other) {
    int first = key.compareTo(other.key);
    return first != 0 ? first : value.compareTo(other.value);
  }

  /** The term that admits exactly this tag, in the text form of {@link DeviceSelector}. */
  @Override
  public String toString() {
    return TagEntry.of(key, value).toString();
  }
}
