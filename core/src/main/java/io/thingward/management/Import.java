package io.thingward.management;

import io.thingward.internal.live.Records;
import io.thingward.internal.live.Repository;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Owners;
import io.thingward.internal.management.Principals;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.VersionedRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Takes in a stream of records, each if nothing has its key and what it rests on is there. What it
 * rests on is read again after the write, as everywhere: whoever deletes that marks it first, so
 * one of the two sees the other.
 *
 * <p>One import, by one thread. Holds no more than the memberships of the owners of one workspace:
 * a workspace needs them before it is there, and nothing else in it is taken in before it is.
 */
final class Import {
  private static final Outcome INSERTED = new Outcome("");
  private static final Outcome PRESENT = new Outcome("");
  private static final Outcome LEFT_OUT = new Outcome("");
  private static final Outcome TAKEN = new Outcome("another record has its key");
  private static final Outcome NO_WORKSPACE = new Outcome("its workspace is not there");
  private static final Outcome NO_PRINCIPAL = new Outcome("its principal is not there");
  private static final Outcome OLD_WORKSPACE =
      new Outcome("its workspace did not come with this import");
  private static final Outcome OLD_PRINCIPAL =
      new Outcome("its principal did not come with this import");
  private static final Outcome OLD_ROLE = new Outcome("a role of it did not come with this import");

  private final Gate gate;
  private final Records records;
  private final Principals principals;
  private final Deletion deletion;
  private final Call call;
  private final boolean resumed;
  private final Version version;
  private final long epoch;
  private final Map<PrincipalId, MembershipRecord> held = new LinkedHashMap<>();
  private final List<RefusedRecord> refusals = new ArrayList<>();
  private boolean begun;
  private long inserted;
  private long present;
  private long leftOut;
  private long refused;

  private Import(Gate gate, Call call, boolean resumed) {
    this.gate = gate;
    this.records = gate.room().records();
    this.principals = new Principals(gate.room());
    this.deletion = new Deletion(gate.room());
    this.call = call;
    this.resumed = resumed;
    this.version = gate.room().entropy().first();
    this.epoch = gate.room().entropy().epoch();
  }

  /* What became of a record: one of the constants, or a refusal with a reason of its own. */
  private static final class Outcome {
    private final String reason;

    Outcome(String reason) {
      this.reason = reason;
    }
  }

  /**
   * How far an import came.
   *
   * @param stopped what the stream threw
   */
  record Progress(ImportResult result, Optional<RuntimeException> stopped) {}

