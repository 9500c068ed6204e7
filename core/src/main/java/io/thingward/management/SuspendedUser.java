package io.thingward.management;

import io.thingward.model.WorkspaceId;
import java.util.List;

/**
 * A user that is suspended now.
 *
 * @param user the user
 * @param withoutOwner the workspaces that this leaves without an active owner: until the user is
 *     resumed, only the host can manage their owners
 */
public record SuspendedUser(User user, List<WorkspaceId> withoutOwner) {
  /** Copies. */
  public SuspendedUser {
    withoutOwner = List.copyOf(withoutOwner);
  }
}
