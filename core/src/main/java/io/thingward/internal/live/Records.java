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
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the stores and the device directory hold, as this node knows it. Nobody else calls them, but
 * for last uses. Reads by key go to the store; cells keep what was read for checks and
 * authentications; writes mark the cell they changed. Thread-safe.
 */
public final class Records {
  private final StoreCalls calls;
  private final KeyStore keyStore;
  private final SessionStore sessionStore;
  private final WorkspaceStore workspaceStore;
  private final DeviceDirectory directory;
  private final Time time;
  private final UnaryOperator<Version> nextVersion;
  private final Consumer<Object> changed;
  private final long maximum;
  private final AtomicLong marks = new AtomicLong();
  private final Map<Aggregate, List<Cells<?, ?>>> all = new EnumMap<>(Aggregate.class);
  private final Map<Aggregate, Coverage> coverages = new EnumMap<>(Aggregate.class);
  private final Optional<ChangeFeed> keyFeed;
  private final Optional<KeyViews> keyViews;
  private final Optional<SessionViews> sessionViews;
  private final Counters counters = new Counters();

  private final Repository<PrincipalId, PrincipalRecord> principals;
  private final Repository<Username, UsernameClaim> claims;
  private final Repository<WorkspaceId, WorkspaceRecord> workspaces;
  private final Repository<MembershipId, MembershipRecord> memberships;
  private final Repository<RoleId, RoleRecord> roles;
  private final Repository<CredentialId, KeyRecord> keys;
  private final Cells<CredentialId, SessionRecord> sessions;
  private final Cells<DeviceKey, Device> devices;
  private final Listings listings;

  /** What a store keeps, and a feed tells of, as one. */
  enum Aggregate {
    PRINCIPALS,
    WORKSPACES,
    KEYS,
    SESSIONS
  }

  /** Names a device across workspaces. */
  record DeviceKey(WorkspaceId workspace, DeviceId id) {}

