package io.thingward.benchmarks;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.RequestContext;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.management.ActivationCode;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewUser;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;

/** A member of a workspace, by a role and a grant, with a session and an API key. */
record Person(
    PrincipalId id,
    WorkspaceId workspace,
    RoleId role,
    Device device,
    Issued<ApiKey> key,
    Login session,
    ActivationCode code) {

  static final DevicePermission VIEW = DevicePermission.of("device.view", "See it");
  static final DevicePermission RECORD = DevicePermission.of("device.record", "Record");
  static final WorkspacePermission RULES = WorkspacePermission.of("rules", "Edit rules");
  static final DeviceScope PARIS = DeviceScope.anyOf("site=paris");

  /** A new one, made on this node, in a new workspace with another owner. */
  static Person on(Thingward node, int number) {
    Management host = node.asHost("benchmark");
    PrincipalId owner = host.users().create("owner" + number).id();
    WorkspaceId workspace = host.workspaces().create("Workspace " + number, owner).id();
    RoleId role =
        host.roles(workspace).create("Role", RoleChanges.builder().allow(RULES).build()).id();
    NewUser user =
        host.users()
            .create(PrincipalId.of("person" + number), "person" + number, NewApiKey.of("key"));
    host.members(workspace)
        .add(
            user.id(),
            ChangeSet.builder().assign(role, DeviceScope.none()).allow(PARIS, VIEW).build());
    return new Person(
        user.id(),
        workspace,
        role,
        Device.of(workspace, "t1").tagged("site", "paris"),
        user.key().orElseThrow(),
        host.sessions(user.id()).issue(RequestContext.none()),
        user.activation().orElseThrow());
  }
}
