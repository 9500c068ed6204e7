package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.PermissionNames;
import io.thingward.model.RoleAssignment;
import io.thingward.model.Times;
import io.thingward.model.Version;
import java.time.Instant;
import java.util.Set;

/**
 * A principal in a workspace. A membership that was removed stays, empty and marked.
 *
 * @param id the key of the record
 * @param version which state of the record this is
 * @param created when it was created
 * @param removed whether it was removed; a removed one is empty
 * @param permissions names of workspace permissions
 * @param roles role assignments, each role at most once per scope
 * @param grants device grants, at most one per scope
 */
public record MembershipRecord(
    MembershipId id,
    Version version,
    Instant created,
    boolean removed,
    Set<String> permissions,
    Set<RoleAssignment> roles,
    Set<Grant> grants)
    implements VersionedRecord<MembershipRecord> {
  /** Validates and copies. */
  public MembershipRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    permissions = PermissionNames.copy(permissions);
    roles = Set.copyOf(roles);
    grants = Set.copyOf(grants);
    if (roles.size() > Limits.ROLES_PER_MEMBERSHIP
        || grants.size() > Limits.GRANTS_PER_MEMBERSHIP) {
      throw new IllegalArgumentException(
          "a membership has at most "
              + Limits.ROLES_PER_MEMBERSHIP
              + " role assignments and "
              + Limits.GRANTS_PER_MEMBERSHIP
              + " grants, not "
              + roles.size()
              + " and "
              + grants.size());
    }
    int terms =
        roles.stream().mapToInt(role -> role.scope().terms()).sum()
            + grants.stream().mapToInt(grant -> grant.scope().terms()).sum();
    if (terms > Limits.TERMS_PER_MEMBERSHIP) {
      throw new IllegalArgumentException(
          terms + " selector terms in a membership, the limit is " + Limits.TERMS_PER_MEMBERSHIP);
    }
    if (grants.stream().map(Grant::scope).distinct().count() < grants.size()) {
      throw new IllegalArgumentException("two grants of a membership have the same scope");
    }
    if (removed && !(permissions.isEmpty() && roles.isEmpty() && grants.isEmpty())) {
      throw new IllegalArgumentException("a removed membership is empty");
    }
  }

  /** Starts a record of which the rest is as for a new one. */
  public static Builder builder(MembershipId id, Version version, Instant created) {
    return new Builder(id, version, created);
  }

  /** Starts a copy. */
  public Builder toBuilder() {
    return builder(id, version, created)
        .removed(removed)
        .permissions(permissions)
        .roles(roles)
        .grants(grants);
  }

  @Override
  public MembershipRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final MembershipId id;
    private Version version;
    private final Instant created;
    private boolean removed;
    private Set<String> permissions = Set.of();
    private Set<RoleAssignment> roles = Set.of();
    private Set<Grant> grants = Set.of();

    private Builder(MembershipId id, Version version, Instant created) {
      this.id = id;
      this.version = version;
      this.created = created;
    }

    /** Sets which state of the record this is. */
    @CanIgnoreReturnValue
    public Builder version(Version version) {
      this.version = version;
      return this;
    }

    /** Sets whether it was removed. */
    @CanIgnoreReturnValue
    public Builder removed(boolean removed) {
      this.removed = removed;
      return this;
    }

    /** Sets names of workspace permissions. */
    @CanIgnoreReturnValue
    public Builder permissions(Set<String> permissions) {
      this.permissions = permissions;
      return this;
    }

    /** Sets role assignments. */
    @CanIgnoreReturnValue
    public Builder roles(Set<RoleAssignment> roles) {
      this.roles = roles;
      return this;
    }

    /** Sets device grants. */
    @CanIgnoreReturnValue
    public Builder grants(Set<Grant> grants) {
      this.grants = grants;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public MembershipRecord build() {
      return new MembershipRecord(id, version, created, removed, permissions, roles, grants);
    }
  }
}
