package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.Times;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * An API user: a machine identity of exactly one workspace, without a password.
 *
 * @param id the key of the record
 * @param version which state of the record this is
 * @param created when it was created
 * @param state what it is good for
 * @param workspace the one workspace it acts in; never changes; empty once deleted
 * @param name what people call it; empty once deleted
 * @param endsAt from when on it is as if suspended, if ever
 */
public record ApiUserRecord(
    PrincipalId id,
    Version version,
    Instant created,
    LifecycleState state,
    Optional<WorkspaceId> workspace,
    String name,
    Optional<Instant> endsAt)
    implements PrincipalRecord {
  /** Validates and copies. */
  public ApiUserRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(state, "state");
    requireNonNull(workspace, "workspace");
    Times.check(requireNonNull(endsAt, "endsAt"));
    if (!name.isEmpty()) {
      Names.check(name);
    }
    boolean deleted = state == LifecycleState.DELETED;
    if (deleted && (workspace.isPresent() || !name.isEmpty())) {
      throw new IllegalArgumentException("a deleted API user has no workspace and no name");
    }
    if (!deleted && workspace.isEmpty()) {
      throw new IllegalArgumentException("an API user belongs to a workspace");
    }
  }

  /** Starts a record of which the rest is as for a new one. */
  public static Builder builder(PrincipalId id, Version version, Instant created) {
    return new Builder(id, version, created);
  }

  /** Starts a copy. */
  public Builder toBuilder() {
    return builder(id, version, created)
        .state(state)
        .workspace(workspace)
        .name(name)
        .endsAt(endsAt);
  }

  @Override
  public ApiUserRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final PrincipalId id;
    private Version version;
    private final Instant created;
    private LifecycleState state = LifecycleState.ACTIVE;
    private Optional<WorkspaceId> workspace = Optional.empty();
    private String name = "";
    private Optional<Instant> endsAt = Optional.empty();

    private Builder(PrincipalId id, Version version, Instant created) {
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

    /** Sets the one workspace it acts in. */
    @CanIgnoreReturnValue
    public Builder workspace(Optional<WorkspaceId> workspace) {
      this.workspace = workspace;
      return this;
    }

    /** Sets what people call it. */
    @CanIgnoreReturnValue
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Sets from when on it is as if suspended. */
    @CanIgnoreReturnValue
    public Builder endsAt(Optional<Instant> endsAt) {
      this.endsAt = endsAt;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public ApiUserRecord build() {
      return new ApiUserRecord(id, version, created, state, workspace, name, endsAt);
    }
  }
}
