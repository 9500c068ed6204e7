package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.StoredSecret;
import io.thingward.model.Times;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An access key of a workspace: its secret admits the devices of its scope.
 *
 * @param id the key of the record, the public id of the credential
 * @param version which state of the record this is
 * @param created when it was created
 * @param workspace whose key it is; never changes
 * @param scope the devices that may use it: all, or a selector; never changes
 * @param name what people call it
 * @param description what people say about it, may be empty
 * @param suspended whether it admits nobody for now
 * @param secrets the live secrets, newest first, 1 or 2
 * @param endsAt from when on it admits nobody, if ever; never changes
 */
public record AccessKeyRecord(
    CredentialId id,
    Version version,
    Instant created,
    WorkspaceId workspace,
    DeviceScope scope,
    String name,
    String description,
    boolean suspended,
    List<StoredSecret> secrets,
    Optional<Instant> endsAt)
    implements KeyRecord {
  /** Validates and copies. */
  public AccessKeyRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(workspace, "workspace");
    requireNonNull(scope, "scope");
    Times.check(requireNonNull(endsAt, "endsAt"));
    Names.check(name);
    Names.checkDescription(description);
    secrets = Secrets.copy(secrets);
    if (scope.isNone()) {
      throw new IllegalArgumentException("an access key for no device is no key");
    }
    scope
        .selector()
        .ifPresent(
            selector -> {
              if (selector.ids().size() > Limits.ACCESS_KEY_IDS
                  || selector.tags().size() > Limits.ACCESS_KEY_TAG_ENTRIES) {
                throw new IllegalArgumentException(
                    "an access key has at most "
                        + Limits.ACCESS_KEY_IDS
                        + " ids and "
                        + Limits.ACCESS_KEY_TAG_ENTRIES
                        + " tag entries, not "
                        + selector.ids().size()
                        + " and "
                        + selector.tags().size());
              }
            });
  }

  /** Starts a record of which the rest is as for a new one. */
  public static Builder builder(
      CredentialId id,
      Version version,
      Instant created,
      WorkspaceId workspace,
      DeviceScope scope,
      String name,
      List<StoredSecret> secrets) {
    return new Builder(id, version, created, workspace, scope, name, secrets);
  }

  /** Starts a copy. */
  public Builder toBuilder() {
    return builder(id, version, created, workspace, scope, name, secrets)
        .description(description)
        .suspended(suspended)
        .endsAt(endsAt);
  }

  @Override
  public AccessKeyRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final CredentialId id;
    private Version version;
    private final Instant created;
    private final WorkspaceId workspace;
    private final DeviceScope scope;
    private String name;
    private String description = "";
    private boolean suspended;
    private List<StoredSecret> secrets;
    private Optional<Instant> endsAt = Optional.empty();

    private Builder(
        CredentialId id,
        Version version,
        Instant created,
        WorkspaceId workspace,
        DeviceScope scope,
        String name,
        List<StoredSecret> secrets) {
      this.id = id;
      this.version = version;
      this.created = created;
      this.workspace = workspace;
      this.scope = scope;
      this.name = name;
      this.secrets = secrets;
    }

    /** Sets which state of the record this is. */
    @CanIgnoreReturnValue
    public Builder version(Version version) {
      this.version = version;
      return this;
    }

    /** Sets what people call it. */
    @CanIgnoreReturnValue
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Sets what people say about it. */
    @CanIgnoreReturnValue
    public Builder description(String description) {
      this.description = description;
      return this;
    }

    /** Sets whether it admits nobody for now. */
    @CanIgnoreReturnValue
    public Builder suspended(boolean suspended) {
      this.suspended = suspended;
      return this;
    }

    /** Sets the live secrets. */
    @CanIgnoreReturnValue
    public Builder secrets(List<StoredSecret> secrets) {
      this.secrets = secrets;
      return this;
    }

    /** Sets from when on it admits nobody. */
    @CanIgnoreReturnValue
    public Builder endsAt(Optional<Instant> endsAt) {
      this.endsAt = endsAt;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public AccessKeyRecord build() {
      return new AccessKeyRecord(
          id, version, created, workspace, scope, name, description, suspended, secrets, endsAt);
    }
  }
}
