package io.thingward.store;

import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.util.Optional;

/** Keeps principals and the claims on usernames. See {@link Stores} for what binds every method. */
public interface PrincipalStore {
  /** S25 The principal with this id, whatever its state. */
  Optional<PrincipalRecord> find(PrincipalId id);

  /**
   * S26 Keeps a new principal; false, and nothing changes, if a user or an API user with this id
   * exists.
   */
  boolean insert(PrincipalRecord principal);

  /**
   * S27 Keeps a principal in place of the one with the same id, if that one's version equals {@code
   * expected}; false, and nothing changes, if it does not or if there is none.
   */
  boolean replace(PrincipalRecord principal, Version expected);

  /** S28 The users, whatever their state. */
  Page<UserRecord> listUsers(PageRequest page);

  /** S29 The API users that name this workspace. */
  Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page);

  /** S30 The claim on this username. */
  Optional<UsernameClaim> findClaim(Username username);

  /** S31 Keeps a new claim; false, and nothing changes, if one on this username exists. */
  boolean insertClaim(UsernameClaim claim);

  /**
   * S32 Replaces a claim if its version equals {@code expected}; false, and nothing changes, else.
   */
  boolean replaceClaim(UsernameClaim claim, Version expected);

  /** The feed of principals and claims, if there is one; the same at every call. */
  default Optional<ChangeFeed> changes() {
    return Optional.empty();
  }
}
