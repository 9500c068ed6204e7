package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps sessions. See {@link Stores} for what binds every method. */
public interface SessionStore {
  /** The session with this id. */
  Optional<SessionRecord> find(CredentialId id);

  /** Keeps a new session; false, and nothing changes, if one with this id exists. */
  boolean insert(SessionRecord session);

  /** Deletes a session; false if there is none. */
  boolean delete(CredentialId id);

  /** The sessions of a user, ended ones that were not purged included. */
  Page<SessionRecord> list(PrincipalId user, PageRequest page);

  /**
   * Deletes sessions whose absolute end is before an instant, at most {@code limit} of them.
   *
   * @return the ids of those deleted; fewer than {@code limit} means that none is left
   */
  List<CredentialId> purge(Instant endedBefore, int limit);
}
