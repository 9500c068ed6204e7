package example;

import io.thingward.model.CredentialId;
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
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.MembershipView;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All stores on one engine: complete, right, and slow, because every listing reads a table. */
public final class NaiveStores implements Stores {
  private final Principals principals;
  private final Workspaces workspaces;
  private final Keys keys;
  private final Sessions sessions;
  private final Uses keyUses;
  private final Uses sessionUses;

  public NaiveStores(Engine engine) {
    Optional<ChangeFeed> feed = Optional.of(new Feed(engine));
    principals = new Principals(engine, feed);
    workspaces = new Workspaces(engine, feed);
    keys = new Keys(engine, feed);
    sessions = new Sessions(engine, feed);
    keyUses = new Uses(engine, "key uses");
    sessionUses = new Uses(engine, "session uses");
  }

  @Override
  public PrincipalStore principals() {
    return principals;
  }

  @Override
  public WorkspaceStore workspaces() {
    return workspaces;
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public LastUseStore keyUses() {
    return keyUses;
  }

  @Override
  public LastUseStore sessionUses() {
    return sessionUses;
  }

  /* An engine with joins would do each in one query. */
  @Override
  public Optional<KeyViews> keyViews() {
    return Optional.of(this::viewKey);
  }

  private KeyView viewKey(CredentialId id) {
    Optional<KeyRecord> key = keys.find(id);
    Optional<PrincipalRecord> principal = Optional.empty();
    Optional<WorkspaceRecord> workspace = Optional.empty();
    if (key.orElse(null) instanceof ApiKeyRecord apiKey) {
      principal = principals.find(apiKey.principal());
    } else if (key.orElse(null) instanceof AccessKeyRecord accessKey) {
      workspace = workspaces.find(accessKey.workspace());
    }
    return new KeyView(key, principal, workspace);
  }

  @Override
  public Optional<SessionViews> sessionViews() {
    return Optional.of(this::viewSession);
  }

  private SessionView viewSession(CredentialId id) {
    Optional<SessionRecord> session = sessions.find(id);
    return new SessionView(session, session.flatMap(found -> principals.find(found.user())));
  }

  /** Leaves a record as a newer version of these stores would have written it. */
  public void makeNewer(StoreRecord record) {
    if (record instanceof PrincipalRecord principal) {
      principals.records.makeNewer(principal);
    } else if (record instanceof UsernameClaim claim) {
      principals.claims.makeNewer(claim);
    } else if (record instanceof WorkspaceRecord workspace) {
      workspaces.records.makeNewer(workspace);
    } else if (record instanceof MembershipRecord membership) {
      workspaces.memberships.makeNewer(membership);
    } else if (record instanceof RoleRecord role) {
      workspaces.roles.makeNewer(role);
    } else if (record instanceof KeyRecord key) {
      keys.records.makeNewer(key);
    } else {
      sessions.records.makeNewer((SessionRecord) record);
    }
  }

  private static final class Principals implements PrincipalStore {
    private final Table<PrincipalRecord> records;
    private final Table<UsernameClaim> claims;
    private final Optional<ChangeFeed> feed;

    Principals(Engine engine, Optional<ChangeFeed> feed) {
      this.feed = feed;
      records =
          new Table<>(engine, "principals", PrincipalRecord.class, record -> record.id().value());
      claims =
          new Table<>(engine, "claims", UsernameClaim.class, claim -> claim.username().value());
    }

    @Override
    public Optional<PrincipalRecord> find(PrincipalId id) {
      return records.find(id.value());
    }

    @Override
    public boolean insert(PrincipalRecord principal) {
      return records.insert(principal, Change.of(principal));
    }

    @Override
    public boolean replace(PrincipalRecord principal, Version expected) {
      return records.replace(
          principal, kept -> kept.version().equals(expected), Change.of(principal));
    }

    @Override
    public Page<UserRecord> listUsers(PageRequest page) {
      return records.page(page, UserRecord.class::isInstance).map(UserRecord.class::cast);
    }

    @Override
    public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
      return records
          .page(
              page,
              record ->
                  record instanceof ApiUserRecord apiUser
                      && apiUser.workspace().equals(Optional.of(workspace)))
          .map(ApiUserRecord.class::cast);
    }

    @Override
    public Optional<UsernameClaim> findClaim(Username username) {
      return claims.find(username.value());
    }

    @Override
    public boolean insertClaim(UsernameClaim claim) {
      return claims.insert(claim, Change.of(claim));
    }

    @Override
    public boolean replaceClaim(UsernameClaim claim, Version expected) {
      return claims.replace(claim, kept -> kept.version().equals(expected), Change.of(claim));
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return feed;
    }
  }