  static Progress run(
      Gate gate, Call call, Iterator<? extends StoreRecord> source, boolean resumed) {
    return new Import(gate, call, resumed).run(source);
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
      refuseHeld();
    } finally {
      call.detail("inserted", inserted);
      call.detail("present", present);
      call.detail("left-out", leftOut);
      call.detail("refused", refused);
      if (!refusals.isEmpty()) {
        call.detail("refusals", refusals);
      }
    }
    return new Progress(new ImportResult(inserted, present, leftOut, refused, refusals), stopped);
  }

  private void take(StoreRecord record) {
    if (record instanceof UsernameClaim claim) {
      refuseHeld();
      count("username-claim", claim.username(), claim(claim));
    } else if (record instanceof UserRecord user) {
      refuseHeld();
      count("user", user.id(), user(user));
    } else if (record instanceof ApiUserRecord apiUser) {
      refuseHeld();
      count("api-user", apiUser.id(), apiUser(apiUser));
    } else if (record instanceof RoleRecord role) {
      refuseHeld();
      count("role", role.id(), role(role));
    } else if (record instanceof ApiKeyRecord key) {
      refuseHeld();
      count("api-key", key.id(), apiKey(key));
    } else if (record instanceof AccessKeyRecord key) {
      refuseHeld();
      count("access-key", key.id(), accessKey(key));
    } else if (record instanceof MembershipRecord member) {
      refuseHeldBut(member.id().workspace());
      takeMembership(member);
    } else if (record instanceof WorkspaceRecord workspace) {
      refuseHeldBut(workspace.id());
      count("workspace", workspace.id(), workspace(workspace));
      refuseHeld();
    } else if (record instanceof SessionRecord session) {
      count("session", session.id(), LEFT_OUT);
    } else if (record instanceof CredentialUse use) {
      count("last-use", use.credential(), LEFT_OUT);
    }
  }

  private void count(String kind, Object id, Outcome outcome) {
    if (outcome == INSERTED) {
      inserted++;
    } else if (outcome == PRESENT) {
      present++;
    } else if (outcome == LEFT_OUT) {
      leftOut++;
    } else {
      refused++;
      if (refusals.size() < ImportResult.NAMED) {
        refusals.add(new RefusedRecord(kind + " " + id, outcome.reason));
      }
    }
  }

  private void count(MembershipRecord member, Outcome outcome) {
    count("membership", member.id().principal() + " in " + member.id().workspace(), outcome);
  }

  /*
   * Nothing is ever replaced: what has the key is the same record, or the record is refused. The
   * versions of records are the work of this installation, and so are epochs (an old one would let
   * in the sessions of an engine of their own that it once ended). So a record is made its own
   * first, and compared without them.
   */
  private <K, R extends VersionedRecord<R>> Outcome insert(
      Repository<K, R> repository, K key, R record) {
    return insert(repository, key, record, Optional::empty);
  }

  /* The same for what rests on others, if these are as they have to be. */
  private <K, R extends VersionedRecord<R>> Outcome insert(
      Repository<K, R> repository, K key, R record, Supplier<Optional<Outcome>> flaw) {
    return insert(repository, key, record, flaw, any -> any.at(version));
  }

  private <K, R extends VersionedRecord<R>> Outcome insert(
      Repository<K, R> repository,
      K key,
      R record,
      Supplier<Optional<Outcome>> flaw,
      UnaryOperator<R> own) {
    R fresh = own.apply(record);
    Optional<R> there = repository.read(key);
    if (there.isPresent()) {
      return own.apply(there.get()).equals(fresh) ? PRESENT : TAKEN;
    }
    Optional<Outcome> flawed = flaw.get();
    if (flawed.isPresent()) {
      return flawed.get();
    }
    if (!repository.insert(fresh)) {
      return TAKEN;
    }
    if (!begun) {
      begun = true;
      call.target("import", "records"); // whatever happens from now on, something was done
    }
    return INSERTED;
  }

  /* Takes back what was inserted if what it rests on is gone since that was looked at. */
  private static Outcome unless(
      Outcome outcome, Outcome flaw, BooleanSupplier stands, Runnable takeBack) {
    if (outcome != INSERTED || stands.getAsBoolean()) {
      return outcome;
    }
    takeBack.run();
    return flaw;
  }

  /*
   * Every record of this import has its version. So one that still has it came with this import and
   * is as it came: it means what the records that rest on it mean by its id, and nothing that rested
   * on it was taken away before.
   */
  private Optional<Outcome> flaw(Optional<Version> version, Outcome absent, Outcome old) {
    if (version.isEmpty()) {
      return Optional.of(absent);
    }
    return resumed || version.get().equals(this.version) ? Optional.empty() : Optional.of(old);
  }

  private Optional<Outcome> flaw(WorkspaceId id) {
    return flaw(
        records
            .workspaces()
            .read(id)
            .filter(workspace -> !workspace.state().isGoing())
            .map(WorkspaceRecord::version),
        NO_WORKSPACE,
        OLD_WORKSPACE);
  }

  private Optional<Outcome> flaw(PrincipalId id) {
    return flaw(
        records
            .principals()
            .read(id)
            .filter(principal -> !principal.state().isGoing())
            .map(PrincipalRecord::version),
        NO_PRINCIPAL,
        OLD_PRINCIPAL);
  }

  /* A role that is not there gives nothing. */
  private Optional<Outcome> flawOfRoles(MembershipRecord member) {
    return member.roles().stream()
        .map(RoleAssignment::role)
        .distinct()
        .flatMap(role -> records.roles().read(role).stream())
        .flatMap(role -> flaw(Optional.of(role.version()), OLD_ROLE, OLD_ROLE).stream())
        .findFirst();
  }

  private boolean stands(WorkspaceId id) {
    return records.workspaces().read(id).filter(w -> !w.state().isGoing()).isPresent();
  }

  private boolean stands(PrincipalId id) {
    return records.principals().read(id).filter(p -> !p.state().isGoing()).isPresent();
  }

  // --- people and machines ---

  /* A claim whose user is not there yet is void until that comes, as one that is being made is. */
  private Outcome claim(UsernameClaim claim) {
    Optional<UsernameClaim> there = records.claims().read(claim.username());
    if (there.isPresent()) {
      return there.get().user().equals(claim.user()) ? PRESENT : TAKEN;
    }
    Optional<PrincipalRecord> user = records.principals().read(claim.user());
    if (user.isPresent() && !carries(user.get(), claim.username())) {
      return new Outcome("its user does not carry it");
    }
    return insert(records.claims(), claim.username(), claim);
  }

  private PrincipalRecord own(PrincipalRecord principal) {
    return principal instanceof UserRecord user && user.state() != LifecycleState.DELETED
        ? user.toBuilder().version(version).epoch(epoch).build()
        : principal.at(version);
  }

  private static boolean carries(PrincipalRecord principal, Username name) {
    return principal instanceof UserRecord user && user.username().equals(Optional.of(name));
  }

  private Outcome user(UserRecord user) {
    boolean isFree = records.principals().read(user.id()).isEmpty();
    if (isFree && user.username().filter(name -> !isClaimedBy(name, user.id())).isPresent()) {
      return new Outcome("no claim on its username comes before it");
    }
    Outcome outcome = insert(records.principals(), user.id(), user, Optional::empty, this::own);
    if (outcome == INSERTED
        && user.username().filter(name -> !confirm(name, user.id())).isPresent()) {
      deletion.clear(user.id());
      return new Outcome("its username was taken meanwhile");
    }
    return outcome;
  }

  private boolean isClaimedBy(Username name, PrincipalId user) {
    return records.claims().read(name).filter(claim -> claim.user().equals(user)).isPresent();
  }

  /* As in Claims: who judged the claim void before the user carried the name fails from now on. */
  private boolean confirm(Username name, PrincipalId user) {
    return Repository.untilNotOvertaken(
        () -> {
          Optional<UsernameClaim> mine =
              records.claims().read(name).filter(claim -> claim.user().equals(user));
          return mine.isEmpty()
              ? Optional.of(false)
              : records.claims().replace(mine.get(), mine.get()).map(confirmed -> true);
        });
  }

  private Outcome apiUser(ApiUserRecord apiUser) {
    if (apiUser.workspace().isEmpty()) {
      return insert(records.principals(), apiUser.id(), apiUser);
    }
    WorkspaceId workspace = apiUser.workspace().get();
    Outcome outcome = insert(records.principals(), apiUser.id(), apiUser, () -> flaw(workspace));
    return unless(outcome, NO_WORKSPACE, () -> stands(workspace), () -> deletion.apiUser(apiUser));
  }

  // --- workspaces ---

  private Outcome role(RoleRecord role) {
    if (role.workspace().isEmpty()) {
      return insert(records.roles(), role.id(), role);
    }
    WorkspaceId workspace = role.workspace().get();
    Outcome outcome = insert(records.roles(), role.id(), role, () -> flaw(workspace));
    return unless(
        outcome,
        NO_WORKSPACE,
        () -> stands(workspace),
        () -> records.roles().update(role.id(), Deletion::tombstone));
  }

  private void takeMembership(MembershipRecord member) {
    boolean early =
        !member.removed() && records.workspaces().read(member.id().workspace()).isEmpty();
    if (!early) {
      count(member, membership(member));
    } else if (held.containsKey(member.id().principal())) {
      count(member, TAKEN);
    } else if (held.size() == Limits.OWNERS_PER_WORKSPACE) {
      count(member, NO_WORKSPACE);
    } else {
      held.put(member.id().principal(), member);
    }
  }

  private Outcome membership(MembershipRecord member) {
    if (member.removed()) {
      return insert(records.memberships(), member.id(), member);
    }
    PrincipalId principal = member.id().principal();
    WorkspaceId workspace = member.id().workspace();
    Outcome outcome = insert(records.memberships(), member.id(), member, () -> flaw(member));
    return unless(
        outcome,
        NO_PRINCIPAL,
        () -> stands(workspace) && stands(principal),
        () -> deletion.membership(member.id()));
  }

  private Optional<Outcome> flaw(MembershipRecord member) {
    WorkspaceId workspace = member.id().workspace();
    return flaw(workspace)
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

  /*
   * First the memberships of its owners, then the record: an owner who is no member would be
   * overlooked when the user is deleted.
   */
  private Outcome workspace(WorkspaceRecord workspace) {
    if (workspace.state().isGoing() || records.workspaces().read(workspace.id()).isPresent()) {
      return insert(records.workspaces(), workspace.id(), workspace);
    }
    for (PrincipalId owner : workspace.owners()) {
      Optional<String> flaw = flaw(workspace.id(), owner);
      if (flaw.isPresent()) {
        return new Outcome("its owner " + owner + " is " + flaw.get());
      }
    }
    List<MembershipRecord> brought = new ArrayList<>();
    for (PrincipalId owner : workspace.owners()) {
      Optional.ofNullable(held.remove(owner)).ifPresent(member -> bring(member, brought));
    }
    Outcome outcome = insert(records.workspaces(), workspace.id(), workspace);
    if (outcome == INSERTED) {
      workspace.owners().forEach(owner -> lookAgain(workspace.id(), owner));
      held.values().forEach(member -> count(member, membership(member)));
      held.clear();
    } else {
      takeBack(brought, workspace.id());
    }
    return outcome;
  }

  private void bring(MembershipRecord owner, List<MembershipRecord> brought) {
    Outcome outcome = insert(records.memberships(), owner.id(), owner);
    count(owner, outcome);
    if (outcome == INSERTED) {
      brought.add(owner);
    }
  }

  /* Somebody else made a workspace of this id meanwhile. It has the members that it was given. */
  private void takeBack(List<MembershipRecord> brought, WorkspaceId workspace) {
    Set<PrincipalId> owners =
        records.workspaces().read(workspace).map(WorkspaceRecord::owners).orElse(Set.of());
    for (MembershipRecord member : brought) {
      if (!owners.contains(member.id().principal())) {
        records
            .memberships()
            .update(
                member.id(),
                there -> there.version().equals(version) ? Deletion.removed(there) : there);
        inserted--;
        count(member, NO_WORKSPACE);
      }
    }
  }

  private Optional<String> flaw(WorkspaceId workspace, PrincipalId owner) {
    Optional<UserRecord> user =
        principals.readUser(owner).filter(found -> !found.state().isGoing());
    if (user.isEmpty()) {
      return Optional.of("not there");
    }
    if (flaw(owner).isPresent()) {
      return Optional.of("not of this import");
    }
    Optional<MembershipRecord> member =
        Optional.ofNullable(held.get(owner))
            .or(
                () ->
                    records
                        .memberships()
                        .read(new MembershipId(workspace, owner))
                        .filter(there -> !there.removed()));
    if (member.isEmpty()) {
      return Optional.of("no member");
    }
    return flawOfRoles(member.get()).map(role -> "a member with a role that is not of this import");
  }

  /*
   * First a member, then looked at, or a deletion in between would leave a member behind. An owner
   * whose deletion began stays one if there is no other; it may do nothing.
   */
  private void lookAgain(WorkspaceId workspace, PrincipalId owner) {
    principals.ensureMember(workspace, owner);
    if (!stands(owner) && new Owners(gate.room()).giveUp(workspace, owner)) {
      deletion.membership(new MembershipId(workspace, owner));
    }
  }

  private void refuseHeldBut(WorkspaceId workspace) {
    if (held.values().stream().anyMatch(member -> !member.id().workspace().equals(workspace))) {
      refuseHeld();
    }
  }

  private void refuseHeld() {
    held.values().forEach(member -> count(member, NO_WORKSPACE));
    held.clear();
  }

  // --- keys ---

  /*
   * Of a deleted key nothing is left that would say so. So one comes only with what it belongs to,
   * and does not come back by itself.
   */
  private Outcome apiKey(ApiKeyRecord key) {
    Outcome outcome =
        insert(records.credentials().keys(), key.id(), key, () -> flaw(key.principal()));
    return unless(outcome, NO_PRINCIPAL, () -> stands(key.principal()), () -> deletion.key(key));
  }

  private Outcome accessKey(AccessKeyRecord key) {
    Outcome outcome =
        insert(records.credentials().keys(), key.id(), key, () -> flaw(key.workspace()));
    return unless(outcome, NO_WORKSPACE, () -> stands(key.workspace()), () -> deletion.key(key));
  }
}
