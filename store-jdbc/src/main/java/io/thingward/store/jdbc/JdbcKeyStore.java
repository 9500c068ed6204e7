package io.thingward.store.jdbc;

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** API keys and access keys in one table. */
final class JdbcKeyStore implements KeyStore {
  static final String API = "api";
  static final String ACCESS = "access";

  private final JdbcFeed feed;
  private final Table<CredentialId, KeyRecord> keys;
  private final Listing<KeyRecord> apiKeys;
  private final Listing<KeyRecord> accessKeys;
  private final Purge purge;

  JdbcKeyStore(Database database, JdbcFeed feed) {
    this.feed = feed;
    keys =
        new Table<>(
            database,
            feed,
            new Table.Shape<>(
                "thingward_key",
                List.of("id"),
                List.of("kind", "parent", "ends_at"),
                id -> List.of(uuid(id)),
                key ->
                    Arrays.asList(
                        key instanceof ApiKeyRecord ? API : ACCESS,
                        key instanceof ApiKeyRecord apiKey
                            ? apiKey.principal().value()
                            : ((AccessKeyRecord) key).workspace().value(),
                        key.endsAt().map(Instant::toEpochMilli).orElse(null)),
                KeyRecord::id,
                Bodies::write,
                (row, prefix) -> id(row.getObject(prefix + "id", UUID.class)),
                Bodies::readKey));
    apiKeys = listing("api-keys");
    accessKeys = listing("access-keys");
    purge = new Purge(database, "thingward_key");
  }

  private Listing<KeyRecord> listing(String name) {
    return keys.listing(
        name,
        List.of("kind", "parent"),
        "id",
        key -> key.id().toString(),
        id -> uuid(CredentialId.parse(id)));
  }

  static UUID uuid(CredentialId id) {
    return new UUID(id.high(), id.low());
  }

  static CredentialId id(UUID uuid) {
    return new CredentialId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  Table<CredentialId, KeyRecord> table() {
    return keys;
  }

  @Override
  public Optional<KeyRecord> find(CredentialId id) {
    return keys.find(id);
  }

  @Override
  public boolean insert(KeyRecord key) {
    return keys.insertSilently(key);
  }

  @Override
  public List<Boolean> insertAll(List<? extends KeyRecord> fresh) {
    return keys.insertAll(fresh);
  }

  @Override
  public boolean replace(KeyRecord key, Version expected) {
    return keys.replace(key, expected);
  }

  @Override
  public boolean delete(CredentialId id, Version expected) {
    return keys.delete(id, expected, new Change.OfKey(id, Optional.empty()));
  }

  @Override
  public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
    return apiKeys.page(List.of(API, principal.value()), page).map(ApiKeyRecord.class::cast);
  }

  @Override
  public Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page) {
    return accessKeys
        .page(List.of(ACCESS, workspace.value()), page)
        .map(AccessKeyRecord.class::cast);
  }

  @Override
  public List<CredentialId> purge(Instant endedBefore, int limit) {
    return purge.purge(endedBefore, limit);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }
}