  private static final class Workspaces implements WorkspaceStore {
    private final Table<WorkspaceRecord> records;
    private final Table<MembershipRecord> memberships;
    private final Table<RoleRecord> roles;
    private final Optional<ChangeFeed> feed;

    Workspaces(Engine engine, Optional<ChangeFeed> feed) {
      this.feed = feed;
      records =
          new Table<>(engine, "workspaces", WorkspaceRecord.class, record -> record.id().value());
      memberships =
          new Table<>(engine, "memberships", MembershipRecord.class, record -> key(record.id()));
      roles = new Table<>(engine, "roles", RoleRecord.class, role -> role.id().value());
    }

    // no id holds a control character, so no two ids have the same key
    private static String key(MembershipId id) {
      return id.workspace().value() + '\u001F' + id.principal().value();
    }

    @Override
    public Optional<WorkspaceRecord> find(WorkspaceId id) {
      return records.find(id.value());
    }

    @Override
    public boolean insert(WorkspaceRecord workspace) {
      return records.insert(workspace, Change.of(workspace));
    }

    @Override
    public boolean replace(WorkspaceRecord workspace, Version expected) {
      return records.replace(
          workspace, kept -> kept.version().equals(expected), Change.of(workspace));
    }

    @Override
    public Page<WorkspaceRecord> list(PageRequest page) {
      return records.page(page, workspace -> true);
    }

    @Override
    public MembershipView view(MembershipId id) {
      Optional<MembershipRecord> membership = findMembership(id);
      List<RoleRecord> named =
          membership.stream()
              .flatMap(record -> record.roles().stream().map(RoleAssignment::role).distinct())
              .flatMap(role -> findRole(role).stream())
              .toList();
      return new MembershipView(find(id.workspace()), membership, named);
    }

    @Override
    public Optional<MembershipRecord> findMembership(MembershipId id) {
      return memberships.find(key(id));
    }

    @Override
    public boolean insertMembership(MembershipRecord membership) {
      return memberships.insert(membership, Change.of(membership));
    }

    @Override
    public boolean replaceMembership(MembershipRecord membership, Version expected) {
      return memberships.replace(
          membership, kept -> kept.version().equals(expected), Change.of(membership));
    }

    @Override
    public Page<MembershipRecord> listMembers(WorkspaceId workspace, PageRequest page) {
      return memberships.page(
          page, record -> !record.removed() && record.id().workspace().equals(workspace));
    }

    @Override
    public Page<MembershipRecord> listMemberships(PrincipalId principal, PageRequest page) {
      return memberships.page(
          page, record -> !record.removed() && record.id().principal().equals(principal));
    }

    @Override
    public Optional<RoleRecord> findRole(RoleId id) {
      return roles.find(id.value());
    }

    @Override
    public boolean insertRole(RoleRecord role) {
      return roles.insert(role, Change.of(role));
    }

    @Override
    public boolean replaceRole(RoleRecord role, Version expected) {
      return roles.replace(role, kept -> kept.version().equals(expected), Change.of(role));
    }

    @Override
    public Page<RoleRecord> listRoles(Optional<WorkspaceId> workspace, PageRequest page) {
      return roles.page(page, role -> !role.deleted() && role.workspace().equals(workspace));
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return feed;
    }
  }

