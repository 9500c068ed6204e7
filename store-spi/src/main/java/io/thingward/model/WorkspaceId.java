package io.thingward.model;

/**
 * Names a workspace, the tenant boundary. Opaque, exact, case-sensitive, never reused.
 *
 * @param value 1 to {@value Limits#ID_LENGTH} UTF-16 code units, without control characters and
 *     unpaired surrogates
 */
public record WorkspaceId(String value) implements Comparable<WorkspaceId> {
  /** Validates. */
  public WorkspaceId {
    Text.check("workspace id", value, Limits.ID_LENGTH);
  }

  /** The id with this text; {@link IllegalArgumentException} where it breaks the rule above. */
  public static WorkspaceId of(String value) {
    return new WorkspaceId(value);
  }

  @Override
  public int compareTo(WorkspaceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
