package io.thingward.management;

import io.thingward.internal.live.Records;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Room;
import io.thingward.model.Version;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/*
 * Takes in a stream of records, each if nothing has its key and what it rests on is there. One
 * import, by one thread.
 *
 * A record goes to the one of ImportPrincipals, ImportWorkspaces and ImportContents that takes in its
 * kind, which asks ImportFooting for what it rests on and has ImportWrites insert it; what became of
 * it is counted in ImportTally.
 */
final class Import {
  private final Call call;
  private final boolean resumed;
  private final ImportTally tally = new ImportTally();
  private final ImportPrincipals principals;
  private final ImportContents contents;
  private final ImportWorkspaces workspaces;

  private Import(Room room, Call call, boolean resumed) {
    this.call = call;
    this.resumed = resumed;
    Records records = room.records();
    Deletion deletion = new Deletion(room);
    Version version = room.entropy().first();
    ImportFooting footing = new ImportFooting(records, version, resumed);
    ImportWrites writes = new ImportWrites(call, version);
    principals = new ImportPrincipals(records, deletion, footing, writes, room.entropy().epoch());
    contents = new ImportContents(records, deletion, footing, writes);
    workspaces = new ImportWorkspaces(room, footing, writes, contents, tally, version);
  }

  /*
   * How far an import came.
   *
   * stopped: what the stream threw
   */
  record Progress(ImportResult result, Optional<RuntimeException> stopped) {}

  static Progress run(
      Room room, Call call, Iterator<? extends StoreRecord> source, boolean resumed) {
    return new Import(room, call, resumed).run(source);
  }

  private Progress run(Iterator<? extends StoreRecord> source) {
    call.about("import", "records");
    call.detail("resumed", resumed);
    Optional<RuntimeException> stopped = Optional.empty();
    try {
      while (stopped.isEmpty()) {
        Optional<StoreRecord> next = Optional.empty();
        try {
          if (!source.hasNext()) {
            break;
          }
          next = Optional.of(Objects.requireNonNull(source.next(), "record"));
        } catch (RuntimeException failure) {
          // the stream is the caller's: what was done is told all the same, and then this
          stopped = Optional.of(failure);
          call.detail("stopped", failure.getClass().getSimpleName());
        }
        next.ifPresent(this::take);
      }
      workspaces.refuseWaiting();
    } finally {
      tally.note(call);
    }
    return new Progress(tally.result(), stopped);
  }

  private void take(StoreRecord record) {
    if (record instanceof MembershipRecord member) {
      workspaces.take(member);
    } else if (record instanceof WorkspaceRecord workspace) {
      workspaces.take(workspace);
    } else if (record instanceof SessionRecord session) {
      tally.count("session", session.id(), ImportOutcome.LEFT_OUT);
    } else if (record instanceof CredentialUse use) {
      tally.count("last-use", use.credential(), ImportOutcome.LEFT_OUT);
    } else {
      workspaces.refuseWaiting();
      takeOther(record);
    }
  }

  private void takeOther(StoreRecord record) {
    if (record instanceof UsernameClaim claim) {
      tally.count("username-claim", claim.username(), principals.claim(claim));
    } else if (record instanceof UserRecord user) {
      tally.count("user", user.id(), principals.user(user));
    } else if (record instanceof ApiUserRecord apiUser) {
      tally.count("api-user", apiUser.id(), principals.apiUser(apiUser));
    } else if (record instanceof ApiKeyRecord key) {
      tally.count("api-key", key.id(), principals.apiKey(key));
    } else if (record instanceof RoleRecord role) {
      tally.count("role", role.id(), contents.role(role));
    } else if (record instanceof AccessKeyRecord key) {
      tally.count("access-key", key.id(), contents.accessKey(key));
    }
  }
}
