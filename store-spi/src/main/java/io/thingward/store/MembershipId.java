package io.thingward.store;

import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;

/**
 * The key of a membership.
 *
 * @param workspace the workspace
 * @param principal the principal in it
 */
public record MembershipId(WorkspaceId workspace, PrincipalId principal) {}
