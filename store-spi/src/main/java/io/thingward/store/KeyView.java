package io.thingward.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A key and its holder, as one read returns them. The parts need not be of the same moment, but
 * none is older than the start of the read: see S88.
 *
 * @param key the key, if there is such a record
 * @param principal the principal of an API key, if there is such a record
 * @param workspace the workspace of an access key, if there is such a record
 */
public record KeyView(
    Optional<KeyRecord> key,
    Optional<PrincipalRecord> principal,
    Optional<WorkspaceRecord> workspace) {
  /** Refuses null. */
  public KeyView {
    requireNonNull(key, "key");
    requireNonNull(principal, "principal");
    requireNonNull(workspace, "workspace");
  }
}
