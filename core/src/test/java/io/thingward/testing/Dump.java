package io.thingward.testing;

import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.store.KeyRecord;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Every record in the stores but last uses, what is listed no more included. */
public final class Dump {
  private final Stores stores;
  private final Set<Object> records = new LinkedHashSet<>();

  private Dump(Stores stores) {
    this.stores = stores;
  }

  /**
   * What the stores hold.
   *
   * @param known records that were there once: what became of them is looked up by their keys
   */
  public static Set<Object> of(Stores stores, Collection<?> known) {
    Dump dump = new Dump(stores);
    dump.listAll();
    known.forEach(dump::lookUp);
    return dump.records;
  }

  private void listAll() {
    for (UserRecord user : all(stores.principals()::listUsers)) {
      lookUp(user);
    }
    for (WorkspaceRecord workspace : all(stores.workspaces()::list)) {
      lookUp(workspace);
      WorkspaceId id = workspace.id();
      all(page -> stores.principals().listApiUsers(id, page)).forEach(this::lookUp);
      records.addAll(all(page -> stores.workspaces().listMembers(id, page)));
      records.addAll(all(page -> stores.workspaces().listRoles(Optional.of(id), page)));
      records.addAll(all(page -> stores.keys().listAccessKeys(id, page)));
    }
    records.addAll(all(page -> stores.workspaces().listRoles(Optional.empty(), page)));
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> list) {
    return list.apply(PageRequest.first(1_000)).items();
  }

  private void lookUp(Object known) {
    if (known instanceof Collection<?> several) {
      several.forEach(this::lookUp);
    } else if (known instanceof PrincipalRecord principal) {
      principal(principal.id());
      if (principal instanceof UserRecord user) {
        user.username().ifPresent(this::claim);
      }
    } else if (known instanceof UsernameClaim claim) {
      claim(claim.username());
    } else if (known instanceof WorkspaceRecord workspace) {
      stores.workspaces().find(workspace.id()).ifPresent(records::add);
    } else if (known instanceof MembershipRecord membership) {
      membership(membership.id());
    } else if (known instanceof RoleRecord role) {
      role(role.id());
    } else if (known instanceof KeyRecord key) {
      stores.keys().find(key.id()).ifPresent(records::add);
    } else if (known instanceof SessionRecord session) {
      stores.sessions().find(session.id()).ifPresent(records::add);
    } else {
      throw new IllegalArgumentException("no record: " + known.getClass());
    }
  }

  private void principal(PrincipalId id) {
    stores.principals().find(id).ifPresent(records::add);
    records.addAll(all(page -> stores.keys().listApiKeys(id, page)));
    records.addAll(all(page -> stores.sessions().list(id, page)));
  }

  private void claim(Username name) {
    stores.principals().findClaim(name).ifPresent(records::add);
  }

  private void membership(MembershipId id) {
    stores.workspaces().findMembership(id).ifPresent(records::add);
  }

  private void role(RoleId id) {
    stores.workspaces().findRole(id).ifPresent(records::add);
  }
}
