package io.thingward.store;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Times;
import io.thingward.model.Username;
import io.thingward.model.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * A user.
 *
 * @param id the key of the record
 * @param version which state of the record this is
 * @param created when it was created
 * @param state what it is good for
 * @param username the name it logs in with; empty once deleted. The name is the user's only while
 *     its {@link UsernameClaim} names the user too
 * @param endsAt from when on it is as if suspended, if ever
 * @param epoch a random value that each of its sessions carries; changing it ends them all
 * @param password the hash of its password; empty: no password login
 * @param passwordLoginStopped whether too many wrong guesses have stopped password login
 * @param activation the one-time code that may set a password, if one is out
 */
public record UserRecord(
    PrincipalId id,
    Version version,
    Instant created,
    LifecycleState state,
    Optional<Username> username,
    Optional<Instant> endsAt,
    long epoch,
    Optional<PasswordHash> password,
    boolean passwordLoginStopped,
    Optional<Activation> activation)
    implements PrincipalRecord {
  /** Validates. */
  public UserRecord {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(state, "state");
    requireNonNull(username, "username");
    Times.check(requireNonNull(endsAt, "endsAt"));
    requireNonNull(password, "password");
    requireNonNull(activation, "activation");
    if (state != LifecycleState.DELETED && username.isEmpty()) {
      throw new IllegalArgumentException("a user has a username");
    }
    if (state == LifecycleState.DELETED
        && (username.isPresent() || password.isPresent() || activation.isPresent())) {
      throw new IllegalArgumentException(
          "a deleted user has no username, password or activation code");
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
        .username(username)
        .endsAt(endsAt)
        .epoch(epoch)
        .password(password)
        .passwordLoginStopped(passwordLoginStopped)
        .activation(activation);
  }

  @Override
  public UserRecord at(Version version) {
    return toBuilder().version(version).build();
  }

  /** Makes a record. Not thread-safe. */
  public static final class Builder {
    private final PrincipalId id;
    private Version version;
    private final Instant created;
    private LifecycleState state = LifecycleState.ACTIVE;
    private Optional<Username> username = Optional.empty();
    private Optional<Instant> endsAt = Optional.empty();
    private long epoch;
    private Optional<PasswordHash> password = Optional.empty();
    private boolean passwordLoginStopped;
    private Optional<Activation> activation = Optional.empty();

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

    /** Sets the name it logs in with. */
    @CanIgnoreReturnValue
    public Builder username(Optional<Username> username) {
      this.username = username;
      return this;
    }

    /** Sets from when on it is as if suspended. */
    @CanIgnoreReturnValue
    public Builder endsAt(Optional<Instant> endsAt) {
      this.endsAt = endsAt;
      return this;
    }

    /** Sets a random value that each of its sessions carries. */
    @CanIgnoreReturnValue
    public Builder epoch(long epoch) {
      this.epoch = epoch;
      return this;
    }

    /** Sets the hash of its password. */
    @CanIgnoreReturnValue
    public Builder password(Optional<PasswordHash> password) {
      this.password = password;
      return this;
    }

    /** Sets whether too many wrong guesses have stopped password login. */
    @CanIgnoreReturnValue
    public Builder passwordLoginStopped(boolean passwordLoginStopped) {
      this.passwordLoginStopped = passwordLoginStopped;
      return this;
    }

    /** Sets the one-time code that may set a password. */
    @CanIgnoreReturnValue
    public Builder activation(Optional<Activation> activation) {
      this.activation = activation;
      return this;
    }

    /** The record; {@link IllegalArgumentException} where it breaks a rule above. */
    public UserRecord build() {
      return new UserRecord(
          id,
          version,
          created,
          state,
          username,
          endsAt,
          epoch,
          password,
          passwordLoginStopped,
          activation);
    }
  }
}
