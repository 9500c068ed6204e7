package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ConflictException;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.internal.management.Call;
import io.thingward.internal.management.Deletion;
import io.thingward.internal.management.Gate;
import io.thingward.internal.management.Operation;
import io.thingward.internal.management.Room;
import io.thingward.internal.management.Secrets;
import io.thingward.internal.management.WorkspaceRecords;
import io.thingward.internal.rights.Holdings;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.StoredSecret;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The access keys of a workspace. Creating one needs, beside the permission, its self and peer
 * permissions over its scope; changing or deleting one needs the same. The scope never changes.
 *
 * <p>Each method throws {@link io.thingward.error.NotPermittedException}, {@link
 * NotFoundException}, {@link ConflictException} or {@link io.thingward.error.UnavailableException}
 * as their classes say, and changes nothing then. Thread-safe.
 */
public final class AccessKeys {
  private final Gate gate;
  private final Room room;
  private final WorkspaceId workspace;

  AccessKeys(Gate gate, WorkspaceId workspace) {
    this.gate = gate;
    this.room = gate.room();
    this.workspace = Objects.requireNonNull(workspace, "workspace");
  }

  /** Creates a key. Its secret is in the result and nowhere else. */
  public Issued<AccessKey> create(String name, DeviceScope scope) {
    return create(NewAccessKey.of(name, scope));
  }

  /** Creates a key. Its secret is in the result and nowhere else. */
  public Issued<AccessKey> create(NewAccessKey key) {
    Objects.requireNonNull(key, "key");
    return gate.in(
        workspace,
        Operation.ACCESS_KEY_CREATE,
        call -> create(call, List.of(key)).get(0).orElseThrow());
  }

  /**
   * Creates up to {@value Limits#BULK} keys in one call, which is one audit event. Each item has an
   * outcome of its own, in the order of the items; one that fails leaves the others alone. If the
   * store's answer is lost, every outcome is unknown, and the call throws.
   */
  public List<BulkOutcome<Issued<AccessKey>>> createAll(List<NewAccessKey> keys) {
    if (keys.size() > Limits.BULK) {
      throw new LimitException(keys.size() + " keys in one call, the limit is " + Limits.BULK);
    }
    List<NewAccessKey> items = List.copyOf(keys);
    return gate.in(
        workspace,
        Operation.ACCESS_KEY_CREATE,
        call -> {
          List<BulkOutcome<Issued<AccessKey>>> outcomes = create(call, items);
          long refused = outcomes.stream().filter(item -> item.failure().isPresent()).count();
          if (refused > 0) {
            call.detail("refused", refused);
          }
          return outcomes;
        });
  }

  private List<BulkOutcome<Issued<AccessKey>>> create(Call call, List<NewAccessKey> keys) {
    new WorkspaceRecords(room).require(workspace);
    List<Draft> drafts = keys.stream().map(key -> draft(call, key)).toList();
    drafts.stream()
        .flatMap(draft -> draft.record.stream())
        .forEach(key -> call.about("access-key", key.id()));
    List<Boolean> stored =
        room.records()
            .credentials()
            .insertKeys(drafts.stream().flatMap(draft -> draft.record.stream()).toList());
    return outcomes(call, drafts, stored);
  }

  /* A key about to be stored, or why it will not be. */
  private record Draft(
      Optional<AccessKeyRecord> record,
      Optional<Secret> secret,
      Optional<RuntimeException> failure) {}

