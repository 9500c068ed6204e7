package io.thingward.management;

import io.thingward.access.SubjectKind;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import java.util.List;
import java.util.Optional;

/**
 * A user or API user who may do something on a device.
 *
 * @param id who
 * @param kind a user or an API user
 * @param username what a user logs in with; empty for an API user
 * @param name what people call an API user; empty for a user
 * @param by each ownership, role and grant that gives it, ownership first, then roles, then grants;
 *     at most {@value ChangeSet.Outcome#SOURCES} of them
 */
public record AllowedPrincipal(
    PrincipalId id,
    SubjectKind kind,
    Optional<Username> username,
    String name,
    List<RightSource> by) {
  /** Copies. */
  public AllowedPrincipal {
    by = List.copyOf(by);
  }
}
