package io.thingward.internal.live;

import io.thingward.access.Reason;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether those on whom a credential depends stand. */
public final class Holders {
  private Holders() {}

  /** Why nobody may speak for a principal now, or null. */
  public static @Nullable Reason refusal(PrincipalRecord principal, Instant now) {
    return switch (principal.state()) {
      case ACTIVE ->
          LiveCredential.isBefore(now, principal.endsAt()) ? null : Reason.PRINCIPAL_SUSPENDED;
      case SUSPENDED -> Reason.PRINCIPAL_SUSPENDED;
      case DELETING, DELETED -> Reason.PRINCIPAL_DELETED;
    };
  }

  /** Why nothing of a workspace counts now, or null. */
  static @Nullable Reason refusal(WorkspaceRecord workspace) {
    return switch (workspace.state()) {
      case ACTIVE -> null;
      case SUSPENDED -> Reason.WORKSPACE_SUSPENDED;
      case DELETING, DELETED -> Reason.WORKSPACE_DELETED;
    };
  }
}
