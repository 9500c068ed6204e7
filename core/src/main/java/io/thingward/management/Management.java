package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.Device;
import io.thingward.audit.AuditActor;
import io.thingward.internal.live.LastUses;
import io.thingward.internal.live.LiveSubject;
import io.thingward.internal.live.Records;
import io.thingward.internal.management.Actor;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Room;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.store.StoreRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Everything that changes who may do what, on behalf of one actor: a subject, or the host itself.
 * Get one from {@code Thingward.as(subject)} or {@code Thingward.asHost(reason)}; it may be kept,
 * and every call is authorized anew, against the store.
 *
 * <p>A refused call throws and changes nothing; nobody can give more than the presented credential
 * holds. {@code docs/management-operations.md} has one line per operation. Thread-safe.
 */
public final class Management {
  private static final int USES_KEPT_DAYS = 400;

  private final Gate gate;

  private Management(Gate gate) {
    this.gate = gate;
  }

  /** For the library: management by a subject. */
  public static Management by(LiveSubject subject, Room room) {
    return new Management(new Gate(room, new Actor(Optional.of(subject), AuditActor.of(subject))));
  }

  /** For the library: management by the host. */
  public static Management byHost(AuditActor host, Room room) {
    return new Management(new Gate(room, new Actor(Optional.empty(), host)));
  }

  /** Users. */
  public Users users() {
    return new Users(gate);
  }

  /** The sessions of a user. */
  public Sessions sessions(PrincipalId user) {
    return new Sessions(gate, user);
  }

  /** Workspaces and their owners. */
  public Workspaces workspaces() {
    return new Workspaces(gate);
  }

  /** The members of a workspace. */
  public Members members(WorkspaceId workspace) {
    return new Members(gate, workspace);
  }

  /** The roles of a workspace. */
  public Roles roles(WorkspaceId workspace) {
    return Roles.of(gate, workspace);
  }

  /** The roles that all workspaces share. For the host. */
  public Roles sharedRoles() {
    return Roles.shared(gate);
  }

  /** The API users of a workspace. */
  public ApiUsers apiUsers(WorkspaceId workspace) {
    return new ApiUsers(gate, workspace);
  }

  /** The API keys of a user. */
  public ApiKeys apiKeys(PrincipalId user) {
    return ApiKeys.ofUser(gate, user);
  }

  /** The API keys of an API user. */
  public ApiKeys apiKeys(WorkspaceId workspace, PrincipalId apiUser) {
    return ApiKeys.ofApiUser(gate, workspace, apiUser);
  }

  /**
   * Deletes what has long been useless: keys that ended by plan and sessions whose absolute end
   * came, both longer ago than the retention, and last uses that nothing has touched for 400 days
   * more. Changes no answer. For the host; call it from a timer, from any number of nodes. Works in
   * chunks of {@value Limits#PAGE}.
   *
   * @return how many keys and sessions were deleted
   */
  @CanIgnoreReturnValue
  public int purge(Duration retention) {
    if (retention.isNegative() || retention.compareTo(Duration.ofDays(36_500)) > 0) {
      throw new IllegalArgumentException("a retention is 0 to 100 years, not " + retention);
    }
    return gate.asHost(
        Operation.PURGE,
        call -> {
          Room room = gate.room();
          Records records = room.records();
          // no store compares finer than that
          Instant before = room.time().now().minus(retention).truncatedTo(ChronoUnit.MILLIS);
          call.about("purge", before);
          int removed =
              inChunks(
                  limit -> forget(room.keyUses(), records.credentials().purgeKeys(before, limit)));
          removed +=
              inChunks(
                  limit ->
                      forget(
                          room.sessionUses(), records.credentials().purgeSessions(before, limit)));
          Instant unused = before.minus(Duration.ofDays(USES_KEPT_DAYS));
          int forgotten = inChunks(limit -> room.keyUses().purge(unused, limit));
          forgotten += inChunks(limit -> room.sessionUses().purge(unused, limit));
          call.target("purge", before);
          call.detail("removed", removed);
          call.detail("forgotten", forgotten);
          return removed;
        });
  }

