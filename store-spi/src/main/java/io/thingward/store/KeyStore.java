package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps API keys and access keys. See {@link Stores} for what binds every method. */
public interface KeyStore {
  /** S48 The key with this id. */
  Optional<KeyRecord> find(CredentialId id);

  /**
   * S49 Keeps a new key; false, and nothing changes, if an API key or an access key with this id
   * exists.
   */
  boolean insert(KeyRecord key);

  /**
   * S50 Keeps at most {@value io.thingward.model.Limits#BULK} new keys, each as {@link #insert}
   * would: one outcome per key, in order. A key that cannot be read exists: false, no exception.
   * S51 Keys are independent of each other: one that exists, here or earlier in the list, keeps no
   * other from being kept. On {@link StoreUnavailableException} the outcome of each is unknown.
   */
  List<Boolean> insertAll(List<? extends KeyRecord> keys);

  /**
   * S52 Replaces a key if its version equals {@code expected}; false, and nothing changes, else.
   */
  boolean replace(KeyRecord key, Version expected);

  /** S53 Deletes a key if its version equals {@code expected}; false, and nothing changes, else. */
  boolean delete(CredentialId id, Version expected);

  /** S54 The API keys of a principal. */
  Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page);

  /** S55 The access keys of a workspace. */
  Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page);

  /**
   * S56 Deletes keys whose own end ({@link KeyRecord#endsAt}) is before an instant, and no others.
   * S57 At most {@code limit} of them.
   *
   * @param limit 1 to {@value io.thingward.model.Limits#PAGE}
   * @return S58 The ids of those that this call deleted. S59 Fewer than {@code limit} means that
   *     none is left
   */
  List<CredentialId> purge(Instant endedBefore, int limit);

  /**
   * The feed of keys, which also takes announcements of devices, if there is one; the same at every
   * call.
   */
  default Optional<ChangeFeed> changes() {
    return Optional.empty();
  }
}
