package io.thingward.scenarios;

import io.thingward.Thingward;
import io.thingward.ThingwardBuilder;
import io.thingward.access.Device;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewUser;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Stores;
import io.thingward.store.memory.MemoryStores;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A platform around the library, as its developer would write it: a fleet of devices, a clock, an
 * audit trail, and the library, on the in-memory store unless it is told of another.
 */
public final class Host implements AutoCloseable {
  private final WallClock clock = new WallClock();
  private final Stores stores;
  private final Fleet fleet = new Fleet();
  private final List<AuditEvent> trail = new CopyOnWriteArrayList<>();
  private final Thingward thingward;
  private final Management management;

  public Host(UnaryOperator<ThingwardBuilder> model) {
    this(new MemoryStores(), model);
  }

  /** The same on other stores, which the test closes. */
  public Host(Stores stores, UnaryOperator<ThingwardBuilder> model) {
    this.stores = stores;
    thingward =
        model
            .apply(Thingward.builder())
            .directory(fleet)
            .stores(stores)
            .clock(clock)
            .audit(trail::add)
            .build();
    management = thingward.asHost("scenario");
  }

  /** The library. */
  public Thingward thingward() {
    return thingward;
  }

  /** The host's own management. */
  public Management management() {
    return management;
  }

  /** The wall clock. */
  public WallClock clock() {
    return clock;
  }

  /** Where everything is kept. */
  public Stores stores() {
    return stores;
  }

  /** The devices. */
  public Fleet fleet() {
    return fleet;
  }

  /** What happened so far. */
  public List<AuditEvent> trail() {
    return trail;
  }

  /** A person. */
  public PrincipalId user(String username) {
    try (NewUser created =
        management.users().create(PrincipalId.of("user-" + username), username)) {
      return created.id();
    }
  }

  /** A workspace and its first owner. */
  public WorkspaceId workspace(String name, PrincipalId owner) {
    return management.workspaces().create(WorkspaceId.of(name), name, owner).id();
  }

  /** A device, tagged like {@code site=paris}. */
  public Device device(WorkspaceId workspace, String id, String... tags) {
    Device device = Device.of(workspace, id);
    for (String tag : tags) {
      String[] halves = tag.split("=", 2);
      device = device.tagged(halves[0], halves[1]);
    }
    fleet.put(device);
    thingward.deviceChanged(workspace, device.id());
    return device;
  }

  /** A device connects, as it would over MQTT. */
  public Authentication<Subject> connect(Device device, Issued<AccessKey> key) {
    return thingward.authenticate(
        DeviceLogin.of(key.id(), key.secret(), device.id()),
        RequestContext.of("198.51.100.7", "thermostat/2.1"));
  }

  /** A request comes with a token. */
  public Authentication<Subject> call(Secret token) {
    return thingward.authenticate(
        new BearerToken(token), RequestContext.of("192.0.2.10", "node-red"));
  }

  /** Speaks for a user, through a new API key. */
  public Subject by(PrincipalId user, NewApiKey key) {
    try (Issued<ApiKey> issued = management.apiKeys(user).create(key)) {
      return call(issued.secret()).orElseThrow();
    }
  }

  /** The precise reason of the latest authentication, which its client was not told. */
  public String lastReason() {
    return trail.stream()
        .filter(AuditEvent.Authentication.class::isInstance)
        .map(event -> ((AuditEvent.Authentication) event).reason())
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  @Override
  public void close() {
    thingward.close();
  }
}
