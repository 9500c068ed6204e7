package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;

/**
 * The key of a membership.
 *
 * @param workspace the workspace
 * @param principal the principal in it
 */
public record MembershipId(WorkspaceId workspace, PrincipalId principal) {
  /** Validates. */
  public MembershipId {
    requireNonNull(workspace, "workspace");
    requireNonNull(principal, "principal");
  }
}
