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
  /** The key with this id. */
  Optional<KeyRecord> find(CredentialId id);

  /** Keeps a new key; false, and nothing changes, if one with this id exists. */
  boolean insert(KeyRecord key);

  /**
   * Keeps at most {@value io.thingward.model.Limits#BULK} new keys, each as {@link #insert} would:
   * one outcome per key, in order. Keys are independent of each other. On {@link
   * StoreUnavailableException} the outcome of each is unknown.
   */
  List<Boolean> insertAll(List<? extends KeyRecord> keys);

  /** Replaces a key if its version equals {@code expected}; false, and nothing changes, else. */
  boolean replace(KeyRecord key, Version expected);

  /** Deletes a key if its version equals {@code expected}; false, and nothing changes, else. */
  boolean delete(CredentialId id, Version expected);

  /** The API keys of a principal. */
  Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page);

  /** The access keys of a workspace. */
  Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page);

  /**
   * Deletes keys whose own end ({@link KeyRecord#endsAt}) is before an instant, at most {@code
   * limit} of them.
   *
   * @return the ids of those deleted; fewer than {@code limit} means that none is left
   */
  List<CredentialId> purge(Instant endedBefore, int limit);
}
