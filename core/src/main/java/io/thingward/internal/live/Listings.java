package io.thingward.internal.live;

import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.Optional;

/** What the stores list, a page at a time. No decision rests on it. Thread-safe. */
public final class Listings {
  private final CallBounds calls;
  private final Stores stores;

  Listings(CallBounds calls, Stores stores) {
    this.calls = calls;
    this.stores = stores;
  }

  /** The users. */
  public Page<UserRecord> users(PageRequest page) {
    return calls.of(Aggregate.PRINCIPALS).page(page, stores.principals()::listUsers, user -> true);
  }

  /** The API users of a workspace. */
  public Page<ApiUserRecord> apiUsers(WorkspaceId workspace, PageRequest page) {
    return calls
        .of(Aggregate.PRINCIPALS)
        .page(
            page,
            request -> stores.principals().listApiUsers(workspace, request),
            apiUser -> apiUser.workspace().equals(Optional.of(workspace)));
  }

  /** The workspaces. */
  public Page<WorkspaceRecord> workspaces(PageRequest page) {
    return calls.of(Aggregate.WORKSPACES).page(page, stores.workspaces()::list, workspace -> true);
  }

  /** The memberships of a workspace. */
  public Page<MembershipRecord> members(WorkspaceId workspace, PageRequest page) {
    return calls
        .of(Aggregate.WORKSPACES)
        .page(
            page,
            request -> stores.workspaces().listMembers(workspace, request),
            member -> member.id().workspace().equals(workspace));
  }

  /** The memberships of a principal. */
  public Page<MembershipRecord> memberships(PrincipalId principal, PageRequest page) {
    return calls
        .of(Aggregate.WORKSPACES)
        .page(
            page,
            request -> stores.workspaces().listMemberships(principal, request),
            member -> member.id().principal().equals(principal));
  }

  /** The roles of a workspace, or the shared ones. */
  public Page<RoleRecord> roles(Optional<WorkspaceId> workspace, PageRequest page) {
    return calls
        .of(Aggregate.WORKSPACES)
        .page(
            page,
            request -> stores.workspaces().listRoles(workspace, request),
            role -> role.workspace().equals(workspace));
  }

  /** The API keys of a principal. */
  public Page<ApiKeyRecord> apiKeys(PrincipalId principal, PageRequest page) {
    return calls
        .of(Aggregate.KEYS)
        .page(
            page,
            request -> stores.keys().listApiKeys(principal, request),
            key -> key.principal().equals(principal));
  }

  /** The access keys of a workspace. */
  public Page<AccessKeyRecord> accessKeys(WorkspaceId workspace, PageRequest page) {
    return calls
        .of(Aggregate.KEYS)
        .page(
            page,
            request -> stores.keys().listAccessKeys(workspace, request),
            key -> key.workspace().equals(workspace));
  }

  /** The sessions of a user. */
  public Page<SessionRecord> sessions(PrincipalId user, PageRequest page) {
    return calls
        .of(Aggregate.SESSIONS)
        .page(
            page,
            request -> stores.sessions().list(user, request),
            session -> session.user().equals(user));
  }
}
