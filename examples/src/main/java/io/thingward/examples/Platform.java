package io.thingward.examples;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.credential.Secret;
import io.thingward.hashing.Argon2Hasher;
import io.thingward.management.Management;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.memory.MemoryStores;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A small IoT platform around the library, as its developer would write it: its permissions, its
 * fleet, and the doors where people, programs and devices knock.
 */
final class Platform implements AutoCloseable {
  static final DevicePermission VIEW =
      DevicePermission.of("device.view", "See the device and its measurements");
  static final DevicePermission RECORD =
      DevicePermission.of("device.record", "Record measurements").implying(VIEW);
  static final DevicePermission CONTROL =
      DevicePermission.of("device.control", "Send commands").implying(VIEW);
  static final DevicePermission CONFIGURE =
      DevicePermission.of("device.configure", "Change name and tags").implying(VIEW);

  static final WorkspacePermission REPORTS =
      WorkspacePermission.of("workspace.reports", "Read reports");
  static final WorkspacePermission RULES =
      WorkspacePermission.of("workspace.rules", "Edit rules").implying(REPORTS);
  static final WorkspacePermission STAFF =
      WorkspacePermission.of("workspace.staff", "Add, change and remove members")
          .implying(ManagementPermissions.MEMBERS_EDIT);

  final Fleet fleet = new Fleet();
  final Thingward thingward;
  final FirstStart start;
  private volatile String lastReason = "";

  /** Starts the platform with what the fleet file says. */
  Platform() throws IOException {
    thingward =
        Thingward.builder()
            .permissions(VIEW, RECORD, CONTROL, CONFIGURE, REPORTS, RULES, STAFF)
            .devices(DeviceReach.self(RECORD).peers(VIEW))
            .directory(fleet)
            .passwords(Argon2Hasher.recommended2026())
            .stores(new MemoryStores())
            .audit(this::note)
            .build();
    try (InputStream json =
        Objects.requireNonNull(Platform.class.getResourceAsStream("fleet.json"))) {
      start = new FirstStart(this, FleetFile.read(json));
    }
  }

  /* The audit is told on the thread of the call, before the call returns. */
  private void note(AuditEvent event) {
    if (event instanceof AuditEvent.Authentication authentication) {
      lastReason = authentication.reason();
    }
  }

  /** Why the latest authentication came out as it did: for the platform's eyes only. */
  String lastReason() {
    return lastReason;
  }

  /** Management by the platform itself. */
  Management host(String reason) {
    return thingward.asHost(reason);
  }

  Device device(WorkspaceId workspace, String id) {
    return fleet.get(workspace, id);
  }

  // --- the doors ---

  /** A person logs in. */
  Authentication<Login> login(String username, Password password) {
    return thingward.login(
        PasswordLogin.of(username, password), RequestContext.of("192.0.2.10", "browser"));
  }

  /** A person sets a password, with the code that came with the account. */
  Authentication<PrincipalId> activate(String username, Secret code, Password password) {
    return thingward.activate(username, code, password, RequestContext.of("192.0.2.10", "browser"));
  }

  /** A request comes with a session token or an API key. */
  Authentication<Subject> request(Secret token) {
    return thingward.authenticate(
        new BearerToken(token), RequestContext.of("198.51.100.20", "api"));
  }

  /** A device connects: over MQTT its id is the client id, the key is username and password. */
  Authentication<Subject> connect(Device device, CredentialId key, Secret secret) {
    return thingward.authenticate(
        DeviceLogin.of(key, secret, device.id()), RequestContext.of("203.0.113.30", "mqtt"));
  }

  @Override
  public void close() {
    start.close();
    thingward.close();
  }
}
