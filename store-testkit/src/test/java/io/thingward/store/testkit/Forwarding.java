package io.thingward.store.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
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
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores that do what another store does: what a broken one overrides is what is broken. */
final class Forwarding {
  private Forwarding() {}

  abstract static class OfPrincipals implements PrincipalStore {
    final PrincipalStore to;

    OfPrincipals(PrincipalStore to) {
      this.to = to;
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return to.changes();
    }

    @Override
    public Optional<PrincipalRecord> find(PrincipalId id) {
      return to.find(id);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insert(PrincipalRecord principal) {
      return to.insert(principal);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean replace(PrincipalRecord principal, Version expected) {
      return to.replace(principal, expected);
    }

    @Override
    public Page<UserRecord> listUsers(PageRequest page) {
      return to.listUsers(page);
    }

    @Override
    public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
      return to.listApiUsers(workspace, page);
    }

    @Override
    public Optional<UsernameClaim> findClaim(Username username) {
      return to.findClaim(username);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insertClaim(UsernameClaim claim) {
      return to.insertClaim(claim);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean replaceClaim(UsernameClaim claim, Version expected) {
      return to.replaceClaim(claim, expected);
    }
  }

  abstract static class OfWorkspaces implements WorkspaceStore {
    final WorkspaceStore to;

    OfWorkspaces(WorkspaceStore to) {
      this.to = to;
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return to.changes();
    }

    @Override
    public Optional<WorkspaceRecord> find(WorkspaceId id) {
      return to.find(id);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insert(WorkspaceRecord workspace) {
      return to.insert(workspace);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean replace(WorkspaceRecord workspace, Version expected) {
      return to.replace(workspace, expected);
    }

    @Override
    public Page<WorkspaceRecord> list(PageRequest page) {
      return to.list(page);
    }

    @Override
    public MembershipView view(MembershipId id) {
      return to.view(id);
    }

    @Override
    public Optional<MembershipRecord> findMembership(MembershipId id) {
      return to.findMembership(id);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insertMembership(MembershipRecord membership) {
      return to.insertMembership(membership);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean replaceMembership(MembershipRecord membership, Version expected) {
      return to.replaceMembership(membership, expected);
    }

    @Override
    public Page<MembershipRecord> listMembers(WorkspaceId workspace, PageRequest page) {
      return to.listMembers(workspace, page);
    }

    @Override
    public Page<MembershipRecord> listMemberships(PrincipalId principal, PageRequest page) {
      return to.listMemberships(principal, page);
    }

    @Override
    public Optional<RoleRecord> findRole(RoleId id) {
      return to.findRole(id);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insertRole(RoleRecord role) {
      return to.insertRole(role);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean replaceRole(RoleRecord role, Version expected) {
      return to.replaceRole(role, expected);
    }

    @Override
    public Page<RoleRecord> listRoles(Optional<WorkspaceId> workspace, PageRequest page) {
      return to.listRoles(workspace, page);
    }
  }

  abstract static class OfKeys implements KeyStore {
    final KeyStore to;

    OfKeys(KeyStore to) {
      this.to = to;
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return to.changes();
    }

    @Override
    public Optional<KeyRecord> find(CredentialId id) {
      return to.find(id);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insert(KeyRecord key) {
      return to.insert(key);
    }

    @Override
    public List<Boolean> insertAll(List<? extends KeyRecord> keys) {
      return keys.stream().map(this::insert).toList();
    }

    @Override
    @CanIgnoreReturnValue
    public boolean replace(KeyRecord key, Version expected) {
      return to.replace(key, expected);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean delete(CredentialId id, Version expected) {
      return to.delete(id, expected);
    }

    @Override
    public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
      return to.listApiKeys(principal, page);
    }

    @Override
    public Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page) {
      return to.listAccessKeys(workspace, page);
    }

    @Override
    public List<CredentialId> purge(Instant endedBefore, int limit) {
      return to.purge(endedBefore, limit);
    }
  }

  abstract static class OfSessions implements SessionStore {
    final SessionStore to;

    OfSessions(SessionStore to) {
      this.to = to;
    }

    @Override
    public Optional<ChangeFeed> changes() {
      return to.changes();
    }

    @Override
    public Optional<SessionRecord> find(CredentialId id) {
      return to.find(id);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean insert(SessionRecord session) {
      return to.insert(session);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean delete(CredentialId id) {
      return to.delete(id);
    }

    @Override
    public Page<SessionRecord> list(PrincipalId user, PageRequest page) {
      return to.list(user, page);
    }

    @Override
    public List<CredentialId> purge(Instant endedBefore, int limit) {
      return to.purge(endedBefore, limit);
    }
  }

  abstract static class OfUses implements LastUseStore {
    final LastUseStore to;

    OfUses(LastUseStore to) {
      this.to = to;
    }

    @Override
    public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
      return to.find(ids);
    }

    @Override
    public void record(Map<CredentialId, LastUse> uses) {
      to.record(uses);
    }

    @Override
    public void delete(Collection<CredentialId> ids) {
      to.delete(ids);
    }

    @Override
    public int purge(Instant usedBefore, int limit) {
      return to.purge(usedBefore, limit);
    }
  }

  abstract static class OfFeed implements ChangeFeed {
    final ChangeFeed to;

    OfFeed(ChangeFeed to) {
      this.to = to;
    }

    @Override
    public String end() {
      return to.end();
    }

    @Override
    public Poll poll(String after, int limit) {
      return to.poll(after, limit);
    }

    @Override
    public void announce(WorkspaceId workspace, DeviceId device) {
      to.announce(workspace, device);
    }

    @Override
    public void trim(String before) {
      to.trim(before);
    }
  }

  abstract static class OfStores implements Stores {
    final Stores to;

    OfStores(Stores to) {
      this.to = to;
    }

    @Override
    public PrincipalStore principals() {
      return to.principals();
    }

    @Override
    public WorkspaceStore workspaces() {
      return to.workspaces();
    }

    @Override
    public KeyStore keys() {
      return to.keys();
    }

    @Override
    public SessionStore sessions() {
      return to.sessions();
    }

    @Override
    public LastUseStore keyUses() {
      return to.keyUses();
    }

    @Override
    public LastUseStore sessionUses() {
      return to.sessionUses();
    }
  }
}
