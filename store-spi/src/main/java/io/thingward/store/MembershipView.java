package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.RoleId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What decides over a principal's rights in a workspace, as one read returns it. The parts need not
 * be of the same moment, but none is older than the start of the read: see S38.
 *
 * @param workspace the workspace, if there is such a record
 * @param membership the membership, if there is such a record
 * @param roles those roles that the membership names and that have a record, in any order
 */
public record MembershipView(
    Optional<WorkspaceRecord> workspace,
    Optional<MembershipRecord> membership,
    List<RoleRecord> roles) {
  /** Copies. */
  public MembershipView {
    requireNonNull(workspace, "workspace");
    requireNonNull(membership, "membership");
    roles = List.copyOf(roles);
  }

  /** The same roles by id. */
  public Map<RoleId, RoleRecord> rolesById() {
    return roles.stream()
        .collect(Collectors.toMap(RoleRecord::id, Function.identity(), (one, same) -> one));
  }
}
