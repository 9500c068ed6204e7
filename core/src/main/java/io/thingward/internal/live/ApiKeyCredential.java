package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.SecretDigest;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.PrincipalRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API key, through one of its secrets, and its principal. */
final class ApiKeyCredential extends LiveCredential<KeyRecord, PrincipalRecord> {
  private final Records records;
  private final ApiKeyRecord key;
  private final SecretDigest presented;

  ApiKeyCredential(Records records, ApiKeyRecord key, SecretDigest presented) {
    super(records.time(), records.keys.cell(key.id()), records.principals.cell(key.principal()));
    this.records = records;
    this.key = key;
    this.presented = presented;
  }

  @Override
  Optional<KeyRecord> readCredential() {
    return records.readKey(key.id());
  }

  @Override
  Optional<PrincipalRecord> readHolder() {
    return records.readPrincipal(key.principal());
  }

  @Override
  Reason withoutHolder() {
    return Reason.PRINCIPAL_DELETED;
  }

  @Override
  @Nullable Reason refusal(KeyRecord record, PrincipalRecord principal, Instant now) {
    if (!hasSecret(record, presented, now)) {
      return Reason.CREDENTIAL_ENDED;
    }
    if (isDeleted(principal)) {
      return Reason.PRINCIPAL_DELETED;
    }
    if (record.suspended()) {
      return Reason.CREDENTIAL_SUSPENDED;
    }
    return isSuspended(principal, now) ? Reason.PRINCIPAL_SUSPENDED : null;
  }
}
