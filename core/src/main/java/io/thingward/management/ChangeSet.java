package io.thingward.management;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.LimitException;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.PermissionNames;
import io.thingward.model.RoleId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes to what a member or an API user holds: workspace permissions, role assignments and device
 * grants. What a change set does not mention stays as it is; the order of its changes means
 * nothing.
 *
 * <pre>{@code
 * ChangeSet.builder()
 *     .allow(RULES)
 *     .allow(DeviceScope.anyOf("site=paris"), VIEW, RECORD)
 *     .withdraw(DeviceScope.anyOf("t1"), RECORD)
 *     .assign(technician, DeviceScope.anyOf("floor=1"))
 *     .build()
 * }</pre>
 *
 * <p>A grant's key is its scope: {@code site=paris} and {@code site=paris, t1} are two grants, and
 * what is withdrawn from one stays in the other. Immutable and thread-safe.
 */
public final class ChangeSet {
  private static final ChangeSet NONE = builder().build();

  private final List<Change> changes;

  private ChangeSet(List<Change> changes) {
    this.changes = changes;
  }

  /** A builder without changes. */
  public static Builder builder() {
    return new Builder();
  }

  /** No change: for a member without rights. */
  public static ChangeSet none() {
    return NONE;
  }

  /** The changes, each once, in the order in which they were first named. */
  public List<Change> changes() {
    return changes;
  }

  /** A builder that holds these changes. */
  public Builder toBuilder() {
    Builder builder = builder();
    changes.forEach(builder::add);
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChangeSet that && changes.equals(that.changes);
  }

  @Override
  public int hashCode() {
    return changes.hashCode();
  }

  @Override
  public String toString() {
    return changes.toString();
  }

  /** One change, of one permission or one role assignment. */
  public sealed interface Change {
    /** Whether it gives something; it takes something away, else. */
    boolean gives();

    /** The change that undoes it. */
    Change opposite();
  }

  /**
   * Of a workspace permission.
   *
   * @param gives whether it gives it
   * @param permission its name
   */
  public record OfPermission(boolean gives, String permission) implements Change {
    /** Validates. */
    public OfPermission {
      PermissionNames.check(permission);
    }

    @Override
    public OfPermission opposite() {
      return new OfPermission(!gives, permission);
    }

    @Override
    public String toString() {
      return sign(gives) + permission;
    }
  }

  /**
   * Of a device permission in the grant on one scope.
   *
   * @param gives whether it gives it
   * @param scope the scope, never none
   * @param permission its name
   */
  public record OfGrant(boolean gives, DeviceScope scope, String permission) implements Change {
    /** Validates. */
    public OfGrant {
      if (scope.isNone()) {
        throw new IllegalArgumentException("a grant on no device is no grant");
      }
      PermissionNames.check(permission);
    }

    @Override
    public OfGrant opposite() {
      return new OfGrant(!gives, scope, permission);
    }

    @Override
    public String toString() {
      return sign(gives) + permission + " on " + scope;
    }
  }

  /**
   * Of the assignment of a role on one scope.
   *
   * @param gives whether it assigns the role
   * @param role the role
   * @param scope what the role's assigned permissions reach
   */
  public record OfRole(boolean gives, RoleId role, DeviceScope scope) implements Change {
    /** Validates. */
    public OfRole {
      requireNonNull(role, "role");
      requireNonNull(scope, "scope");
    }

    @Override
    public OfRole opposite() {
      return new OfRole(!gives, role, scope);
    }

    @Override
    public String toString() {
      return sign(gives) + "role " + role + " on " + scope;
    }
  }

  private static String sign(boolean gives) {
    return gives ? "+" : "-";
  }

