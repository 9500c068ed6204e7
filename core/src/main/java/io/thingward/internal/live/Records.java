package io.thingward.internal.live;

import io.thingward.access.DeviceDirectory;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.RoleRecord;
import io.thingward.store.Stores;
import io.thingward.store.UsernameClaim;
import io.thingward.store.VersionedRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the stores and the device directory hold, as this node knows it. Nobody else calls them, but
 * for last uses. Reads by key go to the store; cells keep what was read for checks and
 * authentications; writes mark the cell they changed. Thread-safe.
 */
public final class Records {
  private final CallBounds calls;
  private final WorkspaceStore workspaceStore;
  private final NodeCache cache;
  private final UnaryOperator<Version> nextVersion;
  private final Consumer<Object> changed;

  private final Repository<PrincipalId, PrincipalRecord> principals;
  private final Repository<Username, UsernameClaim> claims;
  private final Repository<WorkspaceId, WorkspaceRecord> workspaces;
  private final Repository<MembershipId, MembershipRecord> memberships;
  private final Repository<RoleId, RoleRecord> roles;
  private final Credentials credentials;
  private final Devices devices;
  private final Listings listings;

  /**
   * Knows nothing yet.
   *
   * @param nextVersion the version after another
   * @param changed is given the key of every record that was marked: it may have changed
   */
  public Records(
      CallBounds calls,
      Stores stores,
      DeviceDirectory directory,
      NodeCache cache,
      Idleness idleness,
      UnaryOperator<Version> nextVersion,
      Consumer<Object> changed) {
    this.calls = calls;
    this.workspaceStore = stores.workspaces();
    this.cache = cache;
    this.nextVersion = nextVersion;
    this.changed = changed;
    PrincipalStore people = stores.principals();
    principals =
        repository(
            Aggregate.PRINCIPALS,
            new Repository.Kind<>(
                "principals", people::find, people::insert, people::replace, PrincipalRecord::id),
            this::comingEnd);
    claims =
        repository(
            Aggregate.PRINCIPALS,
            new Repository.Kind<>(
                "claims",
                people::findClaim,
                people::insertClaim,
                people::replaceClaim,
                UsernameClaim::username),
            claim -> Optional.empty());
    workspaces =
        repository(
            Aggregate.WORKSPACES,
            new Repository.Kind<>(
                "workspaces",
                workspaceStore::find,
                workspaceStore::insert,
                workspaceStore::replace,
                WorkspaceRecord::id),
            workspace -> Optional.empty());
    memberships =
        repository(
            Aggregate.WORKSPACES,
            new Repository.Kind<>(
                "memberships",
                workspaceStore::findMembership,
                workspaceStore::insertMembership,
                workspaceStore::replaceMembership,
                MembershipRecord::id),
            this::loadView,
            membership -> Optional.empty());
    roles =
        repository(
            Aggregate.WORKSPACES,
            new Repository.Kind<>(
                "roles",
                workspaceStore::findRole,
                workspaceStore::insertRole,
                workspaceStore::replaceRole,
                RoleRecord::id),
            role -> Optional.empty());
    credentials =
        new Credentials(
            calls, stores, principals, workspaces, cache, idleness, nextVersion, changed);
    devices =
        new Devices(calls.of(Aggregate.KEYS), stores.keys().changes(), directory, cache, changed);
    listings = new Listings(calls, stores);
  }

  /* An end that has come changes nothing more: who is denied for it need not be read again. */
  private Optional<Instant> comingEnd(PrincipalRecord principal) {
    return principal.endsAt().filter(cache.time().now()::isBefore);
  }

  private <K, R extends VersionedRecord<R>> Repository<K, R> repository(
      Aggregate aggregate, Repository.Kind<K, R> kind, Function<R, Optional<Instant>> endOf) {
    return repository(
        aggregate,
        kind,
        key -> calls.of(aggregate).find(kind.name(), key, kind.find(), kind.key()),
        endOf);
  }

  private <K, R extends VersionedRecord<R>> Repository<K, R> repository(
      Aggregate aggregate,
      Repository.Kind<K, R> kind,
      Function<K, Optional<R>> load,
      Function<R, Optional<Instant>> endOf) {
    return new Repository<>(
        calls.of(aggregate), kind, cache.cells(aggregate, load, endOf), nextVersion, changed);
  }

  /** Users and API users. */
  public Repository<PrincipalId, PrincipalRecord> principals() {
    return principals;
  }

  /** Claims on usernames. */
  public Repository<Username, UsernameClaim> claims() {
    return claims;
  }

  /** Workspaces. */
  public Repository<WorkspaceId, WorkspaceRecord> workspaces() {
    return workspaces;
  }

  /** Memberships, those of API users included. */
  public Repository<MembershipId, MembershipRecord> memberships() {
    return memberships;
  }

  /** Roles of workspaces, and shared ones. */
  public Repository<RoleId, RoleRecord> roles() {
    return roles;
  }

  /** Keys and sessions. */
  public Credentials credentials() {
    return credentials;
  }

  /** What the device directory has. */
  public Devices devices() {
    return devices;
  }

  /** What can be listed. */
  public Listings listings() {
    return listings;
  }

  Time time() {
    return cache.time();
  }

  // --- what feeds tell ---

  /** Applies a change that was made somewhere, perhaps here. */
  void apply(Change change) {
    if (change instanceof Change.OfPrincipal of) {
      principals.announce(of.id(), Optional.of(of.version()));
    } else if (change instanceof Change.OfClaim of) {
      claims.announce(of.username(), Optional.of(of.version()));
    } else if (change instanceof Change.OfWorkspace of) {
      workspaces.announce(of.id(), Optional.of(of.version()));
    } else if (change instanceof Change.OfMembership of) {
      memberships.announce(of.id(), Optional.of(of.version()));
    } else if (change instanceof Change.OfRole of) {
      roles.announce(of.id(), Optional.of(of.version()));
    } else if (change instanceof Change.OfKey of) {
      credentials.keys().announce(of.id(), of.version());
    } else if (change instanceof Change.OfSession of) {
      credentials.markSession(of.id());
    } else {
      Change.OfDevice of = (Change.OfDevice) change;
      devices.mark(of.workspace(), of.id());
    }
  }

  // --- what decides over rights: one read for the workspace, the membership and its roles ---

  /** What decides over a principal's rights in a workspace, from the store, in one read. */
  public MembershipView readView(MembershipId id) {
    MembershipView view =
        calls.of(Aggregate.WORKSPACES).ask("memberships", () -> workspaceStore.view(id));
    view.workspace().ifPresent(workspace -> StoreCalls.requireSame(id.workspace(), workspace.id()));
    view.membership().ifPresent(membership -> StoreCalls.requireSame(id, membership.id()));
    return view;
  }

  /* Loads a membership together with its workspace and roles, which get their snapshots, too. */
  private Optional<MembershipRecord> loadView(MembershipId id) {
    Moment start = cache.moment();
    MembershipView view = readView(id);
    workspaces.cell(id.workspace()).offer(view.workspace(), start);
    Map<RoleId, RoleRecord> found = view.rolesById();
    view.membership().stream()
        .flatMap(membership -> membership.roles().stream())
        .map(RoleAssignment::role)
        .distinct()
        .forEach(role -> roles.cell(role).offer(Optional.ofNullable(found.get(role)), start));
    return view.membership();
  }
}
