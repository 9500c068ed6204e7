package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.model.SecretDigest;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An access key, through one of its secrets, and its workspace. */
final class AccessKeyCredential extends LiveCredential<KeyRecord, WorkspaceRecord> {
  private final Records records;
  private final AccessKeyRecord key;
  private final SecretDigest presented;

  AccessKeyCredential(Records records, AccessKeyRecord key, SecretDigest presented) {
    super(records.time(), records.keys.cell(key.id()), records.workspaces.cell(key.workspace()));
    this.records = records;
    this.key = key;
    this.presented = presented;
  }

  @Override
  Optional<KeyRecord> readCredential() {
    return records.readKey(key.id());
  }

  @Override
  Optional<WorkspaceRecord> readHolder() {
    return records.readWorkspace(key.workspace());
  }

  @Override
  Reason withoutHolder() {
    return Reason.WORKSPACE_DELETED;
  }

  @Override
  @Nullable Reason refusal(KeyRecord record, WorkspaceRecord workspace, Instant now) {
    if (!hasSecret(record, presented, now)) {
      return Reason.CREDENTIAL_ENDED;
    }
    if (workspace.state() == LifecycleState.DELETING
        || workspace.state() == LifecycleState.DELETED) {
      return Reason.WORKSPACE_DELETED;
    }
    if (record.suspended()) {
      return Reason.CREDENTIAL_SUSPENDED;
    }
    return workspace.state() == LifecycleState.ACTIVE ? null : Reason.WORKSPACE_SUSPENDED;
  }
}
