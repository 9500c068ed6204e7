package io.thingward.store.memory;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** API keys and access keys in one table. */
final class MemoryKeyStore implements KeyStore {
  private final Index<PrincipalId, CredentialId, KeyRow> apiKeys =
      new Index<>(
          "api-keys",
          row -> row instanceof KeyRow.OfApiKey key ? key.unpack().principal() : null,
          KeyRow::id,
          CredentialId::parse);
  private final Index<WorkspaceId, CredentialId, KeyRow> accessKeys =
      new Index<>(
          "access-keys",
          row -> row instanceof AccessKeyRow key ? key.workspace() : null,
          KeyRow::id,
          CredentialId::parse);
  private final Index<Instant, CredentialId, KeyRow> byEnd =
      new Index<>("ended-keys", row -> row.endsAt().orElse(null), KeyRow::id, CredentialId::parse);
  private final MemoryFeed feed;
  private final Table<CredentialId, KeyRow> keys;
  private final Interner<WorkspaceId> workspaces = Interners.newWeakInterner();

  MemoryKeyStore(MemoryFeed feed) {
    this.feed = feed;
    this.keys =
        new Table<>(
            KeyRow::id,
            List.of(apiKeys, accessKeys, byEnd),
            (before, after) -> {
              if (before != null) {
                feed.append(
                    new Change.OfKey(before.id(), Optional.ofNullable(after).map(KeyRow::version)));
              }
            });
  }

  @Override
  public Optional<KeyRecord> find(CredentialId id) {
    return keys.find(id).map(KeyRow::unpack);
  }

  @Override
  public boolean insert(KeyRecord key) {
    return keys.insert(pack(key));
  }

  @Override
  public List<Boolean> insertAll(List<? extends KeyRecord> keys) {
    return keys.stream().map(this::insert).toList();
  }

  @Override
  public boolean replace(KeyRecord key, Version expected) {
    return keys.replace(pack(key), KeyRow::version, expected);
  }

  @Override
  public boolean delete(CredentialId id, Version expected) {
    return keys.delete(id, KeyRow::version, expected);
  }

  @Override
  public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
    return keys.page(apiKeys, principal, page).map(row -> (ApiKeyRecord) row.unpack());
  }

  @Override
  public Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page) {
    return keys.page(accessKeys, workspace, page).map(row -> (AccessKeyRecord) row.unpack());
  }

  @Override
  public List<CredentialId> purge(Instant endedBefore, int limit) {
    return keys.purge(byEnd, endedBefore, limit);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }

  int size() {
    return keys.size();
  }

  private KeyRow pack(KeyRecord key) {
    return key instanceof AccessKeyRecord accessKey
        ? new AccessKeyRow(accessKey, workspaces.intern(accessKey.workspace()))
        : new KeyRow.OfApiKey((ApiKeyRecord) key);
  }
}
