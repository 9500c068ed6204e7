package io.thingward.store;

import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.util.Optional;

/** Keeps principals and the claims on usernames. See {@link Stores} for what binds every method. */
public interface PrincipalStore {
  /** The principal with this id, whatever its state. */
  Optional<PrincipalRecord> find(PrincipalId id);

  /** Keeps a new principal; false, and nothing changes, if one with this id exists. */
  boolean insert(PrincipalRecord principal);

  /**
   * Keeps a principal in place of the one with the same id, if that one's version equals {@code
   * expected}; false, and nothing changes, if it does not or if there is none.
   */
  boolean replace(PrincipalRecord principal, Version expected);

  /** The users, whatever their state. */
  Page<UserRecord> listUsers(PageRequest page);

  /** The API users that name this workspace. */
  Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page);

  /** The claim on this username. */
  Optional<UsernameClaim> findClaim(Username username);

  /** Keeps a new claim; false, and nothing changes, if one on this username exists. */
  boolean insertClaim(UsernameClaim claim);

  /** Replaces a claim if its version equals {@code expected}; false, and nothing changes, else. */
  boolean replaceClaim(UsernameClaim claim, Version expected);
}
