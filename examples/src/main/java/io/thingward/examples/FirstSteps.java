package io.thingward.examples;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.DeviceLogin;
import io.thingward.credential.Issued;
import io.thingward.management.AccessKey;
import io.thingward.management.Management;
import io.thingward.model.DeviceScope;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.store.memory.MemoryStores;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program of the README: a device connects and asks what it may do. */
final class FirstSteps {
  private static final DevicePermission VIEW =
      DevicePermission.of("device.view", "See the device and its measurements");
  private static final DevicePermission RECORD =
      DevicePermission.of("device.record", "Record measurements").implying(VIEW);

  private FirstSteps() {}

  public static void main(String[] args) {
    run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  static void run(PrintStream out) {
    Fleet fleet = new Fleet();
    Device t1 = Device.of(WorkspaceId.of("acme"), "t1").tagged("site", "paris");
    Device t2 = Device.of(WorkspaceId.of("acme"), "t2").tagged("site", "paris");
    fleet.put(t1);
    fleet.put(t2);
    // README: begin
    Thingward thingward =
        Thingward.builder()
            .permissions(VIEW, RECORD)
            .devices(DeviceReach.self(RECORD).peers(VIEW)) // on itself, on its neighbours
            .directory(fleet) // yours: find(workspace, deviceId)
            .stores(new MemoryStores())
            .build();
    Management host = thingward.asHost("first start");
    WorkspaceId acme = WorkspaceId.of("acme");
    host.workspaces().create(acme, "Acme", host.users().create("ann@acme.example").id());
    Issued<AccessKey> key = host.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"));

    DeviceLogin login = DeviceLogin.of(key.id(), key.secret(), t1.id()); // who is this?
    Subject device = thingward.authenticate(login, RequestContext.of("192.0.2.7")).orElseThrow();
    out.println(device.decide(RECORD, t2)); // may they?  deny device.record: SELF_ONLY
    out.println(device.devices(VIEW, acme)); // which devices?  all of [site=paris] in acme
    // README: end
    key.close();
    thingward.close();
  }
}
