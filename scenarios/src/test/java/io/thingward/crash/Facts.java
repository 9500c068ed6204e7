package io.thingward.crash;

import io.thingward.model.CredentialId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;

/** Facts as text, so that they can be told from one process to another: {@link Witness}. */
final class Facts {
  private Facts() {}

  /** This token authenticates. */
  static String admits(String token) {
    return "admits " + token;
  }

  /** This access key authenticates a device. */
  static String admits(CredentialId key, String secret) {
    return "admits-device " + key + " " + secret;
  }

  /** The workspace has an access key of this name. */
  static String listed(WorkspaceId workspace, String name) {
    return "listed " + workspace.value() + " " + name;
  }

  /** Whoever has this token owns the workspace. */
  static String owns(String token, WorkspaceId workspace) {
    return "owns " + token + " " + workspace.value();
  }

  /** Whoever has this token may do this on a device with this tag. */
  static String may(
      String token, DevicePermission permission, WorkspaceId workspace, String key, String value) {
    return String.join(" ", "may", token, permission.name(), workspace.value(), key, value);
  }
}
