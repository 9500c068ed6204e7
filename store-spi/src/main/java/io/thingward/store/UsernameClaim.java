package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;

/**
 * The record that makes a username unique: from name to user. A claim whose user does not carry the
 * name is void, and core takes it over by compare-and-set; claims are never deleted.
 *
 * @param username the key of the record
 * @param version which state of the record this is
 * @param user the user that the name belongs to
 */
public record UsernameClaim(Username username, Version version, PrincipalId user)
    implements VersionedRecord<UsernameClaim> {
  /** Validates. */
  public UsernameClaim {
    requireNonNull(username, "username");
    requireNonNull(version, "version");
    requireNonNull(user, "user");
  }

  @Override
  public UsernameClaim at(Version version) {
    return new UsernameClaim(username, version, user);
  }
}
