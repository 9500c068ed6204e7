package io.thingward.management;

import io.thingward.internal.live.Records;
import io.thingward.internal.management.Deletion;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;

/* Takes in what a workspace that is there has: roles, memberships and access keys. */
final class ImportContents {
  private final Records records;
  private final Deletion deletion;
  private final ImportFooting footing;
  private final ImportWrites writes;

  ImportContents(Records records, Deletion deletion, ImportFooting footing, ImportWrites writes) {
    this.records = records;
    this.deletion = deletion;
    this.footing = footing;
    this.writes = writes;
  }

  ImportOutcome role(RoleRecord role) {
    if (role.workspace().isEmpty()) {
      return writes.insert(records.roles(), role.id(), role);
    }
    WorkspaceId workspace = role.workspace().get();
    return writes
        .insert(records.roles(), role.id(), role, () -> footing.flaw(workspace))
        .unless(
            () -> footing.gone(workspace),
            () -> records.roles().update(role.id(), Deletion::tombstone));
  }

  ImportOutcome membership(MembershipRecord member) {
    if (member.removed()) {
      return writes.insert(records.memberships(), member.id(), member);
    }
    WorkspaceId workspace = member.id().workspace();
    PrincipalId principal = member.id().principal();
    return writes
        .insert(records.memberships(), member.id(), member, () -> footing.flaw(member))
        .unless(
            () -> footing.gone(workspace).or(() -> footing.gone(principal)),
            () -> deletion.membership(member.id()));
  }

  /* As with API keys: of a deleted one nothing is left that would say so. */
  ImportOutcome accessKey(AccessKeyRecord key) {
    return writes
        .insert(records.credentials().keys(), key.id(), key, () -> footing.flaw(key.workspace()))
        .unless(() -> footing.gone(key.workspace()), () -> deletion.key(key));
  }
}
