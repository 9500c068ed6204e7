package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.CredentialId;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.StoredSecret;
import io.thingward.model.Times;
import io.thingward.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API key: it is its principal, narrowed by its restriction.
 *
 * @param id the key of the record, the public id of the credential
 * @param version which state of the record this is
 * @param created when it was created
 * @param principal whose key it is; never changes
 * @param name what people call it
 * @param suspended whether it admits nobody for now
 * @param secrets the live secrets, newest first, 1 or 2
 * @param endsAt from when on it admits nobody, if ever; never changes
 * @param restriction what it narrows to; never changes
 */
public record ApiKeyRecord(
    CredentialId id,
    Version version,
    Instant created,
    PrincipalId principal,
    String name,
    boolean suspended,
    List<StoredSecret> secrets,
    Optional<Instant> endsAt,
    Restriction restriction)
    implements KeyRecord {
  /** Validates and copies. */
  public ApiKeyRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(principal, "principal");
    Times.check(requireNonNull(endsAt, "endsAt"));
    requireNonNull(restriction, "restriction");
    Names.check(name);
    secrets = Secrets.copy(secrets);
  }

  /** Starts a record of which the rest is as for a new one. */
  public static Builder builder(
      CredentialId id,
      Version version,
      Instant created,
      PrincipalId principal,
      String name,
      List<StoredSecret> secrets,
      Restriction restriction) {
    return new Builder(id, version, created, principal, name, secrets, restriction);
  }

  /** Starts a copy. */
  public Builder toBuilder() {
    return builder(id, version, created, principal, name, secrets, restriction)
        .suspended(suspended)
        .endsAt(endsAt);
  }

  @Override
  public ApiKeyRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final CredentialId id;
    private Version version;
    private final Instant created;
    private final PrincipalId principal;
    private String name;
    private boolean suspended;
    private List<StoredSecret> secrets;
    private Optional<Instant> endsAt = Optional.empty();
    private Restriction restriction;

    private Builder(
        CredentialId id,
        Version version,
        Instant created,
        PrincipalId principal,
        String name,
        List<StoredSecret> secrets,
        Restriction restriction) {
      this.id = id;
      this.version = version;
      this.created = created;
      this.principal = principal;
      this.name = name;
      this.secrets = secrets;
      this.restriction = restriction;
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

    /** Sets what it narrows to. */
    @CanIgnoreReturnValue
    public Builder restriction(Restriction restriction) {
      this.restriction = restriction;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public ApiKeyRecord build() {
      return new ApiKeyRecord(
          id, version, created, principal, name, suspended, secrets, endsAt, restriction);
    }
  }
}
