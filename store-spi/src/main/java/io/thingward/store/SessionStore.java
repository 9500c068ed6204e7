package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps sessions. See {@link Stores} for what binds every method. */
public interface SessionStore {
  /** S60 The session with this id. */
  Optional<SessionRecord> find(CredentialId id);

  /** S61 Keeps a new session; false, and nothing changes, if one with this id exists. */
  boolean insert(SessionRecord session);

  /** S62 Deletes a session; false if there is none. */
  boolean delete(CredentialId id);

  /** S63 The sessions of a user, ended ones that were not purged included. */
  Page<SessionRecord> list(PrincipalId user, PageRequest page);

  /**
   * S64 Deletes sessions whose absolute end is before an instant, and no others. S65 At most {@code
   * limit} of them.
   *
   * @param limit 1 to {@value io.thingward.model.Limits#PAGE}
   * @return S66 The ids of those that this call deleted. S67 Fewer than {@code limit} means that
   *     none is left
   */
  List<CredentialId> purge(Instant endedBefore, int limit);

  /** The feed of sessions, if there is one; the same at every call. */
  default Optional<ChangeFeed> changes() {
    return Optional.empty();
  }
}
