package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Owners;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a workspace: the users in it, each with workspace permissions, role assignments
 * and device grants. API users are no members here: {@link ApiUsers} has them.
 *
 * <p>Nobody gives more than the presented credential holds, or touches a member who holds more; a
 * member who is an owner is touched by owners only. One's own membership can be left, never
 * changed. Whoever was removed and is added again starts from nothing.
 *
 * <p>Each method throws {@link NotPermittedException}, {@link NotFoundException}, {@link
 * ConflictException}, {@link io.thingward.error.LimitException} or {@link
 * io.thingward.error.UnavailableException} as their classes say, and changes nothing then.
 * Thread-safe.
 */
public final class Members {
  private final Gate gate;
  private final Room room;
  private final WorkspaceId workspace;
  private final Memberships memberships;
  private final Principals principals;

  Members(Gate gate, WorkspaceId workspace) {
    this.gate = gate;
    this.room = gate.room();
    this.workspace = Objects.requireNonNull(workspace, "workspace");
    this.memberships = new Memberships(room, workspace);
    this.principals = new Principals(room);
  }

  /**
   * Adds an existing user with these rights. {@link ConflictException} for a member; {@link
   * NotFoundException} for an unknown user.
   */
  @CanIgnoreReturnValue
  public Member add(PrincipalId user, ChangeSet rights) {
    Objects.requireNonNull(user, "user");
    return gate.in(workspace, Operation.MEMBER_ADD, call -> add(call, user, rights));
  }

  /** Adds the existing user who has this username. {@link NotFoundException} if nobody has it. */
  @CanIgnoreReturnValue
  public Member addByUsername(String username, ChangeSet rights) {
    Username name = Username.parse(username);
    Objects.requireNonNull(rights, "rights");
    return gate.in(workspace, Operation.MEMBER_ADD, call -> add(call, named(name), rights));
  }

  private PrincipalId named(Username name) {
    return room.records()
        .claims()
        .read(name)
        .map(UsernameClaim::user)
        .flatMap(principals::readUser)
        .filter(user -> user.username().equals(Optional.of(name)) && !user.state().isGoing())
        .map(UserRecord::id)
        .orElseThrow(() -> new NotFoundException("no user " + name));
  }

  private Member add(Call call, PrincipalId user, ChangeSet rights) {
    call.about("member", user);
    Memberships.Draft draft = memberships.draft(rights);
    call.requireToGive(draft.given());
    UserRecord added = principals.requireUser(user);
    Memberships.Applied applied =
        memberships.apply(
            user,
            draft,
            part -> {
              if (part.isMember()) {
                throw new ConflictException(user + " is a member already");
              }
            });
    call.target("member", user, applied.membership().version());
    principals.stillThere(user, () -> new Deletion(room).membership(applied.part().id()));
    Memberships.note(call, applied.outcomes());
    return member(applied, Optional.of(added));
  }

  /**
   * Changes what a member holds, in one write. The result has an outcome for each change; where
   * something is withdrawn that the member holds by another way, too, the outcome names that way.
   */
  @CanIgnoreReturnValue
  public ChangeResult<Member> change(PrincipalId user, ChangeSet changes) {
    Objects.requireNonNull(user, "user");
    return gate.in(
        workspace,
        Operation.MEMBER_CHANGE,
        call -> {
          call.about("member", user);
          requireOther(call, user);
          Memberships.Draft draft = memberships.draft(changes);
          call.requireToGive(draft.given());
          requireNoApiUser(user);
          Optional<UserRecord> before = principals.readUser(user);
          Memberships.Applied applied =
              memberships.apply(user, draft, part -> requireOverMember(call, part));
          call.target("member", user, applied.membership().version());
          Memberships.note(call, applied.outcomes());
          return new ChangeResult<>(member(applied, before), applied.outcomes());
        });
  }

  /**
   * Removes a member: takes the user's rights in this workspace and no other. Ownership goes first;
   * {@link ConflictException} for the last owner.
   */
  public void remove(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    gate.doIn(
        workspace,
        Operation.MEMBER_REMOVE,
        call -> {
          call.about("member", user);
          requireOther(call, user);
          requireNoApiUser(user);
          requireOverMember(call, memberships.read(user));
          remove(call, user);
        });
  }

