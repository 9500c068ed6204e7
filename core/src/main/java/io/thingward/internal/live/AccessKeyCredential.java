package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.SecretDigest;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyView;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An access key and its workspace. */
final class AccessKeyCredential extends KeyCredential<WorkspaceRecord> {
  AccessKeyCredential(
      Records records,
      Found<AccessKeyRecord, KeyRecord> key,
      SecretDigest presented,
      Cell<?, WorkspaceRecord> holder) {
    super(records, key, presented, holder);
  }

  @Override
  Optional<WorkspaceRecord> holder(KeyView view) {
    return view.workspace();
  }

  @Override
  Reason withoutHolder() {
    return Reason.WORKSPACE_DELETED;
  }

  @Override
  @Nullable Reason refusal(WorkspaceRecord workspace, Instant now) {
    return Holders.refusal(workspace);
  }
}