  private static int forget(LastUses uses, List<CredentialId> gone) {
    uses.forget(gone);
    return gone.size();
  }

  private static int inChunks(IntUnaryOperator purge) {
    int total = 0;
    int removed;
    do {
      removed = purge.applyAsInt(Limits.PAGE);
      total += removed;
    } while (removed >= Limits.PAGE);
    return total;
  }

  /**
   * Takes in records that other stores held: a file that was exported, say. For the host.
   * Overwrites nothing: a record whose key is taken is refused, unless what has it says the same.
   * One audit event tells the counts and the first refusals.
   *
   * <ul>
   *   <li>What a record rests on comes before it, in the same records: a claim before its user, a
   *       user before its keys and memberships, a workspace before its roles, API users, members
   *       and access keys. The memberships of its owners alone come right before it. What comes
   *       without it is refused: what has the same id here may be something else, or something of
   *       which parts were taken away since the records were written.
   *   <li>Each record is complete when it is there, so an import that stopped half way has given
   *       less than all of it. {@link #resumeImport} brings the rest.
   *   <li>Records get versions and users get epochs of this installation. Sessions and last uses
   *       are left out: users log in again, and a use belongs to the installation that saw it.
   *   <li>Limits of how many there may be (keys of a principal) are not counted again.
   * </ul>
   *
   * @param records any number, held one at a time; what it throws ends the import and is thrown on,
   *     after the audit was told how far it came
   * @throws io.thingward.error.UnavailableException if a store does not answer; resume the import
   */
  public ImportResult importRecords(Iterator<? extends StoreRecord> records) {
    return importRecords(records, false);
  }

  /**
   * The same from the beginning of the same records, after an import that stopped half way: what
   * was there before counts as what the records mean by its id. A key that was deleted meanwhile
   * comes back, so nobody should have managed anything since.
   */
  public ImportResult resumeImport(Iterator<? extends StoreRecord> records) {
    return importRecords(records, true);
  }

  private ImportResult importRecords(Iterator<? extends StoreRecord> records, boolean resumed) {
    Objects.requireNonNull(records, "records");
    Import.Progress progress =
        gate.asHost(Operation.IMPORT, call -> Import.run(gate.room(), call, records, resumed));
    progress
        .stopped()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return progress.result();
  }

  /** The access keys of a workspace. */
  public AccessKeys accessKeys(WorkspaceId workspace) {
    return new AccessKeys(gate, workspace);
  }

  /**
   * Who may do something on a device, in the workspace of the device.
   *
   * @throws IllegalArgumentException if the catalog lacks the permission
   */
  public WhoCan whoCan(DevicePermission permission, Device device) {
    return new WhoCan(gate, permission, device);
  }

  /**
   * Whether the actor's credential holds all that a change set would give in a workspace: what the
   * library asks itself before it gives something, for hosts that give things on an actor's behalf.
   * What the change set takes away does not count. By any member.
   */
  public boolean covers(WorkspaceId workspace, ChangeSet changes) {
    return gate.in(
        workspace,
        Operation.RIGHTS_COMPARE,
        call -> call.covers(new Memberships(gate.room(), workspace).draft(changes).given()));
  }

  /**
   * Whether the actor's credential holds all that a member or API user holds in a workspace: what
   * the library asks itself before it lets the actor touch somebody. Of an owner only another owner
   * does, through a credential without restriction. Who does not belong to it holds nothing. By
   * whoever may list members.
   */
  public boolean covers(WorkspaceId workspace, PrincipalId principal) {
    return gate.in(
        workspace,
        Operation.MEMBER_COMPARE,
        call -> Memberships.isOver(call, new Memberships(gate.room(), workspace).read(principal)));
  }
}