  private static final class Keys implements KeyStore {
    private final Table<KeyRecord> records;
    private final Optional<ChangeFeed> feed;

    Keys(Engine engine, Optional<ChangeFeed> feed) {
      this.feed = feed;
      records = new Table<>(engine, "keys", KeyRecord.class, key -> key.id().toString());
    }

    @Override
    public Optional<KeyRecord> find(CredentialId id) {
      return records.find(id.toString());
    }

    @Override
    public boolean insert(KeyRecord key) {
      return records.insert(key);
    }

    @Override
    public List<Boolean> insertAll(List<? extends KeyRecord> keys) {
      return keys.stream().map(this::insert).toList();
    }

    @Override
    public boolean replace(KeyRecord key, Version expected) {
      return records.replace(key, kept -> kept.version().equals(expected), Change.of(key));
    }

    @Override
    public boolean delete(CredentialId id, Version expected) {
      Change told = new Change.OfKey(id, Optional.empty());
      return records.delete(id.toString(), kept -> kept.version().equals(expected), told);
    }

    @Override
    public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
      return records
          .page(
              page,
              record -> record instanceof ApiKeyRecord key && key.principal().equals(principal))
          .map(ApiKeyRecord.class::cast);
    }

    @Override
    public Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page) {
      return records
          .page(
              page,
              record -> record instanceof AccessKeyRecord key && key.workspace().equals(workspace))
          .map(AccessKeyRecord.class::cast);
    }

    @Override
    public List<CredentialId> purge(Instant endedBefore, int limit) {
      return records
          .purge(key -> key.endsAt().filter(endedBefore::isAfter).isPresent(), limit)
          .stream()
          .map(KeyRecord::id)
          .toList();
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return feed;
    }
  }

  private static final class Sessions implements SessionStore {
    private final Table<SessionRecord> records;
    private final Optional<ChangeFeed> feed;

    Sessions(Engine engine, Optional<ChangeFeed> feed) {
      this.feed = feed;
      records = new Table<>(engine, "sessions", SessionRecord.class, key -> key.id().toString());
    }

    @Override
    public Optional<SessionRecord> find(CredentialId id) {
      return records.find(id.toString());
    }

    @Override
    public boolean insert(SessionRecord session) {
      return records.insert(session);
    }

    @Override
    public boolean delete(CredentialId id) {
      return records.delete(id.toString(), session -> true, new Change.OfSession(id));
    }

    @Override
    public Page<SessionRecord> list(PrincipalId user, PageRequest page) {
      return records.page(page, session -> session.user().equals(user));
    }

    @Override
    public List<CredentialId> purge(Instant endedBefore, int limit) {
      return records.purge(session -> session.endsAt().isBefore(endedBefore), limit).stream()
          .map(SessionRecord::id)
          .toList();
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return feed;
    }
  }

  private static final class Uses implements LastUseStore {
    private record Use(CredentialId id, LastUse use) {}

    private final Table<Use> records;

    Uses(Engine engine, String name) {
      records = new Table<>(engine, name, Use.class, use -> use.id().toString());
    }

    @Override
    public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
      Map<CredentialId, LastUse> found = new HashMap<>();
      ids.forEach(id -> records.find(id.toString()).ifPresent(kept -> found.put(id, kept.use())));
      return found;
    }

    @Override
    public void record(Map<CredentialId, LastUse> uses) {
      uses.forEach(
          (id, use) -> {
            Use next = new Use(id, use);
            if (!records.insert(next)) {
              var unused = records.replace(next, kept -> kept.use().at().isBefore(use.at()));
            }
          });
    }

    @Override
    public void delete(Collection<CredentialId> ids) {
      for (CredentialId id : ids) {
        var unused = records.delete(id.toString(), use -> true);
      }
    }

    @Override
    public int purge(Instant usedBefore, int limit) {
      return records.purge(kept -> kept.use().at().isBefore(usedBefore), limit).size();
    }
  }
}
