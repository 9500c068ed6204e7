package io.thingward.permission;

import java.util.List;

/**
 * The reserved workspace permissions that guard management. They are part of every {@link Catalog};
 * a host's permission may imply them. {@code docs/management-operations.md} lists which operation
 * needs which.
 */
public final class ManagementPermissions {
  /** Rename the workspace. */
  public static final WorkspacePermission WORKSPACE_EDIT =
      WorkspacePermission.of("thingward.workspace.edit", "Rename the workspace");

  /** List members with their rights. */
  public static final WorkspacePermission MEMBERS_READ =
      WorkspacePermission.of("thingward.members.read", "List members with their rights");

  /** Add, change and remove members. */
  public static final WorkspacePermission MEMBERS_EDIT =
      WorkspacePermission.of("thingward.members.edit", "Add, change and remove members")
          .implying(MEMBERS_READ);

  /** List roles. */
  public static final WorkspacePermission ROLES_READ =
      WorkspacePermission.of("thingward.roles.read", "List roles");

  /** Create, change and delete roles of the workspace. */
  public static final WorkspacePermission ROLES_EDIT =
      WorkspacePermission.of("thingward.roles.edit", "Create, change and delete roles")
          .implying(ROLES_READ);

  /** List API users with their rights and keys. */
  public static final WorkspacePermission API_USERS_READ =
      WorkspacePermission.of("thingward.api-users.read", "List API users, their rights and keys");

  /** Create, change and delete API users and their keys. */
  public static final WorkspacePermission API_USERS_EDIT =
      WorkspacePermission.of(
              "thingward.api-users.edit", "Create, change and delete API users and their keys")
          .implying(API_USERS_READ);

  /** List access keys. */
  public static final WorkspacePermission ACCESS_KEYS_READ =
      WorkspacePermission.of("thingward.access-keys.read", "List access keys");

  /** Create, change, rotate and delete access keys. */
  public static final WorkspacePermission ACCESS_KEYS_EDIT =
      WorkspacePermission.of(
              "thingward.access-keys.edit", "Create, change, rotate and delete access keys")
          .implying(ACCESS_KEYS_READ);

  /** See who may do what on a device. */
  public static final WorkspacePermission WHO_CAN_READ =
      WorkspacePermission.of("thingward.who-can.read", "See who may do what on a device");

  private ManagementPermissions() {}

  /** All of them. */
  public static List<WorkspacePermission> all() {
    return List.of(
        WORKSPACE_EDIT,
        MEMBERS_READ,
        MEMBERS_EDIT,
        ROLES_READ,
        ROLES_EDIT,
        API_USERS_READ,
        API_USERS_EDIT,
        ACCESS_KEYS_READ,
        ACCESS_KEYS_EDIT,
        WHO_CAN_READ);
  }
}
