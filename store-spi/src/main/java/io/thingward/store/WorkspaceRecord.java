package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.Times;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.Set;

/**
 * A workspace. Its owners are part of this record, so that one compare-and-set decides over them.
 *
 * @param id the key of the record
 * @param version which state of the record this is
 * @param created when it was created
 * @param state what it is good for
 * @param name what people call it; empty once deleted
 * @param owners its owners, 1 to {@value Limits#OWNERS_PER_WORKSPACE}; none once deleted
 */
public record WorkspaceRecord(
    WorkspaceId id,
    Version version,
    Instant created,
    LifecycleState state,
    String name,
    Set<PrincipalId> owners)
    implements VersionedRecord<WorkspaceRecord> {
  /** Validates and copies. */
  public WorkspaceRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(state, "state");
    requireNonNull(name, "name");
    owners = Set.copyOf(owners);
    boolean deleted = state == LifecycleState.DELETED;
    if (deleted && !(name.isEmpty() && owners.isEmpty())) {
      throw new IllegalArgumentException("a deleted workspace has no name and no owners");
    }
    if (!deleted && (owners.isEmpty() || owners.size() > Limits.OWNERS_PER_WORKSPACE)) {
      throw new IllegalArgumentException(
          "a workspace has 1 to " + Limits.OWNERS_PER_WORKSPACE + " owners, not " + owners.size());
    }
    if (!name.isEmpty()) {
      Names.check(name);
    }
  }

  /** Starts a record of which the rest is as for a new one. */
  public static Builder builder(WorkspaceId id, Version version, Instant created) {
    return new Builder(id, version, created);
  }

  /** Starts a copy. */
  public Builder toBuilder() {
    return builder(id, version, created).state(state).name(name).owners(owners);
  }

  @Override
  public WorkspaceRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final WorkspaceId id;
    private Version version;
    private final Instant created;
    private LifecycleState state = LifecycleState.ACTIVE;
    private String name = "";
    private Set<PrincipalId> owners = Set.of();

    private Builder(WorkspaceId id, Version version, Instant created) {
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

    /** Sets what it is good for. */
    @CanIgnoreReturnValue
    public Builder state(LifecycleState state) {
      this.state = state;
      return this;
    }

    /** Sets what people call it. */
    @CanIgnoreReturnValue
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Sets its owners. */
    @CanIgnoreReturnValue
    public Builder owners(Set<PrincipalId> owners) {
      this.owners = owners;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public WorkspaceRecord build() {
      return new WorkspaceRecord(id, version, created, state, name, owners);
    }
  }
}
