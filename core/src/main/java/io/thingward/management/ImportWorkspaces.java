package io.thingward.management;

import io.thingward.internal.live.Records;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Owners;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * Takes in workspaces together with the memberships of their owners, which come right before and
 * wait: a workspace needs them before it is there, and nothing else in it is taken in before it is.
 * Holds no more than the memberships of the owners of one workspace.
 */
final class ImportWorkspaces {
  private final Records records;
  private final Principals principals;
  private final Owners owners;
  private final Deletion deletion;
  private final ImportFooting footing;
  private final ImportWrites writes;
  private final ImportContents contents;
  private final ImportTally tally;
  private final Version version;
  private final Map<PrincipalId, MembershipRecord> waiting = new LinkedHashMap<>();

  ImportWorkspaces(
      Room room,
      ImportFooting footing,
      ImportWrites writes,
      ImportContents contents,
      ImportTally tally,
      Version version) {
    this.records = room.records();
    this.principals = new Principals(room);
    this.owners = new Owners(room);
    this.deletion = new Deletion(room);
    this.footing = footing;
    this.writes = writes;
    this.contents = contents;
    this.tally = tally;
    this.version = version;
  }

  /* A membership: taken in at once if its workspace is there. */
  void take(MembershipRecord member) {
    refuseWaitingBut(member.id().workspace());
    boolean early =
        !member.removed() && records.workspaces().read(member.id().workspace()).isEmpty();
    if (!early) {
      tally.count(member, contents.membership(member));
    } else if (waiting.containsKey(member.id().principal())) {
      tally.count(member, ImportOutcome.TAKEN);
    } else if (waiting.size() == Limits.OWNERS_PER_WORKSPACE) {
      tally.count(member, ImportOutcome.refused(ImportFooting.NO_WORKSPACE));
    } else {
      waiting.put(member.id().principal(), member);
    }
  }

  /* A workspace, and what waits for it. */
  void take(WorkspaceRecord workspace) {
    refuseWaitingBut(workspace.id());
    tally.count("workspace", workspace.id(), workspace(workspace));
    refuseWaiting();
  }

  /* Another record comes: what waits will wait in vain. */
  void refuseWaiting() {
    waiting
        .values()
        .forEach(member -> tally.count(member, ImportOutcome.refused(ImportFooting.NO_WORKSPACE)));
    waiting.clear();
  }

  private void refuseWaitingBut(WorkspaceId workspace) {
    if (waiting.values().stream().anyMatch(member -> !member.id().workspace().equals(workspace))) {
      refuseWaiting();
    }
  }

  /*
   * First the memberships of its owners, then the record: an owner who is no member would be
   * overlooked when the user is deleted.
   */
  private ImportOutcome workspace(WorkspaceRecord workspace) {
    if (workspace.state().isGoing() || records.workspaces().read(workspace.id()).isPresent()) {
      return writes.insert(records.workspaces(), workspace.id(), workspace);
    }
    for (PrincipalId owner : workspace.owners()) {
      Optional<String> flaw = flaw(workspace.id(), owner);
      if (flaw.isPresent()) {
        return ImportOutcome.refused("its owner " + owner + " is " + flaw.get());
      }
    }
    List<MembershipRecord> brought = new ArrayList<>();
    for (PrincipalId owner : workspace.owners()) {
      Optional.ofNullable(waiting.remove(owner)).ifPresent(member -> bring(member, brought));
    }
    ImportOutcome outcome = writes.insert(records.workspaces(), workspace.id(), workspace);
    if (outcome.isInserted()) {
      workspace.owners().forEach(owner -> lookAgain(workspace.id(), owner));
      waiting.values().forEach(member -> tally.count(member, contents.membership(member)));
      waiting.clear();
    } else {
      takeBack(brought, workspace.id());
    }
    return outcome;
  }

  private Optional<String> flaw(WorkspaceId workspace, PrincipalId owner) {
    return footing.flawOfOwner(
        owner,
        () ->
            Optional.ofNullable(waiting.get(owner))
                .or(
                    () ->
                        records
                            .memberships()
                            .read(new MembershipId(workspace, owner))
                            .filter(there -> !there.removed())));
  }

  private void bring(MembershipRecord owner, List<MembershipRecord> brought) {
    ImportOutcome outcome = writes.insert(records.memberships(), owner.id(), owner);
    tally.count(owner, outcome);
    if (outcome.isInserted()) {
      brought.add(owner);
    }
  }

  /* Somebody else made a workspace of this id meanwhile. It has the members that it was given. */
  private void takeBack(List<MembershipRecord> brought, WorkspaceId workspace) {
    Set<PrincipalId> others =
        records.workspaces().read(workspace).map(WorkspaceRecord::owners).orElse(Set.of());
    for (MembershipRecord member : brought) {
      if (!others.contains(member.id().principal())) {
        records
            .memberships()
            .update(
                member.id(),
                there -> there.version().equals(version) ? Deletion.removed(there) : there);
        tally.takenBack(member, ImportFooting.NO_WORKSPACE);
      }
    }
  }

  /*
   * First a member, then looked at, or a deletion in between would leave a member behind. An owner
   * whose deletion began stays one if there is no other; it may do nothing.
   */
  private void lookAgain(WorkspaceId workspace, PrincipalId owner) {
    principals.ensureMember(workspace, owner);
    if (footing.gone(owner).isPresent() && owners.giveUp(workspace, owner)) {
      deletion.membership(new MembershipId(workspace, owner));
    }
  }
}
