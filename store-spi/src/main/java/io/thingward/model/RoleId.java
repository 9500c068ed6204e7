package io.thingward.model;

/**
 * Names a role, of one workspace or shared by all. Opaque, exact, case-sensitive, never reused.
 *
 * @param value 1 to {@value Limits#ID_LENGTH} UTF-16 code units, without control characters and
 *     unpaired surrogates
 */
public record RoleId(String value) implements Comparable<RoleId> {
  /** Validates. */
  public RoleId {
    Text.check("role id", value, Limits.ID_LENGTH);
  }

  /** The id with this text; {@link IllegalArgumentException} where it breaks the rule above. */
  public static RoleId of(String value) {
    return new RoleId(value);
  }

  @Override
  public int compareTo(RoleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
