package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.credential.Issued;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Principals;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.Secrets;
import io.thingward.internal.token.TokenFormat;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.StoredSecret;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Catalog;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The API keys of one principal. Those of a user are managed by the user from a session, or by the
 * host; creating and changing them needs a recent login, so that a stolen key cannot mint its
 * successor. Those of an API user are managed in its workspace by whoever holds the permission and
 * at least the API user's rights, never through a key of that same API user.
 *
 * <p>Restriction and end of a key never change; name and status do. Each method throws {@link
 * NotPermittedException}, {@link NotFoundException}, {@link ConflictException} or {@link
 * io.thingward.error.UnavailableException} as their classes say, and changes nothing then.
 * Thread-safe.
 */
public final class ApiKeys {
  private final Gate gate;
  private final Room room;
  private final PrincipalId principal;
  private final Optional<WorkspaceId> workspace;

  private ApiKeys(Gate gate, PrincipalId principal, Optional<WorkspaceId> workspace) {
    this.gate = gate;
    this.room = gate.room();
    this.principal = Objects.requireNonNull(principal, "principal");
    this.workspace = workspace;
  }

  static ApiKeys ofUser(Gate gate, PrincipalId user) {
    return new ApiKeys(gate, user, Optional.empty());
  }

  static ApiKeys ofApiUser(Gate gate, WorkspaceId workspace, PrincipalId apiUser) {
    return new ApiKeys(gate, apiUser, Optional.of(workspace));
  }

  /**
   * Creates a key. Its token is in the result and nowhere else. {@link LimitException} beyond
   * {@value Limits#API_KEYS_PER_PRINCIPAL} keys of the principal; several calls at once may exceed
   * it a little.
   */
  public Issued<ApiKey> create(NewApiKey key) {
    Restriction restriction = closed(key);
    return call(
        Operation.USER_KEY_CREATE,
        Operation.API_USER_KEY_CREATE,
        call -> {
          requirePrincipal();
          requireRoom();
          return create(call, key, restriction);
        });
  }

