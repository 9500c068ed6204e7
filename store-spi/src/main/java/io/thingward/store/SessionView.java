package io.thingward.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A session and its user, as one read returns them. The parts need not be of the same moment, but
 * none is older than the start of the read: see S90.
 *
 * @param session the session, if there is such a record
 * @param user the principal that the session names, if there is such a record
 */
public record SessionView(Optional<SessionRecord> session, Optional<PrincipalRecord> user) {
  /** Refuses null. */
  public SessionView {
    requireNonNull(session, "session");
    requireNonNull(user, "user");
  }
}