  private Draft draft(Call call, NewAccessKey key) {
    byte[] secret = room.entropy().secret();
    try {
      room.tags().check(key.scope());
      call.requireToGive(givenBy(key.scope()));
      AccessKeyRecord record =
          AccessKeyRecord.builder(
                  room.entropy().credentialId(),
                  room.entropy().first(),
                  room.time().now(),
                  workspace,
                  key.scope(),
                  key.name(),
                  List.of(new StoredSecret(room.digester().digest(secret), Optional.empty())))
              .description(key.description())
              .endsAt(Secrets.checkEnd(key.endsAt(), room.time().now()))
              .build();
      return new Draft(
          Optional.of(record),
          Optional.of(room.format().accessKeySecret(secret)),
          Optional.empty());
    } catch (RuntimeException refused) {
      return new Draft(Optional.empty(), Optional.empty(), Optional.of(refused));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private List<BulkOutcome<Issued<AccessKey>>> outcomes(
      Call call, List<Draft> drafts, List<Boolean> stored) {
    List<BulkOutcome<Issued<AccessKey>>> outcomes = new ArrayList<>(drafts.size());
    int next = 0;
    for (Draft draft : drafts) {
      if (draft.record.isEmpty()) {
        outcomes.add(BulkOutcome.failed(draft.failure.orElseThrow()));
      } else if (stored.get(next++)) {
        AccessKeyRecord record = draft.record.get();
        call.target("access-key", record.id(), record.version());
        outcomes.add(
            BulkOutcome.of(
                new Issued<>(
                    record.id(),
                    AccessKey.of(record, room, Optional.empty()),
                    draft.secret.orElseThrow())));
      } else {
        outcomes.add(BulkOutcome.failed(new ConflictException("the id is taken; create it again")));
      }
    }
    return outcomes;
  }

  /* What whoever has a key of this scope can do. */
  private Holdings givenBy(DeviceScope scope) {
    Set<String> permissions = new HashSet<>();
    room.reach().self().stream().map(DevicePermission::name).forEach(permissions::add);
    room.reach().peers().stream().map(DevicePermission::name).forEach(permissions::add);
    return Holdings.of(scope, permissions);
  }

  /** The key with this id, with its last use. */
  public AccessKey get(CredentialId id) {
    Objects.requireNonNull(id, "id");
    return gate.in(workspace, Operation.ACCESS_KEY_READ, call -> withUse(read(id)));
  }

  /** The keys, with their last uses, a page at a time. */
  public Page<AccessKey> list(PageRequest page) {
    Objects.requireNonNull(page, "page");
    return gate.in(
        workspace,
        Operation.ACCESS_KEY_READ,
        call -> {
          Page<AccessKeyRecord> found = room.records().listings().accessKeys(workspace, page);
          Map<CredentialId, LastUse> uses =
              room.keyUses().find(found.items().stream().map(AccessKeyRecord::id).toList());
          return found.map(key -> AccessKey.of(key, room, Optional.ofNullable(uses.get(key.id()))));
        });
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public AccessKey rename(CredentialId id, String name) {
    Names.check(name);
    return change(Operation.ACCESS_KEY_EDIT, id, key -> key.toBuilder().name(name).build());
  }

  /** Changes the description. */
  @CanIgnoreReturnValue
  public AccessKey describe(CredentialId id, String description) {
    Names.checkDescription(description);
    return change(
        Operation.ACCESS_KEY_EDIT, id, key -> key.toBuilder().description(description).build());
  }

  /** Suspends a key: from the return of this call on it admits nobody, held subjects included. */
  @CanIgnoreReturnValue
  public AccessKey suspend(CredentialId id) {
    return change(Operation.ACCESS_KEY_SUSPEND, id, key -> key.toBuilder().suspended(true).build());
  }

  /** Resumes a key; held subjects recover. */
  @CanIgnoreReturnValue
  public AccessKey resume(CredentialId id) {
    return change(Operation.ACCESS_KEY_RESUME, id, key -> key.toBuilder().suspended(false).build());
  }

  /**
   * Gives a key a new secret. Id, rights and end stay.
   *
   * @param overlap how long the present secret still authenticates, 0 to 1 day. With 0 it is dead
   *     when this call returns, and so are the subjects that came with it. An older one dies now in
   *     any case
   */
  public Issued<AccessKey> rotate(CredentialId id, Duration overlap) {
    Objects.requireNonNull(id, "id");
    Secrets.checkOverlap(overlap);
    byte[] secret = room.entropy().secret();
    try {
      StoredSecret fresh = new StoredSecret(room.digester().digest(secret), Optional.empty());
      AccessKey rotated =
          change(
              Operation.ACCESS_KEY_ROTATE,
              id,
              key ->
                  key.toBuilder()
                      .secrets(Secrets.rotated(key, fresh, overlap, room.time().now()))
                      .build());
      return new Issued<>(id, rotated, room.format().accessKeySecret(secret));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Revokes a key, for good, by deleting it. One that is gone is {@link NotFoundException}. */
  public void delete(CredentialId id) {
    Objects.requireNonNull(id, "id");
    gate.doIn(
        workspace,
        Operation.ACCESS_KEY_DELETE,
        call -> {
          call.about("access-key", id);
          AccessKeyRecord key = read(id);
          call.requireOver(givenBy(key.scope()));
          new Deletion(room).key(key);
          call.target("access-key", id);
        });
  }

  private AccessKey change(
      Operation operation, CredentialId id, UnaryOperator<AccessKeyRecord> change) {
    Objects.requireNonNull(id, "id");
    return gate.in(
        workspace,
        operation,
        call -> {
          call.about("access-key", id);
          AccessKeyRecord changed =
              room.records()
                  .credentials()
                  .keys()
                  .update(
                      id,
                      AccessKeyRecord.class,
                      key -> {
                        call.requireOver(givenBy(ours(key).scope()));
                        return change.apply(key);
                      })
                  .orElseThrow(() -> noKey(id));
          call.target("access-key", id, changed.version());
          return withUse(changed);
        });
  }

  private AccessKey withUse(AccessKeyRecord key) {
    Map<CredentialId, LastUse> uses = room.keyUses().find(List.of(key.id()));
    return AccessKey.of(key, room, Optional.ofNullable(uses.get(key.id())));
  }

  /* A key of another workspace, or of another kind, is no key here. */
  private AccessKeyRecord read(CredentialId id) {
    return room.records()
        .credentials()
        .keys()
        .read(id, AccessKeyRecord.class)
        .map(this::ours)
        .orElseThrow(() -> noKey(id));
  }

  private AccessKeyRecord ours(AccessKeyRecord key) {
    if (!key.workspace().equals(workspace)) {
      throw noKey(key.id());
    }
    return key;
  }

  private static NotFoundException noKey(CredentialId id) {
    return new NotFoundException("no access key " + id);
  }
}
