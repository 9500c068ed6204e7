package io.thingward.json;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All that stores list, as a stream: what others rest on comes first, a user after its claim, and a
 * workspace after all that gives rights in it, so that an import that is cut short has given nobody
 * anything in a workspace that is not whole.
 *
 * <pre>{@code
 * StoreExport.write(stores, out);
 * }</pre>
 *
 * <p>What it is not:
 *
 * <ul>
 *   <li>a snapshot. It reads page after page; each record is as it was at some moment of the
 *       export, so two need not be of the same one. Where that matters, let nobody write meanwhile.
 *   <li>every record. Stores list no API users that were deleted, no deleted roles (those that a
 *       membership still names are here, or they would come back to it with a new role of that id),
 *       no removed memberships, and no claim that is void. So after an import into empty stores,
 *       the host must not choose the id of a deleted API user or role again; generated ids never
 *       repeat. Users and workspaces that were deleted are here.
 *   <li>a substitute for the database's own backup, which has neither limit.
 * </ul>
 *
 * <p>Security: the stream holds digests of secrets and hashes of passwords. Whoever holds the
 * stores holds them all; no call of management is made, and nothing is audited. Holds a page of
 * records, and the role ids of a workspace, in memory. Stateless.
 */
public final class StoreExport {
  private static final int PAGE = 100;

  private final Stores stores;
  private final Consumer<? super StoreRecord> action;

  private StoreExport(Stores stores, Consumer<? super StoreRecord> action) {
    this.stores = stores;
    this.action = action;
  }

  /**
   * Writes a whole file to a stream, which stays open.
   *
   * @return how many records it has
   * @throws io.thingward.store.StoreException if a store does not answer; the file has no end then,
   *     and no reader accepts it
   */
  @CanIgnoreReturnValue
  public static long write(Stores stores, OutputStream out) {
    RecordWriter writer = RecordWriter.to(out);
    forEach(stores, writer::write);
    writer.finish();
    return writer.written();
  }

  /** Does something with each record; what it throws ends the export. */
  public static void forEach(Stores stores, Consumer<? super StoreRecord> action) {
    requireNonNull(stores, "stores");
    requireNonNull(action, "action");
    new StoreExport(stores, action).run();
  }

  private void run() {
    each(stores.principals()::listUsers, this::user);
    Set<RoleId> shared = new HashSet<>();
    roles(Optional.empty(), shared);
    each(stores.workspaces()::list, workspace -> workspace(workspace, shared));
  }

  private void user(UserRecord user) {
    user.username()
        .flatMap(stores.principals()::findClaim)
        .filter(claim -> claim.user().equals(user.id())) // else the name is somebody else's
        .ifPresent(action);
    action.accept(user);
    apiKeys(user.id());
    pages(
        page -> stores.sessions().list(user.id(), page),
        sessions -> {
          sessions.forEach(action);
          uses(
              CredentialUse.Of.SESSION,
              stores.sessionUses(),
              sessions.stream().map(SessionRecord::id).toList());
        });
  }

  private void apiKeys(PrincipalId principal) {
    pages(
        page -> stores.keys().listApiKeys(principal, page),
        keys -> {
          keys.forEach(action);
          uses(
              CredentialUse.Of.KEY, stores.keyUses(), keys.stream().map(ApiKeyRecord::id).toList());
        });
  }

  private void uses(CredentialUse.Of of, LastUseStore store, List<CredentialId> ids) {
    Map<CredentialId, LastUse> found = store.find(ids);
    for (CredentialId id : ids) {
      LastUse use = found.get(id);
      if (use != null) {
        action.accept(new CredentialUse(of, id, use));
      }
    }
  }

  private void workspace(WorkspaceRecord workspace, Set<RoleId> shared) {
    WorkspaceId id = workspace.id();
    Set<RoleId> known = new HashSet<>(shared);
    workspace.owners().stream()
        .sorted()
        .map(owner -> new MembershipId(id, owner))
        .flatMap(member -> stores.workspaces().findMembership(member).stream())
        .filter(member -> !member.removed())
        .forEach(member -> member(member, known));
    action.accept(workspace);
    roles(Optional.of(id), known);
    each(page -> stores.principals().listApiUsers(id, page), this::apiUser);
    each(
        page -> stores.workspaces().listMembers(id, page),
        member -> {
          if (!workspace.owners().contains(member.id().principal())) {
            deletedPrincipal(member);
            member(member, known);
          }
        });
    pages(
        page -> stores.keys().listAccessKeys(id, page),
        keys -> {
          keys.forEach(action);
          uses(
              CredentialUse.Of.KEY,
              stores.keyUses(),
              keys.stream().map(AccessKeyRecord::id).toList());
        });
  }

  private void member(MembershipRecord member, Set<RoleId> known) {
    member.roles().stream().map(RoleAssignment::role).filter(known::add).forEach(this::deletedRole);
    action.accept(member);
  }

  private void apiUser(ApiUserRecord apiUser) {
    action.accept(apiUser);
    apiKeys(apiUser.id());
  }

  private void roles(Optional<WorkspaceId> workspace, Set<RoleId> known) {
    each(
        page -> stores.workspaces().listRoles(workspace, page),
        role -> {
          known.add(role.id());
          action.accept(role);
        });
  }

  /* One that is listed comes by itself; one that was deleted is listed nowhere. */
  private void deletedRole(RoleId id) {
    stores.workspaces().findRole(id).filter(RoleRecord::deleted).ifPresent(action);
  }

  /* Its deletion did not get to this membership. */
  private void deletedPrincipal(MembershipRecord member) {
    Optional<PrincipalRecord> principal = stores.principals().find(member.id().principal());
    principal
        .filter(found -> found instanceof ApiUserRecord apiUser && apiUser.workspace().isEmpty())
        .ifPresent(action);
  }

  private static <T> void each(Function<PageRequest, Page<T>> list, Consumer<? super T> action) {
    pages(list, items -> items.forEach(action));
  }

  private static <T> void pages(Function<PageRequest, Page<T>> list, Consumer<List<T>> action) {
    Optional<String> next = Optional.empty();
    do {
      Page<T> page = list.apply(new PageRequest(next, PAGE));
      action.accept(page.items());
      next = page.next();
    } while (next.isPresent());
  }
}
