package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Keeps when credentials were last used: a record of its own, without version. S68 It never creates
 * or revives a credential. No call names more than {@value Limits#PAGE} credentials. See {@link
 * Stores} for what binds every method.
 */
public interface LastUseStore {
  /** S69 The last uses of those of these credentials that have one. */
  Map<CredentialId, LastUse> find(Collection<CredentialId> ids);

  /**
   * S70 Keeps last uses, each unless a later or equally late one is kept. S71 Each is atomic on its
   * own: of those that race, the latest is kept. The call may be lost whole or in part, where the
   * store fails.
   */
  void record(Map<CredentialId, LastUse> uses);

  /** S72 Forgets the last uses of these credentials. */
  void delete(Collection<CredentialId> ids);

  /**
   * S73 Forgets last uses before an instant, and no others. S74 At most {@code limit}.
   *
   * @param limit 1 to {@value Limits#PAGE}
   * @return S75 How many this call forgot. S76 Fewer than {@code limit} means that none is left
   */
  int purge(Instant usedBefore, int limit);
}