  /* Also for whoever creates the principal itself, with a first key. */
  Issued<ApiKey> create(Call call, NewApiKey key, Restriction restriction) {
    byte[] secret = room.entropy().secret();
    try {
      ApiKeyRecord record =
          ApiKeyRecord.builder(
                  room.entropy().credentialId(),
                  room.entropy().first(),
                  room.time().now(),
                  principal,
                  key.name(),
                  List.of(new StoredSecret(room.digester().digest(secret), Optional.empty())),
                  restriction)
              .endsAt(Secrets.checkEnd(key.endsAt(), room.time().now()))
              .build();
      call.about("api-key", record.id());
      if (!room.records().credentials().keys().insert(record)) {
        throw new ConflictException("the id is taken; create the key again");
      }
      call.target("api-key", record.id(), record.version());
      call.detail("of", principal);
      new Principals(room).stillThere(principal, () -> new Deletion(room).key(record));
      return issued(record, secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Issued<ApiKey> issued(ApiKeyRecord record, byte[] secret) {
    return new Issued<>(
        record.id(),
        ApiKey.of(record, room, Optional.empty()),
        room.format().token(TokenFormat.Kind.API_KEY, record.id(), secret));
  }

  /* Closed over what its permissions imply today, so that a later catalog cannot widen it. */
  Restriction closed(NewApiKey key) {
    return key.restriction()
        .map(rows -> Restriction.to(rows.stream().map(this::closed).toList()))
        .orElse(Restriction.unrestricted());
  }

  private Restriction.Row closed(NewApiKey.Row row) {
    room.tags().check(row.scope());
    Catalog catalog = room.positions().catalog();
    Set<String> names = new HashSet<>();
    for (Permission permission : row.permissions()) {
      List<String> name = List.of(room.positions().checked(permission).name());
      names.addAll(
          permission instanceof WorkspacePermission
              ? catalog.closeWorkspace(name)
              : catalog.closeDevice(name));
    }
    return new Restriction.Row(row.workspace(), names, row.scope());
  }

  private void requireRoom() {
    int present =
        room.records()
            .listings()
            .apiKeys(principal, PageRequest.first(Limits.API_KEYS_PER_PRINCIPAL))
            .items()
            .size();
    if (present >= Limits.API_KEYS_PER_PRINCIPAL) {
      throw new LimitException(
          "a principal has at most " + Limits.API_KEYS_PER_PRINCIPAL + " API keys");
    }
  }

  /** The key with this id, with its last use. */
  public ApiKey get(CredentialId id) {
    Objects.requireNonNull(id, "id");
    return call(Operation.USER_KEY_READ, Operation.API_USER_KEY_READ, call -> withUse(read(id)));
  }

  /** The keys, with their last uses, a page at a time. */
  public Page<ApiKey> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return call(
        Operation.USER_KEY_READ,
        Operation.API_USER_KEY_READ,
        call -> {
          requirePrincipal();
          Page<ApiKeyRecord> found = room.records().listings().apiKeys(principal, page);
          Map<CredentialId, LastUse> uses =
              room.keyUses().find(found.items().stream().map(ApiKeyRecord::id).toList());
          return found.map(key -> ApiKey.of(key, room, Optional.ofNullable(uses.get(key.id()))));
        });
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public ApiKey rename(CredentialId id, String name) {
    Names.check(name);
    return change(
        Operation.USER_KEY_RENAME,
        Operation.API_USER_KEY_RENAME,
        id,
        key -> key.toBuilder().name(name).build());
  }

  /** Suspends a key: from the return of this call on it admits nobody, held subjects included. */
  @CanIgnoreReturnValue
  public ApiKey suspend(CredentialId id) {
    return change(
        Operation.USER_KEY_SUSPEND,
        Operation.API_USER_KEY_SUSPEND,
        id,
        key -> key.toBuilder().suspended(true).build());
  }

  /** Resumes a key; held subjects recover. */
  @CanIgnoreReturnValue
  public ApiKey resume(CredentialId id) {
    return change(
        Operation.USER_KEY_RESUME,
        Operation.API_USER_KEY_RESUME,
        id,
        key -> key.toBuilder().suspended(false).build());
  }

  /**
   * Gives a key a new secret. Id, rights and end stay.
   *
   * @param overlap how long the present secret still authenticates, 0 to 1 day. With 0 it is dead
   *     when this call returns, and so are the subjects that came with it. An older one dies now in
   *     any case
   */
  public Issued<ApiKey> rotate(CredentialId id, Duration overlap) {
    Objects.requireNonNull(id, "id");
    Secrets.checkOverlap(overlap);
    byte[] secret = room.entropy().secret();
    try {
      StoredSecret fresh = new StoredSecret(room.digester().digest(secret), Optional.empty());
      ApiKey rotated =
          change(
              Operation.USER_KEY_ROTATE,
              Operation.API_USER_KEY_ROTATE,
              id,
              key ->
                  key.toBuilder()
                      .secrets(Secrets.rotated(key, fresh, overlap, room.time().now()))
                      .build());
      return new Issued<>(id, rotated, room.format().token(TokenFormat.Kind.API_KEY, id, secret));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Revokes a key, for good, by deleting it; no other key is touched. One that is gone is {@link
   * NotFoundException}.
   */
  public void delete(CredentialId id) {
    Objects.requireNonNull(id, "id");
    boolean done =
        call(
            Operation.USER_KEY_DELETE,
            Operation.API_USER_KEY_DELETE,
            call -> {
              call.about("api-key", id);
              ApiKeyRecord key = read(id);
              new Deletion(room).key(key);
              call.target("api-key", id);
              return true;
            });
    assert done;
  }

  private ApiKey change(
      Operation ofUser, Operation ofApiUser, CredentialId id, UnaryOperator<ApiKeyRecord> change) {
    Objects.requireNonNull(id, "id");
    return call(
        ofUser,
        ofApiUser,
        call -> {
          call.about("api-key", id);
          ApiKeyRecord changed =
              room.records()
                  .credentials()
                  .keys()
                  .update(id, ApiKeyRecord.class, key -> change.apply(ours(key)))
                  .orElseThrow(() -> noKey(id));
          call.target("api-key", id, changed.version());
          return withUse(changed);
        });
  }

  private <T> T call(Operation ofUser, Operation ofApiUser, Function<Call, T> effect) {
    return workspace.isEmpty()
        ? gate.on(principal, ofUser, effect)
        : gate.in(
            workspace.get(),
            ofApiUser,
            call -> {
              if (ofApiUser != Operation.API_USER_KEY_READ) {
                requireOverApiUser(call);
              }
              return effect.apply(call);
            });
  }

  private void requireOverApiUser(Call call) {
    requirePrincipal();
    if (call.isBy(principal)) {
      throw new NotPermittedException("an API user does not manage its own keys");
    }
    call.requireOver(new Memberships(room, workspace.orElseThrow()).read(principal).holdings());
  }

  private void requirePrincipal() {
    Principals principals = new Principals(room);
    if (workspace.isEmpty()) {
      principals.requireUser(principal);
    } else {
      principals.requireApiUser(workspace.get(), principal);
    }
  }

  private ApiKey withUse(ApiKeyRecord key) {
    Map<CredentialId, LastUse> uses = room.keyUses().find(List.of(key.id()));
    return ApiKey.of(key, room, Optional.ofNullable(uses.get(key.id())));
  }

  private ApiKeyRecord read(CredentialId id) {
    requirePrincipal();
    return room.records()
        .credentials()
        .keys()
        .read(id, ApiKeyRecord.class)
        .map(this::ours)
        .orElseThrow(() -> noKey(id));
  }

  /* A key of another principal is no key here. */
  private ApiKeyRecord ours(ApiKeyRecord key) {
    if (!key.principal().equals(principal)) {
      throw noKey(key.id());
    }
    return key;
  }

  private static NotFoundException noKey(CredentialId id) {
    return new NotFoundException("no API key " + id);
  }
}
