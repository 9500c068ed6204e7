package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.credential.Issued;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.Secrets;
import io.thingward.internal.management.WorkspaceRecords;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The API users of a workspace: machine identities that hold rights exactly as members do, are
 * never owners, and act through their API keys only ({@link Management#apiKeys(WorkspaceId,
 * PrincipalId)}).
 *
 * <p>Nobody gives one more than the presented credential holds, or touches one that holds more; an
 * API user does not touch itself.
 *
 * <p>Each method throws {@link NotPermittedException}, {@link NotFoundException}, {@link
 * ConflictException}, {@link io.thingward.error.LimitException} or {@link
 * io.thingward.error.UnavailableException} as their classes say, and changes nothing then.
 * Thread-safe.
 */
public final class ApiUsers {
  private final Gate gate;
  private final Room room;
  private final WorkspaceId workspace;
  private final Memberships memberships;
  private final Principals principals;

  ApiUsers(Gate gate, WorkspaceId workspace) {
    this.gate = gate;
    this.room = gate.room();
    this.workspace = Objects.requireNonNull(workspace, "workspace");
    this.memberships = new Memberships(room, workspace);
    this.principals = new Principals(room);
  }

  /** Creates an API user with these rights, and without a key. */
  @CanIgnoreReturnValue
  public ApiUser create(String name, ChangeSet rights) {
    return create(NewApiUser.of(name, rights));
  }

  /** Creates an API user, without a key. */
  @CanIgnoreReturnValue
  public ApiUser create(NewApiUser apiUser) {
    return gate.in(
        workspace,
        Operation.API_USER_CREATE,
        call -> create(call, PrincipalId.of(room.entropy().recordId()), apiUser));
  }

  /**
   * Creates an API user and its first key, whose token is in the result and nowhere else. If the
   * call fails half way, an API user may be left that has no key, or no rights either; the audit
   * names it.
   */
  public CreatedApiUser create(NewApiUser apiUser, NewApiKey firstKey) {
    return gate.in(
        workspace,
        Operation.API_USER_CREATE,
        call -> {
          PrincipalId id = PrincipalId.of(room.entropy().recordId());
          ApiKeys keys = ApiKeys.ofApiUser(gate, workspace, id);
          Restriction restriction = keys.closed(firstKey);
          checkEnd(firstKey.endsAt());
          ApiUser created = create(call, id, apiUser);
          Issued<ApiKey> key = keys.create(call, firstKey, restriction);
          return new CreatedApiUser(created, key);
        });
  }

  /*
   * First the record, then the rights, then the key: whatever is left by a call that ends early can
   * do nothing, is listed, and can be deleted.
   */
  private ApiUser create(Call call, PrincipalId id, NewApiUser apiUser) {
    Memberships.Draft draft = memberships.draft(apiUser.rights());
    call.requireToGive(draft.given());
    Memberships.requireFits(draft);
    new WorkspaceRecords(room).require(workspace);
    ApiUserRecord record =
        ApiUserRecord.builder(id, room.entropy().first(), room.time().now())
            .workspace(Optional.of(workspace))
            .name(apiUser.name())
            .endsAt(checkEnd(apiUser.endsAt()))
            .build();
    call.about("api-user", id);
    if (!room.records().principals().insert(record)) {
      throw new ConflictException("the id is taken; create the API user again");
    }
    call.target("api-user", id, record.version());
    Memberships.Applied applied = apply(id, draft, call);
    return ApiUser.of(record, workspace, applied.part().present());
  }

  @CanIgnoreReturnValue
  private Optional<Instant> checkEnd(Optional<Instant> end) {
    return Secrets.checkEnd(end, room.time().now());
  }

  private Memberships.Applied apply(PrincipalId id, Memberships.Draft draft, Call call) {
    Memberships.Applied applied =
        memberships.apply(id, draft, part -> Memberships.requireOver(call, part));
    call.target("member", id, applied.membership().version());
    principals.stillThere(id, () -> new Deletion(room).membership(applied.part().id()));
    Memberships.note(call, applied.outcomes());
    return applied;
  }