  /**
   * What became of one change.
   *
   * @param change the change
   * @param applied whether it changed anything; false: it was so already
   * @param still for a change that takes something away: what still gives the same right after the
   *     call, in no particular order and at most {@value #SOURCES} of them. One is named if its
   *     devices may be among those of the change: two scopes of ids alone are told apart, tags
   *     never are
   */
  public record Outcome(Change change, boolean applied, List<RightSource> still) {
    /** How many are named at most. */
    public static final int SOURCES = 100;

    /** Copies. */
    public Outcome {
      requireNonNull(change, "change");
      still = List.copyOf(still);
    }
  }

  /**
   * Collects changes; the same one twice counts once. A change together with its opposite is an
   * {@link IllegalArgumentException}, because the order means nothing. So is a call without a
   * permission, which some systems read as "all", some as "none". Not thread-safe.
   */
  public static final class Builder {
    private final Set<Change> changes = new LinkedHashSet<>();

    private Builder() {}

    /** Gives workspace permissions. The call that uses it refuses what the catalog lacks. */
    @CanIgnoreReturnValue
    public Builder allow(WorkspacePermission... permissions) {
      names(permissions).forEach(name -> add(new OfPermission(true, name)));
      return this;
    }

    /** Takes workspace permissions away. */
    @CanIgnoreReturnValue
    public Builder withdraw(WorkspacePermission... permissions) {
      return withdrawNamed(names(permissions).toArray(String[]::new));
    }

    /**
     * Takes workspace permissions away by name: also those that the store has and the catalog
     * lacks.
     */
    @CanIgnoreReturnValue
    public Builder withdrawNamed(String... permissions) {
      required(permissions).forEach(name -> add(new OfPermission(false, name)));
      return this;
    }

    /**
     * Gives device permissions on a scope. The call that uses it refuses what the catalog lacks.
     */
    @CanIgnoreReturnValue
    public Builder allow(DeviceScope scope, DevicePermission... permissions) {
      names(permissions).forEach(name -> add(new OfGrant(true, scope, name)));
      return this;
    }

    /** Takes device permissions out of the grant on this very scope; an empty grant is gone. */
    @CanIgnoreReturnValue
    public Builder withdraw(DeviceScope scope, DevicePermission... permissions) {
      return withdrawNamed(scope, names(permissions).toArray(String[]::new));
    }

    /**
     * Takes device permissions out of the grant on this very scope by name: also those that the
     * store has and the catalog lacks.
     */
    @CanIgnoreReturnValue
    public Builder withdrawNamed(DeviceScope scope, String... permissions) {
      required(permissions).forEach(name -> add(new OfGrant(false, scope, name)));
      return this;
    }

    /**
     * Assigns a role. Its <em>assigned</em> permissions reach the scope, the others what they reach
     * anyway. One role may be assigned on several scopes.
     */
    @CanIgnoreReturnValue
    public Builder assign(RoleId role, DeviceScope scope) {
      return add(new OfRole(true, role, scope));
    }

    /** Ends the assignment of a role on this very scope; also that of a role that was deleted. */
    @CanIgnoreReturnValue
    public Builder unassign(RoleId role, DeviceScope scope) {
      return add(new OfRole(false, role, scope));
    }

    @CanIgnoreReturnValue
    private Builder add(Change change) {
      if (changes.contains(change.opposite())) {
        throw new IllegalArgumentException(
            "ambiguous: both " + change + " and " + change.opposite());
      }
      changes.add(change);
      return this;
    }

    private static List<String> names(Permission... permissions) {
      return required(Arrays.stream(permissions).map(Permission::name).toArray(String[]::new));
    }

    private static List<String> required(String... names) {
      if (names.length == 0) {
        throw new IllegalArgumentException("ambiguous: a change without a permission");
      }
      return List.of(names);
    }

    /** The change set; {@link LimitException} with more than {@value Limits#BULK} changes. */
    public ChangeSet build() {
      if (changes.size() > Limits.BULK) {
        throw new LimitException(
            changes.size() + " changes in one call, the limit is " + Limits.BULK);
      }
      return new ChangeSet(List.copyOf(changes));
    }
  }
}
