package io.thingward.management;

import io.thingward.internal.live.Records;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.Optional;
import java.util.function.Supplier;

/*
 * What the records of an import rest on: why that cannot carry a record, or no reason. Looked at
 * before the write, and again after it, as everywhere: whoever deletes marks first, so one of the two
 * sees the other.
 *
 * Every record of an import has its version. So one that still has it came with this import and is
 * as it came: it means what the records that rest on it mean by its id, and nothing that rested on it
 * was taken away before.
 */
final class ImportFooting {
  static final String NO_WORKSPACE = "its workspace is not there";
  private static final String NO_PRINCIPAL = "its principal is not there";
  private static final String OLD_WORKSPACE = "its workspace did not come with this import";
  private static final String OLD_PRINCIPAL = "its principal did not come with this import";
  private static final String OLD_ROLE = "a role of it did not come with this import";

  private final Records records;
  private final Version version;
  private final boolean resumed;

  /* resumed: what was there before is as good as what came with this import */
  ImportFooting(Records records, Version version, boolean resumed) {
    this.records = records;
    this.version = version;
    this.resumed = resumed;
  }

  Optional<String> flaw(WorkspaceId id) {
    return flaw(standing(id).map(WorkspaceRecord::version), NO_WORKSPACE, OLD_WORKSPACE);
  }

  Optional<String> flaw(PrincipalId id) {
    return flaw(standing(id).map(PrincipalRecord::version), NO_PRINCIPAL, OLD_PRINCIPAL);
  }

  private Optional<String> flaw(Optional<Version> version, String absent, String old) {
    if (version.isEmpty()) {
      return Optional.of(absent);
    }
    return resumed || version.get().equals(this.version) ? Optional.empty() : Optional.of(old);
  }

  Optional<String> flaw(MembershipRecord member) {
    return flaw(member.id().workspace())
        .or(() -> flaw(member.id().principal()))
        .or(() -> isElsewhere(member) ? Optional.of(NO_PRINCIPAL) : Optional.empty())
        .or(() -> flawOfRoles(member));
  }

  /* An API user belongs to one workspace only. */
  private boolean isElsewhere(MembershipRecord member) {
    return records
        .principals()
        .read(member.id().principal(), ApiUserRecord.class)
        .filter(robot -> !robot.workspace().equals(Optional.of(member.id().workspace())))
        .isPresent();
  }

  /* A role that is not there gives nothing. */
  private Optional<String> flawOfRoles(MembershipRecord member) {
    return member.roles().stream()
        .map(RoleAssignment::role)
        .distinct()
        .flatMap(role -> records.roles().read(role).stream())
        .flatMap(role -> flaw(Optional.of(role.version()), OLD_ROLE, OLD_ROLE).stream())
        .findFirst();
  }

  /* What an owner is that cannot be one. */
  Optional<String> flawOfOwner(PrincipalId owner, Supplier<Optional<MembershipRecord>> membership) {
    if (records
        .principals()
        .read(owner, UserRecord.class)
        .filter(user -> !user.state().isGoing())
        .isEmpty()) {
      return Optional.of("not there");
    }
    if (flaw(owner).isPresent()) {
      return Optional.of("not of this import");
    }
    Optional<MembershipRecord> member = membership.get();
    if (member.isEmpty()) {
      return Optional.of("no member");
    }
    return flawOfRoles(member.get()).map(role -> "a member with a role that is not of this import");
  }

  Optional<String> gone(WorkspaceId id) {
    return standing(id).isPresent() ? Optional.empty() : Optional.of(NO_WORKSPACE);
  }

  Optional<String> gone(PrincipalId id) {
    return standing(id).isPresent() ? Optional.empty() : Optional.of(NO_PRINCIPAL);
  }

  private Optional<WorkspaceRecord> standing(WorkspaceId id) {
    return records.workspaces().read(id).filter(workspace -> !workspace.state().isGoing());
  }

  private Optional<PrincipalRecord> standing(PrincipalId id) {
    return records.principals().read(id).filter(principal -> !principal.state().isGoing());
  }
}
