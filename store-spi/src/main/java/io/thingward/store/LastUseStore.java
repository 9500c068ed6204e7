package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Keeps when credentials were last used: a record of its own, without version, that never creates
 * or revives a credential. No call names more than {@value Limits#PAGE} credentials. See {@link
 * Stores} for what binds every method.
 */
public interface LastUseStore {
  /** The last uses of those of these credentials that have one. */
  Map<CredentialId, LastUse> find(Collection<CredentialId> ids);

  /**
   * Keeps last uses, each unless a later or equally late one is kept. Each is atomic on its own;
   * the call may be lost whole or in part.
   */
  void record(Map<CredentialId, LastUse> uses);

  /** Forgets the last uses of these credentials. */
  void delete(Collection<CredentialId> ids);

  /** Forgets last uses before an instant, at most {@code limit}; returns how many. */
  int purge(Instant usedBefore, int limit);
}
