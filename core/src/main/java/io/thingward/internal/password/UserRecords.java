package io.thingward.internal.password;

import io.thingward.internal.live.Records;
import io.thingward.internal.live.Repository;
import io.thingward.internal.token.Entropy;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds users by name and changes their records. Thread-safe. */
public final class UserRecords {
  private final Records records;
  private final PrincipalId nobody;

  /** On these records. */
  public UserRecords(Records records, Entropy entropy) {
    this.records = records;
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
    PrincipalId claimed = records.claims().read(name).map(UsernameClaim::user).orElse(nobody);
    return records
        .principals()
        .read(claimed, UserRecord.class)
        .filter(user -> user.username().equals(Optional.of(name)));
  }

  /** Changes a user, however often it takes; empty if there is none. See {@link Repository}. */
  public Optional<UserRecord> update(PrincipalId id, UnaryOperator<UserRecord> change) {
    return records.principals().update(id, UserRecord.class, change);
  }
}
