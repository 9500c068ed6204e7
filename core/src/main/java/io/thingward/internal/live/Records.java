package io.thingward.internal.live;

import io.thingward.access.Device;
import io.thingward.access.DeviceDirectory;
import io.thingward.error.UnavailableException;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreException;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Every call to a store or the device directory. Plain reads go to the store; cells keep what was
 * read for checks and authentications; writes mark the cell they changed, whatever became of them,
 * so that every call on this node that begins after a write returned sees it.
 *
 * <p>What a store throws or returns against its contract (null, another record than the one asked
 * for) becomes an {@link UnavailableException}. Thread-safe.
 */
public final class Records {
  private final Stores stores;
  private final DeviceDirectory directory;
  private final Time time;
  private final Consumer<Object> changed;
  private final AtomicLong marks = new AtomicLong();
  private volatile boolean closed;

  final Cells<CredentialId, KeyRecord> keys;
  final Cells<CredentialId, SessionRecord> sessions;
  final Cells<PrincipalId, PrincipalRecord> principals;
  final Cells<WorkspaceId, WorkspaceRecord> workspaces;
  final Cells<MembershipId, MembershipRecord> memberships;
  final Cells<RoleId, RoleRecord> roles;
  final Cells<DeviceKey, Device> devices;
  private final List<Cells<?, ?>> all;

  /** Names a device across workspaces. */
  record DeviceKey(WorkspaceId workspace, DeviceId id) {}

  /**
   * Opens the room.
   *
   * @param maximum how many records of each kind are kept
   * @param changed is given the key of every record that was marked: it may have changed
   */
  public Records(
      Stores stores, DeviceDirectory directory, Time time, long maximum, Consumer<Object> changed) {
    this.stores = stores;
    this.directory = directory;
    this.time = time;
    this.changed = changed;
    this.keys = new Cells<>(time, marks, maximum, false, KeyRecord::endsAt);
    this.sessions = new Cells<>(time, marks, maximum, false, s -> Optional.of(s.endsAt()));
    this.principals = new Cells<>(time, marks, maximum, true, PrincipalRecord::endsAt);
    this.workspaces = new Cells<>(time, marks, maximum, true, w -> Optional.empty());
    this.memberships = new Cells<>(time, marks, maximum, true, m -> Optional.empty());
    this.roles = new Cells<>(time, marks, maximum, true, r -> Optional.empty());
    this.devices = new Cells<>(time, marks, maximum, true, d -> Optional.empty());
    this.all = List.of(keys, sessions, principals, workspaces, memberships, roles, devices);
  }

  /** Drops what was read before a moment, and what has ended by plan. Reads no store. */
  void sweep(long readBefore) {
    Instant now = time.now();
    all.forEach(cells -> cells.sweep(readBefore, now));
  }

