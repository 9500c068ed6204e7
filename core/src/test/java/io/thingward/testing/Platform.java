package io.thingward.testing;

import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.ThingwardBuilder;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.Permission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.memory.MemoryStores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A small IoT platform around the library: stores, a fleet, clocks moved by hand, an audit trail.
 * Every test starts one of its own in one line.
 */
public final class Platform implements AutoCloseable {
  public static final DevicePermission VIEW = DevicePermission.of("device.view", "See it");
  public static final DevicePermission RECORD =
      DevicePermission.of("device.record", "Record measurements").implying(VIEW);
  public static final DevicePermission EDIT =
      DevicePermission.of("device.edit", "Change its name and tags").implying(VIEW);
  public static final WorkspacePermission RULES =
      WorkspacePermission.of("workspace.rules", "Edit rules");
  public static final WorkspacePermission BILLING =
      WorkspacePermission.of("workspace.billing", "Pay").implying(RULES);

  public final ManualTime time = new ManualTime();
  public final MemoryStores memory;
  public final ObservedStores stores;
  public final Fleet fleet = new Fleet();
  public final AuditTrail audit = new AuditTrail();
  public final Thingward thingward;
  public final Management host;
  private int nextChange;

  /** A platform whose devices record on themselves and see their peers. */
  public Platform() {
    this(builder -> builder);
  }

  /** The same, set up further. */
  public Platform(UnaryOperator<ThingwardBuilder> more) {
    this(new MemoryStores(), ObservedStores::new, permissions(), more);
  }

  /** A platform whose stores are watched in another way. */
  public static Platform observing(Function<Stores, ObservedStores> observation) {
    return new Platform(new MemoryStores(), observation, permissions(), builder -> builder);
  }

  private Platform(
      MemoryStores memory,
      Function<Stores, ObservedStores> observation,
      List<Permission> declared,
      UnaryOperator<ThingwardBuilder> more) {
    this.memory = memory;
    stores = observation.apply(memory);
    thingward =
        more.apply(
                time.set(Thingward.builder())
                    .permissions(declared)
                    .devices(DeviceReach.self(RECORD).peers(VIEW))
                    .directory(fleet)
                    .stores(stores)
                    .audit(audit))
            .build();
    host = thingward.asHost("test");
  }

  /** Another platform on the same stores, with other permissions. */
  public static Platform next(Platform before, List<Permission> declared) {
    return new Platform(before.memory, ObservedStores::new, declared, builder -> builder);
  }

  /** The permissions that the platform declares. */
  public static List<Permission> permissions() {
    return List.of(VIEW, RECORD, EDIT, RULES, BILLING);
  }

  /** A user, put into the store as it is. */
  public PrincipalId user(String name) {
    PrincipalId id = PrincipalId.of("u-" + name);
    Username username = new Username(name);
    require(memory.principals().insertClaim(new UsernameClaim(username, version(), id)));
    require(
        memory
            .principals()
            .insert(
                UserRecord.builder(id, version(), time.instant())
                    .username(Optional.of(username))
                    .build()));
    return id;
  }

  /** A workspace with this owner. */
  public WorkspaceId workspace(String name, PrincipalId owner) {
    return host.workspaces().create(WorkspaceId.of(name), name, owner).id();
  }

  /** A member with these grants and workspace permissions, put into the store as it is. */
  public void member(
      WorkspaceId workspace,
      PrincipalId principal,
      Set<String> permissions,
      Set<RoleAssignment> roles,
      Grant... grants) {
    require(
        memory
            .workspaces()
            .insertMembership(
                MembershipRecord.builder(
                        new MembershipId(workspace, principal), version(), time.instant())
                    .permissions(permissions)
                    .roles(roles)
                    .grants(Set.of(grants))
                    .build()));
  }

  /** A grant. */
  public static Grant grant(DeviceScope scope, DevicePermission... permissions) {
    return new Grant(
        scope, Arrays.stream(permissions).map(Permission::name).collect(Collectors.toSet()));
  }

  /** Speaks for a user through a new API key. */
  public Subject by(PrincipalId user) {
    return by(user, NewApiKey.of("test"));
  }

  /** Speaks for a user through this new API key. */
  public Subject by(PrincipalId user, NewApiKey key) {
    try (Issued<ApiKey> issued = host.apiKeys(user).create(key)) {
      return authenticate(issued.secret()).orElseThrow();
    }
  }

  /** Presents a token. */
  public Authentication<Subject> authenticate(Secret token) {
    return thingward.authenticate(new BearerToken(token), RequestContext.of("192.0.2.1"));
  }

  /** Connects a device with an access key. */
  public Authentication<Subject> connect(Issued<AccessKey> key, Device device) {
    return thingward.authenticate(
        DeviceLogin.of(key.id(), key.secret(), device.id()), RequestContext.of("192.0.2.7"));
  }

  /** A version for a record that is put into the store as it is. */
  public Version version() {
    return new Version(1, new UUID(0, ++nextChange));
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("the store refused");
    }
  }

  @Override
  public void close() {
    thingward.close();
  }
}
