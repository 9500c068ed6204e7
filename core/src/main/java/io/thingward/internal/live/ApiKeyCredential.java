package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.SecretDigest;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyView;
import io.thingward.store.PrincipalRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API key and its principal. */
final class ApiKeyCredential extends KeyCredential<PrincipalRecord> {
  ApiKeyCredential(
      Records records,
      Found<ApiKeyRecord, KeyRecord> key,
      SecretDigest presented,
      Cell<?, PrincipalRecord> holder) {
    super(records, key, presented, holder);
  }

  @Override
  Optional<PrincipalRecord> holder(KeyView view) {
    return view.principal();
  }

  @Override
  Reason withoutHolder() {
    return Reason.PRINCIPAL_DELETED;
  }

  @Override
  @Nullable Reason refusal(PrincipalRecord principal, Instant now) {
    return Holders.refusal(principal, now);
  }
}