  /**
   * The acting user leaves: gives up every right here, ownership included. Needs no permission, but
   * a credential without restriction. {@link ConflictException} for the last owner, who hands over
   * first: {@link Workspaces#handOver}.
   */
  public void leave() {
    gate.doIn(
        workspace,
        Operation.MEMBER_LEAVE,
        call -> {
          PrincipalId leaving = call.requireUnrestrictedPrincipal();
          call.about("member", leaving);
          if (isApiUser(leaving)) {
            throw new NotPermittedException("an API user does not leave its workspace");
          }
          remove(call, leaving);
        });
  }

  /* Ownership first: what is left if the second write fails is an ordinary member. */
  private void remove(Call call, PrincipalId user) {
    if (memberships.read(user).owner()) {
      if (!call.isBy(user)) {
        call.requireOwner(); // also for one who became an owner after the first look
      }
      WorkspaceRecord changed = new Owners(room).withdraw(workspace, user);
      call.target("workspace", workspace, changed.version());
      call.detail("owner", "removed");
    }
    memberships.remove(
        call,
        user,
        part -> {
          if (part.owner()) {
            throw new ConflictException(user + " became an owner meanwhile");
          }
          if (!call.isBy(user)) {
            call.requireOver(part.holdings());
          }
        });
  }

  /** The member with this id. */
  public Member get(PrincipalId user) {
    Objects.requireNonNull(user, "user");
    return gate.in(
        workspace,
        Operation.MEMBER_READ,
        call -> {
          requireNoApiUser(user);
          Memberships.Part part = memberships.read(user);
          requireMember(part);
          return Member.of(
              part.present()
                  .orElseGet(
                      () ->
                          MembershipRecord.builder(
                                  part.id(), room.entropy().first(), room.time().now())
                              .build()),
              principals.readUser(user),
              part.owner());
        });
  }

  /**
   * The members with their rights, a page at a time. A page may be shorter than asked for, even
   * empty, though more follow.
   */
  public Page<Member> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.in(
        workspace,
        Operation.MEMBER_READ,
        call -> {
          Set<PrincipalId> owners =
              room.records()
                  .workspaces()
                  .read(workspace)
                  .map(WorkspaceRecord::owners)
                  .orElseThrow(() -> Gate.noWorkspace(workspace));
          Page<MembershipRecord> found = room.records().listings().members(workspace, page);
          List<Member> members = new ArrayList<>();
          for (MembershipRecord membership : found.items()) {
            PrincipalId id = membership.id().principal();
            Optional<PrincipalRecord> principal = room.records().principals().read(id);
            if (!(principal.orElse(null) instanceof ApiUserRecord)) {
              members.add(
                  Member.of(
                      membership, principal.map(UserRecord.class::cast), owners.contains(id)));
            }
          }
          return new Page<>(members, found.next());
        });
  }

  /* Of what was read before the write: nothing may fail once it was made. */
  private static Member member(Memberships.Applied applied, Optional<UserRecord> user) {
    return Member.of(applied.membership(), user, applied.part().owner());
  }

  private static void requireOther(Call call, PrincipalId user) {
    if (call.isBy(user)) {
      throw new NotPermittedException("one's own membership can be left, never changed");
    }
  }

  private void requireOverMember(Call call, Memberships.Part part) {
    requireMember(part);
    Memberships.requireOver(call, part);
  }

  private void requireMember(Memberships.Part part) {
    if (!part.isMember()) {
      throw noMember(part.id());
    }
  }

  private void requireNoApiUser(PrincipalId id) {
    if (isApiUser(id)) {
      throw noMember(new MembershipId(workspace, id));
    }
  }

  private boolean isApiUser(PrincipalId id) {
    return room.records().principals().read(id, ApiUserRecord.class).isPresent();
  }

  private static NotFoundException noMember(MembershipId id) {
    return new NotFoundException("no member " + id.principal());
  }
}
