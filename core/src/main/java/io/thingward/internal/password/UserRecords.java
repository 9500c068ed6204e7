package io.thingward.internal.password;

import io.thingward.error.UnavailableException;
import io.thingward.internal.live.Records;
import io.thingward.internal.token.Entropy;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.Optional;
import java.util.function.Function;

/** Finds users by name and changes their records. Thread-safe. */
public final class UserRecords {
  private static final int ATTEMPTS = 50;

  private final Records records;
  private final Entropy entropy;
  private final PrincipalId nobody;

  /** On these records. */
  public UserRecords(Records records, Entropy entropy) {
    this.records = records;
    this.entropy = entropy;
    this.nobody = PrincipalId.of(entropy.recordId());
  }

  /** The name that somebody typed, if it can be one. */
  public static Optional<Username> parse(String typed) {
    try {
      return Optional.of(Username.parse(typed));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /**
   * The user that a name belongs to: its claim names the user, and the user carries it. Costs two
   * reads whether there is one or not.
   */
  public Optional<UserRecord> find(Username name) {
    PrincipalId claimed = records.readClaim(name).map(UsernameClaim::user).orElse(nobody);
    return read(claimed).filter(user -> user.username().equals(Optional.of(name)));
  }

  /** The user with this id, whatever its state. */
  public Optional<UserRecord> read(PrincipalId id) {
    return records
        .readPrincipal(id)
        .filter(UserRecord.class::isInstance)
        .map(UserRecord.class::cast);
  }

  /**
   * Changes a user by compare-and-set, as often as it takes; the change may run several times, and
   * declines by returning empty, as does the result then. Versions are assigned here.
   */
  public Optional<UserRecord> change(
      PrincipalId id, Function<UserRecord, Optional<UserRecord.Builder>> change) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<UserRecord> before = read(id);
      Optional<UserRecord> after =
          before.flatMap(
              user ->
                  change
                      .apply(user)
                      .map(changed -> changed.version(entropy.after(user.version())).build()));
      if (after.isEmpty() || records.replace(after.get(), before.orElseThrow().version())) {
        return after;
      }
    }
    throw new UnavailableException("the user record kept changing meanwhile; nothing was done");
  }
}
