package io.thingward.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * What an API key narrows its principal's rights to: rows of workspace, permissions and device
 * scope. A right of the principal counts through the key only where some row has it too; what no
 * row names is gone, whole workspaces included. {@link #unrestricted()} is a value of its own, so
 * that a lost row or list can only narrow.
 *
 * <p>Immutable and thread-safe.
 */
public final class Restriction {
  private static final Restriction UNRESTRICTED = new Restriction(true, List.of());

  private final boolean unrestricted;
  private final List<Row> rows;

  private Restriction(boolean unrestricted, List<Row> rows) {
    this.unrestricted = unrestricted;
    this.rows = rows;
  }

  /** Narrows nothing: the key is its principal. */
  public static Restriction unrestricted() {
    return UNRESTRICTED;
  }

  /** Narrows to these rows; without a row nothing is left. */
  public static Restriction to(List<Row> rows) {
    if (rows.size() > Limits.RESTRICTION_ROWS) {
      throw new IllegalArgumentException(
          rows.size() + " rows, the limit is " + Limits.RESTRICTION_ROWS);
    }
    int terms = rows.stream().mapToInt(row -> row.scope().terms()).sum();
    if (terms > Limits.TERMS_PER_RESTRICTION) {
      throw new IllegalArgumentException(
          terms + " selector terms in a restriction, the limit is " + Limits.TERMS_PER_RESTRICTION);
    }
    return new Restriction(false, List.copyOf(rows));
  }

  /** Whether this narrows nothing. */
  public boolean isUnrestricted() {
    return unrestricted;
  }

  /** The rows; empty where unrestricted. */
  public List<Row> rows() {
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Restriction that
        && unrestricted == that.unrestricted
        && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return 31 * rows.hashCode() + Boolean.hashCode(unrestricted);
  }

  @Override
  public String toString() {
    return unrestricted ? "unrestricted" : rows.toString();
  }

  /**
   * One row of a restriction.
   *
   * @param workspace where it applies
   * @param permissions names of workspace and device permissions, closed over the implications that
   *     held when the restriction was made
   * @param scope the devices that the row's device permissions reach
   */
  public record Row(WorkspaceId workspace, Set<String> permissions, DeviceScope scope) {
    /** Validates and copies. */
    public Row {
      requireNonNull(workspace, "workspace");
      requireNonNull(scope, "scope");
      permissions = PermissionNames.copy(permissions);
    }
  }
}