  /**
   * Knows nothing yet.
   *
   * @param maximum how many records of each kind are kept
   * @param nextVersion the version after another
   * @param changed is given the key of every record that was marked: it may have changed
   */
  public Records(
      StoreCalls calls,
      Stores stores,
      DeviceDirectory directory,
      Time time,
      long maximum,
      UnaryOperator<Version> nextVersion,
      Consumer<Object> changed) {
    this.calls = calls;
    this.keyStore = stores.keys();
    this.sessionStore = stores.sessions();
    this.workspaceStore = stores.workspaces();
    this.directory = directory;
    this.time = time;
    this.maximum = maximum;
    this.nextVersion = nextVersion;
    this.changed = changed;
    this.keyFeed = keyStore.changes();
    this.keyViews = stores.keyViews();
    this.sessionViews = stores.sessionViews();
    for (Aggregate aggregate : Aggregate.values()) {
      all.put(aggregate, new ArrayList<>());
      coverages.put(aggregate, new Coverage(time.nanos()));
    }
    PrincipalStore people = stores.principals();
    principals =
        repository(
            Aggregate.PRINCIPALS,
            new Repository.Kind<>(
                "principals",
                people::find,
                people::insert,
                people::replace,
                PrincipalRecord::id,
                PrincipalRecord::version,
                Records::at),
            PrincipalRecord::endsAt);
    claims =
        repository(
            Aggregate.PRINCIPALS,
            new Repository.Kind<>(
                "claims",
                people::findClaim,
                people::insertClaim,
                people::replaceClaim,
                UsernameClaim::username,
                UsernameClaim::version,
                (claim, version) -> new UsernameClaim(claim.username(), version, claim.user())),
            claim -> Optional.empty());
    workspaces =
        repository(
            Aggregate.WORKSPACES,
            new Repository.Kind<>(
                "workspaces",
                workspaceStore::find,
                workspaceStore::insert,
                workspaceStore::replace,
                WorkspaceRecord::id,
                WorkspaceRecord::version,
                (workspace, version) -> workspace.toBuilder().version(version).build()),
            workspace -> Optional.empty());
    memberships =
        repository(
            Aggregate.WORKSPACES,
            new Repository.Kind<>(
                "memberships",
                workspaceStore::findMembership,
                workspaceStore::insertMembership,
                workspaceStore::replaceMembership,
                MembershipRecord::id,
                MembershipRecord::version,
                (membership, version) -> membership.toBuilder().version(version).build()),
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
                RoleRecord::id,
                RoleRecord::version,
                (role, version) -> role.toBuilder().version(version).build()),
            role -> Optional.empty());
    keys =
        repository(
            Aggregate.KEYS,
            new Repository.Kind<>(
                "keys",
                keyStore::find,
                keyStore::insert,
                keyStore::replace,
                KeyRecord::id,
                KeyRecord::version,
                Records::at),
            this::loadKey,
            KeyRecord::endsAt);
    sessions =
        cells(Aggregate.SESSIONS, this::loadSession, session -> Optional.of(session.endsAt()));
    devices =
        cells(Aggregate.KEYS, key -> readDevice(key.workspace, key.id), device -> Optional.empty());
    listings = new Listings(calls, stores);
  }

  private static PrincipalRecord at(PrincipalRecord principal, Version version) {
    return principal instanceof UserRecord user
        ? user.toBuilder().version(version).build()
        : ((ApiUserRecord) principal).toBuilder().version(version).build();
  }

  private static KeyRecord at(KeyRecord key, Version version) {
    return key instanceof ApiKeyRecord apiKey
        ? apiKey.toBuilder().version(version).build()
        : ((AccessKeyRecord) key).toBuilder().version(version).build();
  }

  private <K, R> Repository<K, R> repository(
      Aggregate aggregate, Repository.Kind<K, R> kind, Function<R, Optional<Instant>> endOf) {
    return repository(
        aggregate, kind, key -> calls.find(kind.name(), key, kind.find(), kind.key()), endOf);
  }

  private <K, R> Repository<K, R> repository(
      Aggregate aggregate,
      Repository.Kind<K, R> kind,
      Function<K, Optional<R>> load,
      Function<R, Optional<Instant>> endOf) {
    return new Repository<>(calls, kind, cells(aggregate, load, endOf), nextVersion, changed);
  }

  private <K, T> Cells<K, T> cells(
      Aggregate aggregate, Function<K, Optional<T>> load, Function<T, Optional<Instant>> endOf) {
    Coverage coverage = Objects.requireNonNull(coverages.get(aggregate));
    Cells<K, T> cells = new Cells<>(time, marks, maximum, endOf, load, coverage, counters);
    Objects.requireNonNull(all.get(aggregate)).add(cells);
    return cells;
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

  /** API keys and access keys. */
  public Repository<CredentialId, KeyRecord> keys() {
    return keys;
  }

  /** What can be listed. */
  public Listings listings() {
    return listings;
  }

  Time time() {
    return time;
  }

  /** What became of what is cached. */
  public Counters counters() {
    return counters;
  }

  /** How many records and absences are cached, about. */
  public long cached() {
    return all.values().stream().flatMap(List::stream).mapToLong(Cells::size).sum();
  }

  /** How the stores are called. */
  public StoreCalls calls() {
    return calls;
  }

  /** Readers of the feeds that these stores have, one for each feed. */
  public static List<FeedReader> readers(
      Stores stores, Records records, Watches watches, Time time) {
    IdentityHashMap<ChangeFeed, List<Aggregate>> feeds = new IdentityHashMap<>();
    for (Aggregate aggregate : Aggregate.values()) {
      feedOf(stores, aggregate)
          .ifPresent(feed -> feeds.computeIfAbsent(feed, f -> new ArrayList<>()).add(aggregate));
    }
    return feeds.entrySet().stream()
        .map(feed -> new FeedReader(feed.getKey(), records, feed.getValue(), watches, time))
        .toList();
  }

  private static Optional<ChangeFeed> feedOf(Stores stores, Aggregate aggregate) {
    return switch (aggregate) {
      case PRINCIPALS -> stores.principals().changes();
      case WORKSPACES -> stores.workspaces().changes();
      case KEYS -> stores.keys().changes();
      case SESSIONS -> stores.sessions().changes();
    };
  }

  /** Drops what was read before a moment, and what has ended by plan. Reads no store. */
  void sweep(long readBefore) {
    Instant now = time.now();
    all.values().forEach(group -> group.forEach(cells -> cells.sweep(readBefore, now)));
  }

  /** Drops everything; what is asked for next is read. Asks no clock. */
  void clear() {
    all.values().forEach(group -> group.forEach(Cells::clear));
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
      keys.announce(of.id(), of.version());
    } else if (change instanceof Change.OfSession of) {
      sessions.mark(of.id());
      changed.accept(of.id());
    } else {
      Change.OfDevice of = (Change.OfDevice) change;
      markDevice(of.workspace(), of.id());
    }
  }

  /** Everything of an aggregate that was acknowledged before a moment is applied. */
  void covered(Aggregate aggregate, long moment) {
    Objects.requireNonNull(coverages.get(aggregate)).until(moment);
  }

  /** Drops what is cached of an aggregate, or is being loaded. */
  void forget(Aggregate aggregate) {
    Objects.requireNonNull(all.get(aggregate)).forEach(Cells::markAll);
  }

  /** Drops everything; from now on nothing is read and nothing is kept. */
  public void close() {
    calls.close();
    all.values().forEach(group -> group.forEach(Cells::close));
  }

  // --- what decides over rights: one read for the workspace, the membership and its roles ---

  /** What decides over a principal's rights in a workspace, from the store, in one read. */
  public MembershipView readView(MembershipId id) {
    MembershipView view = calls.ask("memberships", () -> workspaceStore.view(id));
    view.workspace().ifPresent(workspace -> StoreCalls.requireSame(id.workspace(), workspace.id()));
    view.membership().ifPresent(membership -> StoreCalls.requireSame(id, membership.id()));
    return view;
  }

  /* Loads a membership together with its workspace and roles, which get their snapshots, too. */
  private Optional<MembershipRecord> loadView(MembershipId id) {
    long start = time.nanos();
    long before = marks.get();
    MembershipView view = readView(id);
    workspaces.cell(id.workspace()).offer(view.workspace(), start, before);
    Map<RoleId, RoleRecord> found = view.rolesById();
    view.membership().stream()
        .flatMap(membership -> membership.roles().stream())
        .map(RoleAssignment::role)
        .distinct()
        .forEach(
            role -> roles.cell(role).offer(Optional.ofNullable(found.get(role)), start, before));
    return view.membership();
  }

  // --- credentials, with their holders where one read has both ---

  private Optional<KeyRecord> loadKey(CredentialId id) {
    if (keyViews.isEmpty()) {
      return keys.read(id);
    }
    long start = time.nanos();
    long before = marks.get();
    KeyView view = calls.ask("keys", () -> keyViews.get().view(id));
    view.key().ifPresent(key -> StoreCalls.requireSame(id, key.id()));
    if (view.key().orElse(null) instanceof ApiKeyRecord key) {
      offerHolder(key.principal(), view.principal(), start, before);
    } else if (view.key().orElse(null) instanceof AccessKeyRecord key) {
      view.workspace().ifPresent(found -> StoreCalls.requireSame(key.workspace(), found.id()));
      workspaces.cell(key.workspace()).offer(view.workspace(), start, before);
    }
    return view.key();
  }

  private Optional<SessionRecord> loadSession(CredentialId id) {
    if (sessionViews.isEmpty()) {
      return readSession(id);
    }
    long start = time.nanos();
    long before = marks.get();
    SessionView view = calls.ask("sessions", () -> sessionViews.get().view(id));
    view.session().ifPresent(session -> StoreCalls.requireSame(id, session.id()));
    view.session().ifPresent(session -> offerHolder(session.user(), view.user(), start, before));
    return view.session();
  }

  private void offerHolder(
      PrincipalId id, Optional<PrincipalRecord> found, long start, long before) {
    found.ifPresent(principal -> StoreCalls.requireSame(id, principal.id()));
    principals.cell(id).offer(found, start, before);
  }

  // --- devices ---

  Cell<DeviceKey, Device> device(WorkspaceId workspace, DeviceId id) {
    return devices.cell(new DeviceKey(workspace, id));
  }

  private Optional<Device> readDevice(WorkspaceId workspace, DeviceId id) {
    calls.requireOpen();
    Optional<Device> found;
    try {
      found = directory.find(workspace, id);
    } catch (RuntimeException failure) {
      throw new UnavailableException("the device directory failed", failure);
    }
    if (found == null) {
      throw new UnavailableException("the device directory answered null");
    }
    found.ifPresent(device -> StoreCalls.requireSame(workspace, device.workspace()));
    found.ifPresent(device -> StoreCalls.requireSame(id, device.id()));
    return found;
  }

  /**
   * The host says that a device changed, appeared or is gone. This node knows at once; the others
   * through the feed of keys, if there is one.
   */
  public void deviceChanged(WorkspaceId workspace, DeviceId id) {
    markDevice(workspace, id);
    keyFeed.ifPresent(
        feed -> {
          boolean told =
              calls.tell(
                  "the feed of keys",
                  () -> {
                    feed.announce(workspace, id);
                    return true;
                  });
          assert told;
        });
  }

  private void markDevice(WorkspaceId workspace, DeviceId id) {
    DeviceKey key = new DeviceKey(workspace, id);
    devices.mark(key);
    changed.accept(key);
  }

  // --- credentials: the records that are really deleted ---

  /** Keeps new keys; an outcome each, or one exception if the outcome of all is unknown. */
  public List<Boolean> insertKeys(List<? extends KeyRecord> fresh) {
    List<Boolean> outcomes;
    try {
      outcomes = calls.tell("keys", () -> keyStore.insertAll(fresh));
    } finally {
      fresh.forEach(key -> keys.reread(key.id())); // it may have been asked for, and been absent
    }
    if (outcomes.size() != fresh.size() || outcomes.stream().anyMatch(Objects::isNull)) {
      throw StoreCalls.afterWrite(
          new UnavailableException("a store answered for other keys than it was given"));
    }
    return new ArrayList<>(outcomes);
  }

  /** Deletes a key, whatever has become of it since it was read; false if it is gone already. */
  public boolean deleteKey(KeyRecord known) {
    Optional<KeyRecord> key = Optional.of(known);
    while (key.isPresent()) {
      if (deleteKey(known.id(), key.get().version())) {
        return true;
      }
      key = keys.read(known.id());
    }
    return false;
  }

  private boolean deleteKey(CredentialId id, Version expected) {
    try {
      return calls.tell("keys", () -> keyStore.delete(id, expected));
    } finally {
      keys.mark(id);
    }
  }

  /** A session, from the store. */
  public Optional<SessionRecord> readSession(CredentialId id) {
    return calls.find("sessions", id, sessionStore::find, SessionRecord::id);
  }

  Cell<CredentialId, SessionRecord> session(CredentialId id) {
    return sessions.cell(id);
  }

  /** Keeps a new session; false if the id is taken. */
  public boolean insert(SessionRecord session) {
    try {
      return calls.tell("sessions", () -> sessionStore.insert(session));
    } finally {
      sessions.mark(session.id());
    }
  }

  /** Deletes a session; false if it is gone. */
  public boolean deleteSession(CredentialId id) {
    try {
      return calls.tell("sessions", () -> sessionStore.delete(id));
    } finally {
      sessions.mark(id);
      changed.accept(id);
    }
  }

  /** Deletes keys that ended before an instant, at most so many; returns which. */
  public List<CredentialId> purgeKeys(Instant endedBefore, int limit) {
    return calls.tell("keys", () -> keyStore.purge(endedBefore, limit));
  }

  /** Deletes sessions whose absolute end is before an instant, at most so many; returns which. */
  public List<CredentialId> purgeSessions(Instant endedBefore, int limit) {
    return calls.tell("sessions", () -> sessionStore.purge(endedBefore, limit));
  }
}