  /** Drops everything; from now on nothing is read and nothing is kept. */
  public void close() {
    closed = true;
    all.forEach(Cells::close);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Thingward is closed");
    }
  }

  Time time() {
    return time;
  }

  // --- reads by key, from the store ---

  /** A key, from the store. */
  public Optional<KeyRecord> readKey(CredentialId id) {
    Optional<KeyRecord> found = ask("keys", () -> stores.keys().find(id));
    found.ifPresent(key -> same(id, key.id()));
    return found;
  }

  /** A session, from the store. */
  public Optional<SessionRecord> readSession(CredentialId id) {
    Optional<SessionRecord> found = ask("sessions", () -> stores.sessions().find(id));
    found.ifPresent(session -> same(id, session.id()));
    return found;
  }

  /** A principal, from the store. */
  public Optional<PrincipalRecord> readPrincipal(PrincipalId id) {
    Optional<PrincipalRecord> found = ask("principals", () -> stores.principals().find(id));
    found.ifPresent(principal -> same(id, principal.id()));
    return found;
  }

  /** The claim on a username, from the store. */
  public Optional<UsernameClaim> readClaim(Username username) {
    Optional<UsernameClaim> found = ask("claims", () -> stores.principals().findClaim(username));
    found.ifPresent(claim -> same(username, claim.username()));
    return found;
  }

  /** A workspace, from the store. */
  public Optional<WorkspaceRecord> readWorkspace(WorkspaceId id) {
    Optional<WorkspaceRecord> found = ask("workspaces", () -> stores.workspaces().find(id));
    found.ifPresent(workspace -> same(id, workspace.id()));
    return found;
  }

  /** A membership, from the store. */
  public Optional<MembershipRecord> readMembership(MembershipId id) {
    Optional<MembershipRecord> found =
        ask("memberships", () -> stores.workspaces().findMembership(id));
    found.ifPresent(membership -> same(id, membership.id()));
    return found;
  }

  /** A role, from the store. */
  public Optional<RoleRecord> readRole(RoleId id) {
    Optional<RoleRecord> found = ask("roles", () -> stores.workspaces().findRole(id));
    found.ifPresent(role -> same(id, role.id()));
    return found;
  }

  /** What decides over a principal's rights in a workspace, from the store, in one read. */
  public MembershipView readView(MembershipId id) {
    MembershipView found = ask("memberships", () -> stores.workspaces().view(id));
    found.workspace().ifPresent(workspace -> same(id.workspace(), workspace.id()));
    found.membership().ifPresent(membership -> same(id, membership.id()));
    return found;
  }

  /** A device, from the host's directory. */
  public Optional<Device> readDevice(WorkspaceId workspace, DeviceId id) {
    requireOpen();
    Optional<Device> found;
    try {
      found = directory.find(workspace, id);
    } catch (RuntimeException failure) {
      throw new UnavailableException("the device directory failed", failure);
    }
    if (found == null) {
      throw new UnavailableException("the device directory answered null");
    }
    found.ifPresent(device -> same(workspace, device.workspace()));
    found.ifPresent(device -> same(id, device.id()));
    return found;
  }

  private static void same(Object asked, Object answered) {
    if (!asked.equals(answered)) {
      throw new UnavailableException("a store answered with another record than was asked for");
    }
  }

  // --- the view as cells: one read fills the workspace, the membership and its roles ---

  /* Loads a membership together with its workspace and roles, which get their snapshots, too. */
  Supplier<Optional<MembershipRecord>> viewOf(MembershipId id) {
    return () -> {
      long start = time.nanos();
      long before = marks.get();
      MembershipView view = readView(id);
      workspaces.cell(id.workspace()).offer(workspaces.snapshot(view.workspace(), start), before);
      Map<RoleId, RoleRecord> found = new HashMap<>();
      view.roles().forEach(role -> found.put(role.id(), role));
      view.membership().stream()
          .flatMap(membership -> membership.roles().stream())
          .map(RoleAssignment::role)
          .distinct()
          .forEach(
              role ->
                  roles
                      .cell(role)
                      .offer(roles.snapshot(Optional.ofNullable(found.get(role)), start), before));
      return view.membership();
    };
  }

  // --- listings; no decision rests on them ---

  /* A page, each item of which is what was asked for. A page text that no page said is the caller's. */
  private <T> Page<T> page(
      PageRequest request, Function<PageRequest, Page<T>> list, Predicate<T> belongs) {
    requireOpen();
    Page<T> page;
    try {
      page = list.apply(request);
    } catch (IllegalArgumentException noContinuation) {
      if (request.from().isPresent()) {
        throw new IllegalArgumentException("no page of this listing starts there");
      }
      throw new UnavailableException("a listing failed");
    } catch (StoreException failure) {
      throw new UnavailableException("a listing did not answer", failure);
    } catch (RuntimeException failure) {
      throw new UnavailableException("a listing failed with " + failure.getClass().getName());
    }
    if (page == null) {
      throw new UnavailableException("a listing answered null");
    }
    if (page.items().size() > request.limit() || !page.items().stream().allMatch(belongs)) {
      throw new UnavailableException("a store listed what was not asked for");
    }
    return page;
  }

  /** The users. */
  public Page<UserRecord> listUsers(PageRequest page) {
    return page(page, stores.principals()::listUsers, user -> true);
  }

  /** The API users of a workspace. */
  public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
    return page(
        page,
        request -> stores.principals().listApiUsers(workspace, request),
        apiUser -> apiUser.workspace().equals(Optional.of(workspace)));
  }

  /** The workspaces. */
  public Page<WorkspaceRecord> listWorkspaces(PageRequest page) {
    return page(page, stores.workspaces()::list, workspace -> true);
  }

  /** The memberships of a workspace. */
  public Page<MembershipRecord> listMembers(WorkspaceId workspace, PageRequest page) {
    return page(
        page,
        request -> stores.workspaces().listMembers(workspace, request),
        member -> member.id().workspace().equals(workspace));
  }

  /** The memberships of a principal. */
  public Page<MembershipRecord> listMemberships(PrincipalId principal, PageRequest page) {
    return page(
        page,
        request -> stores.workspaces().listMemberships(principal, request),
        member -> member.id().principal().equals(principal));
  }

  /** The roles of a workspace, or the shared ones. */
  public Page<RoleRecord> listRoles(Optional<WorkspaceId> workspace, PageRequest page) {
    return page(
        page,
        request -> stores.workspaces().listRoles(workspace, request),
        role -> role.workspace().equals(workspace));
  }

  /** The API keys of a principal. */
  public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
    return page(
        page,
        request -> stores.keys().listApiKeys(principal, request),
        key -> key.principal().equals(principal));
  }

  /** The access keys of a workspace. */
  public Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page) {
    return page(
        page,
        request -> stores.keys().listAccessKeys(workspace, request),
        key -> key.workspace().equals(workspace));
  }

  /** The sessions of a user. */
  public Page<SessionRecord> listSessions(PrincipalId user, PageRequest page) {
    return page(
        page,
        request -> stores.sessions().list(user, request),
        session -> session.user().equals(user));
  }

  // --- last use ---

  /** When keys were last used. */
  public Map<CredentialId, LastUse> readKeyUses(Collection<CredentialId> ids) {
    return ask("last uses", () -> stores.keyUses().find(ids));
  }

  /** When sessions were last used. */
  public Map<CredentialId, LastUse> readSessionUses(Collection<CredentialId> ids) {
    return ask("last uses", () -> stores.sessionUses().find(ids));
  }

  // --- writes: each marks what it changed ---

  /** Keeps a new principal; false if the id is taken. */
  public boolean insert(PrincipalRecord principal) {
    return write(
        principals,
        principal.id(),
        () -> stores.principals().insert(principal),
        () -> readPrincipal(principal.id()).map(PrincipalRecord::version),
        principal.version());
  }

  /** Replaces a principal; false if it changed meanwhile. */
  public boolean replace(PrincipalRecord principal, Version expected) {
    return write(
        principals,
        principal.id(),
        () -> stores.principals().replace(principal, expected),
        () -> readPrincipal(principal.id()).map(PrincipalRecord::version),
        principal.version());
  }

  /** Keeps a new claim; false if the name has one. */
  public boolean insert(UsernameClaim claim) {
    return write(
        () -> stores.principals().insertClaim(claim),
        () -> readClaim(claim.username()).map(UsernameClaim::version),
        claim.version());
  }

  /** Replaces a claim; false if it changed meanwhile. */
  public boolean replace(UsernameClaim claim, Version expected) {
    return write(
        () -> stores.principals().replaceClaim(claim, expected),
        () -> readClaim(claim.username()).map(UsernameClaim::version),
        claim.version());
  }

  /** Keeps a new workspace; false if the id is taken. */
  public boolean insert(WorkspaceRecord workspace) {
    return write(
        workspaces,
        workspace.id(),
        () -> stores.workspaces().insert(workspace),
        () -> readWorkspace(workspace.id()).map(WorkspaceRecord::version),
        workspace.version());
  }

  /** Replaces a workspace; false if it changed meanwhile. */
  public boolean replace(WorkspaceRecord workspace, Version expected) {
    return write(
        workspaces,
        workspace.id(),
        () -> stores.workspaces().replace(workspace, expected),
        () -> readWorkspace(workspace.id()).map(WorkspaceRecord::version),
        workspace.version());
  }

  /** Keeps a new membership; false if there is one. */
  public boolean insert(MembershipRecord membership) {
    return write(
        memberships,
        membership.id(),
        () -> stores.workspaces().insertMembership(membership),
        () -> readMembership(membership.id()).map(MembershipRecord::version),
        membership.version());
  }

  /** Replaces a membership; false if it changed meanwhile. */
  public boolean replace(MembershipRecord membership, Version expected) {
    return write(
        memberships,
        membership.id(),
        () -> stores.workspaces().replaceMembership(membership, expected),
        () -> readMembership(membership.id()).map(MembershipRecord::version),
        membership.version());
  }

  /** Keeps a new role; false if the id is taken. */
  public boolean insert(RoleRecord role) {
    return write(
        roles,
        role.id(),
        () -> stores.workspaces().insertRole(role),
        () -> readRole(role.id()).map(RoleRecord::version),
        role.version());
  }

  /** Replaces a role; false if it changed meanwhile. */
  public boolean replace(RoleRecord role, Version expected) {
    return write(
        roles,
        role.id(),
        () -> stores.workspaces().replaceRole(role, expected),
        () -> readRole(role.id()).map(RoleRecord::version),
        role.version());
  }

  /** Keeps a new key; false if the id is taken. */
  public boolean insert(KeyRecord key) {
    return write(
        keys,
        key.id(),
        () -> stores.keys().insert(key),
        () -> readKey(key.id()).map(KeyRecord::version),
        key.version());
  }

  /** Keeps new keys; an outcome each, or one exception if the outcome of all is unknown. */
  public List<Boolean> insertAll(List<? extends KeyRecord> fresh) {
    List<Boolean> outcomes = tell("keys", () -> stores.keys().insertAll(fresh));
    if (outcomes.size() != fresh.size() || outcomes.stream().anyMatch(Objects::isNull)) {
      throw UnavailableException.afterWrite(
          "a store answered for other keys than it was given",
          new UnavailableException("the number of answers, or a null among them"));
    }
    return new ArrayList<>(outcomes);
  }

  /** Replaces a key; false if it changed meanwhile. */
  public boolean replace(KeyRecord key, Version expected) {
    return write(
        keys,
        key.id(),
        () -> stores.keys().replace(key, expected),
        () -> readKey(key.id()).map(KeyRecord::version),
        key.version());
  }

  /** Deletes a key; false if it changed meanwhile or is gone. */
  public boolean deleteKey(CredentialId id, Version expected) {
    try {
      return tell("keys", () -> stores.keys().delete(id, expected));
    } finally {
      mark(keys, id);
    }
  }

  /** Keeps a new session; false if the id is taken. */
  public boolean insert(SessionRecord session) {
    return tell("sessions", () -> stores.sessions().insert(session));
  }

  /** Deletes a session; false if it is gone. */
  public boolean deleteSession(CredentialId id) {
    try {
      return tell("sessions", () -> stores.sessions().delete(id));
    } finally {
      mark(sessions, id);
    }
  }

  /** Deletes keys that ended before an instant; returns how many, at most the limit. */
  public int purgeKeys(Instant endedBefore, int limit) {
    List<CredentialId> gone = ask("keys", () -> stores.keys().purge(endedBefore, limit));
    return forget(stores.keyUses(), gone);
  }

  /** Deletes sessions whose absolute end is before an instant; returns how many. */
  public int purgeSessions(Instant endedBefore, int limit) {
    List<CredentialId> gone = ask("sessions", () -> stores.sessions().purge(endedBefore, limit));
    return forget(stores.sessionUses(), gone);
  }

  private int forget(LastUseStore uses, List<CredentialId> ids) {
    return ask(
        "last uses",
        () -> {
          uses.delete(ids);
          return ids.size();
        });
  }

  /** Forgets last uses before an instant: those of keys and sessions that are long gone. */
  public int purgeUses(Instant usedBefore, int limit) {
    return ask("last uses", () -> stores.keyUses().purge(usedBefore, limit))
        + ask("last uses", () -> stores.sessionUses().purge(usedBefore, limit));
  }

  /** The host says that a device changed, appeared or is gone. */
  public void deviceChanged(WorkspaceId workspace, DeviceId id) {
    mark(devices, new DeviceKey(workspace, id));
  }

  /* The next look at this principal reads the store. Nothing changed, so nobody is told. */
  void reread(PrincipalId id) {
    principals.mark(id);
  }

  private <K> void mark(Cells<K, ?> cells, K key) {
    cells.mark(key);
    changed.accept(key);
  }

  private <K> boolean write(
      Cells<K, ?> cells,
      K key,
      Supplier<Boolean> write,
      Supplier<Optional<Version>> read,
      Version mine) {
    try {
      return write(write, read, mine);
    } finally {
      mark(cells, key);
    }
  }

  /* A write whose outcome is unknown has happened if the record carries this change's own id. */
  private boolean write(Supplier<Boolean> write, Supplier<Optional<Version>> read, Version mine) {
    try {
      return ask("a write", write);
    } catch (UnavailableException unknown) {
      if (foundAfterAll(read, mine)) {
        return true;
      }
      throw UnavailableException.afterWrite("the outcome of a write is unknown", unknown);
    }
  }

  private static boolean foundAfterAll(Supplier<Optional<Version>> read, Version mine) {
    try {
      return read.get().filter(mine::equals).isPresent();
    } catch (UnavailableException stillUnknown) {
      return false;
    }
  }

  /* A write that has no version to find it again by. */
  private <T> T tell(String what, Supplier<? extends T> write) {
    try {
      return ask(what, write);
    } catch (UnavailableException unknown) {
      throw UnavailableException.afterWrite("the outcome of a write is unknown", unknown);
    }
  }

  private <T> T ask(String what, Supplier<? extends T> call) {
    requireOpen();
    T answer;
    try {
      answer = call.get();
    } catch (StoreException failure) {
      throw new UnavailableException(what + " did not answer", failure);
    } catch (RuntimeException failure) {
      // no cause: what did not come wrapped may quote values of records
      throw new UnavailableException(what + " failed with " + failure.getClass().getName());
    }
    if (answer == null) {
      throw new UnavailableException(what + " answered null");
    }
    return answer;
  }
}
