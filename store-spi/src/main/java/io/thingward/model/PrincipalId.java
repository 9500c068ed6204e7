package io.thingward.model;

/**
 * Names a user or an API user. Opaque, exact, case-sensitive, never reused, also not after
 * deletion.
 *
 * @param value 1 to {@value Limits#ID_LENGTH} UTF-16 code units, without control characters and
 *     unpaired surrogates
 */
public record PrincipalId(String value) implements Comparable<PrincipalId> {
  /** Validates. */
  public PrincipalId {
    Text.check("principal id", value, Limits.ID_LENGTH);
  }

  /** The id with this text; {@link IllegalArgumentException} where it breaks the rule above. */
  public static PrincipalId of(String value) {
    return new PrincipalId(value);
  }

  @Override
  public int compareTo(PrincipalId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