  /** The API user with this id, with its rights. */
  public ApiUser get(PrincipalId id) {
    return gate.in(
        workspace,
        Operation.API_USER_READ,
        call -> withRights(principals.readApiUser(workspace, Objects.requireNonNull(id, "id"))));
  }

  /** The API users with their rights, a page at a time. */
  public Page<ApiUser> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.in(
        workspace,
        Operation.API_USER_READ,
        call -> room.records().listings().apiUsers(workspace, page).map(this::withRights));
  }

  /**
   * Changes what an API user holds, in one write. The result has an outcome for each change; where
   * something is withdrawn that it holds by another way, too, the outcome names that way.
   */
  @CanIgnoreReturnValue
  public ChangeResult<ApiUser> change(PrincipalId id, ChangeSet changes) {
    return gate.in(
        workspace,
        Operation.API_USER_CHANGE,
        call -> {
          call.about("api-user", id);
          requireOther(call, id);
          Memberships.Draft draft = memberships.draft(changes);
          call.requireToGive(draft.given());
          ApiUserRecord record = principals.requireApiUser(workspace, id);
          Memberships.Applied applied = apply(id, draft, call);
          call.target("api-user", id);
          return new ChangeResult<>(
              ApiUser.of(record, workspace, applied.part().present()), applied.outcomes());
        });
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public ApiUser rename(PrincipalId id, String name) {
    Names.check(name);
    return update(Operation.API_USER_RENAME, id, apiUser -> apiUser.toBuilder().name(name).build());
  }

  /** Suspends an API user: none of its keys admits anybody, held subjects included. */
  @CanIgnoreReturnValue
  public ApiUser suspend(PrincipalId id) {
    return update(
        Operation.API_USER_SUSPEND,
        id,
        apiUser -> apiUser.toBuilder().state(LifecycleState.SUSPENDED).build());
  }

  /** Resumes an API user: its keys and held subjects recover. */
  @CanIgnoreReturnValue
  public ApiUser resume(PrincipalId id) {
    return update(
        Operation.API_USER_RESUME,
        id,
        apiUser -> apiUser.toBuilder().state(LifecycleState.ACTIVE).build());
  }

  /** Sets from when on the API user is as if suspended, or that it never is. */
  @CanIgnoreReturnValue
  public ApiUser setEnd(PrincipalId id, Optional<Instant> endsAt) {
    Optional<Instant> end = checkEnd(endsAt);
    return update(Operation.API_USER_END, id, apiUser -> apiUser.toBuilder().endsAt(end).build());
  }

  /**
   * Deletes an API user with its keys and rights. From the first write on none of its keys admits
   * anybody; if the call ends early, it can be repeated.
   */
  public void delete(PrincipalId id) {
    gate.doIn(
        workspace,
        Operation.API_USER_DELETE,
        call -> {
          call.about("api-user", id);
          requireOther(call, id);
          ApiUserRecord apiUser = principals.readApiUser(workspace, id);
          Memberships.requireOver(call, memberships.read(id));
          Deletion deletion = new Deletion(room);
          deletion.mark(id);
          call.target("api-user", id);
          deletion.marked(apiUser);
        });
  }

  private ApiUser update(Operation operation, PrincipalId id, UnaryOperator<ApiUserRecord> change) {
    return gate.in(
        workspace,
        operation,
        call -> {
          call.about("api-user", id);
          requireOther(call, id);
          ApiUserRecord changed =
              principals.changeApiUser(
                  workspace,
                  id,
                  before -> {
                    Memberships.requireOver(call, memberships.read(id));
                    return change.apply(before);
                  });
          call.target("api-user", id, changed.version());
          return withRights(changed);
        });
  }

  private static void requireOther(Call call, PrincipalId id) {
    if (call.isBy(Objects.requireNonNull(id, "id"))) {
      throw new NotPermittedException("an API user does not change itself");
    }
  }

  private ApiUser withRights(ApiUserRecord record) {
    return ApiUser.of(record, workspace, memberships.read(record.id()).present());
  }
}
