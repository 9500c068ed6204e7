package io.thingward.nodes;

import io.thingward.access.Device;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.Login;
import io.thingward.authentication.PresentedCredential;
import io.thingward.credential.Issued;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.CreatedApiUser;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;

/**
 * Who acts in a story: ann and zoe own a workspace, ben is a member by a role and a grant, a robot
 * and a device work in it.
 */
final class Cast {
  static final DevicePermission VIEW = DevicePermission.of("device.view", "See it");
  static final DevicePermission RECORD =
      DevicePermission.of("device.record", "Record measurements").implying(VIEW);
  static final WorkspacePermission RULES = WorkspacePermission.of("rules", "Edit rules");
  static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");
  static final String PASSWORD = "correct horse battery";

  final TwoNodes nodes;
  final PrincipalId ann;
  final PrincipalId zoe;
  final PrincipalId ben;
  final WorkspaceId acme;
  final RoleId crew;
  final Device device;
  final Issued<ApiKey> annsKey;
  final Issued<ApiKey> bensKey;
  final Login bensSession;
  final CreatedApiUser robot;
  final Issued<AccessKey> paris;

  Cast(TwoNodes nodes, int number) {
    this.nodes = nodes;
    Management host = nodes.here.host;
    ann = host.users().create(id("ann" + number), "ann" + number).id();
    zoe = host.users().create(id("zoe" + number), "zoe" + number).id();
    ben = host.users().create(id("ben" + number), "ben" + number).id();
    nodes.here.changePassword(ben, PASSWORD);
    acme = host.workspaces().create(WorkspaceId.of("acme" + number), "Acme", ann).id();
    host.workspaces().addOwner(acme, zoe);
    RoleChanges rules = RoleChanges.builder().allow(RULES).build();
    crew = host.roles(acme).create(RoleId.of("crew" + number), "Crew", rules).id();
    ChangeSet rights =
        ChangeSet.builder().assign(crew, DeviceScope.none()).allow(PARIS, VIEW).build();
    host.members(acme).add(ben, rights);
    device = Device.of(acme, "t1").tagged("site", "paris");
    nodes.fleet.put(device);
    annsKey = host.apiKeys(ann).create(NewApiKey.of("ann's"));
    bensKey = host.apiKeys(ben).create(NewApiKey.of("ben's"));
    bensSession = nodes.here.login("ben" + number, PASSWORD).orElseThrow();
    robot = host.apiUsers(acme).create(NewApiUser.of("Robot", rights), NewApiKey.of("the robot's"));
    paris = host.accessKeys(acme).create("Paris", PARIS);
  }

  static PrincipalId id(String username) {
    return PrincipalId.of("u-" + username);
  }

  PresentedCredential asAnn() {
    return new BearerToken(annsKey.secret());
  }

  PresentedCredential asBen() {
    return new BearerToken(bensKey.secret());
  }

  PresentedCredential inBensSession() {
    return new BearerToken(bensSession.session().secret());
  }

  PresentedCredential asRobot() {
    return new BearerToken(robot.key().secret());
  }

  PresentedCredential asDevice() {
    return DeviceLogin.of(paris.id(), paris.secret(), device.id());
  }

  /** The device moves to Rome, and the node where it did is told. */
  void moveDevice(Node where) {
    nodes.fleet.put(Device.of(acme, "t1").tagged("site", "rome"));
    where.thingward.deviceChanged(acme, device.id());
  }
}
