package io.thingward.internal.live;

import io.thingward.internal.rights.HeldRights;
import io.thingward.internal.rights.Rights;

/**
 * What an actor is and holds in a workspace, as read from the store within one management call.
 *
 * @param member whether it has a part in the workspace, as owner or member
 * @param active whether the workspace is active
 * @param owner whether its principal is an owner
 * @param rights what the presented credential holds there
 */
public record Standing(boolean member, boolean active, boolean owner, Rights rights) {
  /** No part in the workspace, or no such workspace. */
  public static final Standing NONE = new Standing(false, false, false, HeldRights.NOTHING);
}
