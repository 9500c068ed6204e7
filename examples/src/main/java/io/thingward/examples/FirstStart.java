package io.thingward.examples;

import io.thingward.access.Device;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.management.AccessKey;
import io.thingward.management.ActivationCode;
import io.thingward.management.BulkOutcome;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewAccessKey;
import io.thingward.management.RoleChanges;
import io.thingward.management.Roles;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.permission.Catalog;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a platform does once, when it starts for the first time: it brings its users, workspaces,
 * roles, members, API users and access keys into the library, as the host. The secrets that come of
 * it are here and nowhere else, until they are handed over.
 */
final class FirstStart implements AutoCloseable {
  private static final String ALPHABET =
      "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int PASSWORD_LENGTH = 20;

  private final Platform platform;
  private final Management host;
  private final Catalog catalog;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ActivationCode> activations = new HashMap<>();
  private final Map<String, PrincipalId> apiUsers = new HashMap<>();
  private final Map<String, Issued<AccessKey>> accessKeys = new HashMap<>();

  FirstStart(Platform platform, FleetFile file) {
    this.platform = platform;
    host = platform.host("first start");
    catalog = platform.thingward.catalog();
    for (FleetFile.User user : file.users()) {
      ActivationCode code =
          host.users()
              .create(PrincipalId.of(user.id()), user.username())
              .activation()
              .orElseThrow();
      activations.put(user.id(), code);
    }
    createRoles(host.sharedRoles(), file.sharedRoles());
    file.workspaces().forEach(this::createWorkspace);
  }

  private void createWorkspace(FleetFile.Workspace workspace) {
    WorkspaceId id = WorkspaceId.of(workspace.id());
    List<PrincipalId> owners = workspace.owners().stream().map(PrincipalId::of).toList();
    host.workspaces().create(id, workspace.name(), owners.get(0));
    owners.forEach(owner -> host.workspaces().addOwner(id, owner));
    for (FleetFile.Device device : workspace.devices()) {
      platform.fleet.put(device(id, device));
    }
    createRoles(host.roles(id), workspace.roles());
    for (FleetFile.Member member : workspace.members()) {
      host.members(id).add(PrincipalId.of(member.user()), changes(member.rights()));
    }
    for (FleetFile.ApiUser apiUser : workspace.apiUsers()) {
      apiUsers.put(
          apiUser.name(), host.apiUsers(id).create(apiUser.name(), changes(apiUser.rights())).id());
    }
    createAccessKeys(id, workspace.accessKeys());
  }

  private static Device device(WorkspaceId workspace, FleetFile.Device device) {
    Device described = Device.of(workspace, device.id());
    for (String tag : device.tags()) {
      String[] halves = tag.split("=", 2);
      described = described.tagged(halves[0], halves[1]);
    }
    return described;
  }

  private void createRoles(Roles roles, List<FleetFile.Role> wanted) {
    for (FleetFile.Role role : wanted) {
      RoleChanges.Builder permissions = RoleChanges.builder();
      role.permissions().forEach(name -> permissions.allow(workspacePermission(name)));
      role.onAllDevices().forEach(name -> permissions.allowOnAllDevices(devicePermission(name)));
      role.onAssignedDevices()
          .forEach(name -> permissions.allowOnAssignedDevices(devicePermission(name)));
      roles.create(RoleId.of(role.id()), role.name(), permissions.build());
    }
  }

  private ChangeSet changes(FleetFile.Rights rights) {
    ChangeSet.Builder changes = ChangeSet.builder();
    rights.permissions().forEach(name -> changes.allow(workspacePermission(name)));
    for (FleetFile.Assignment assignment : rights.roles()) {
      changes.assign(RoleId.of(assignment.role()), DeviceScope.parse(assignment.devices()));
    }
    for (FleetFile.Grant grant : rights.grants()) {
      DeviceScope scope = DeviceScope.parse(grant.devices());
      grant.permissions().forEach(name -> changes.allow(scope, devicePermission(name)));
    }
    return changes.build();
  }

  /* All keys of a workspace in one call. */
  private void createAccessKeys(WorkspaceId workspace, List<FleetFile.AccessKey> wanted) {
    List<NewAccessKey> keys =
        wanted.stream()
            .map(key -> NewAccessKey.of(key.name(), DeviceScope.parse(key.devices())))
            .toList();
    host.accessKeys(workspace).createAll(keys).stream()
        .map(BulkOutcome::orElseThrow)
        .forEach(issued -> accessKeys.put(issued.value().name(), issued));
  }

  private WorkspacePermission workspacePermission(String name) {
    return catalog
        .workspacePermission(name)
        .orElseThrow(() -> new IllegalArgumentException("no workspace permission " + name));
  }

  private DevicePermission devicePermission(String name) {
    return catalog
        .devicePermission(name)
        .orElseThrow(() -> new IllegalArgumentException("no device permission " + name));
  }

  // --- what is handed over ---

  /** The one-time code of a user. */
  ActivationCode activation(String user) {
    return Objects.requireNonNull(activations.get(user), user);
  }

  PrincipalId apiUser(String name) {
    return Objects.requireNonNull(apiUsers.get(name), name);
  }

  Issued<AccessKey> accessKey(String name) {
    return Objects.requireNonNull(accessKeys.get(name), name);
  }

  /** A password as a password manager would choose it. */
  Password newPassword() {
    char[] chosen = new char[PASSWORD_LENGTH];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    try {
      return Password.copyOf(chosen);
    } finally {
      Arrays.fill(chosen, ' ');
    }
  }

  /** A user chooses a password, and logs in with it. */
  Login signIn(String user) {
    ActivationCode code = activation(user);
    String username = code.username().value();
    try (Password password = newPassword()) {
      PrincipalId activated = platform.activate(username, code.code(), password).orElseThrow();
      assert activated.equals(code.user());
      return platform.login(username, password).orElseThrow();
    }
  }

  @Override
  public void close() {
    activations.values().forEach(ActivationCode::close);
    accessKeys.values().forEach(Issued::close);
  }
}
