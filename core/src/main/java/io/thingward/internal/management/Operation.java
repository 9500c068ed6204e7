package io.thingward.internal.management;

import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import java.util.Locale;
import java.util.Optional;

/**
 * Every operation of management, and who may call it beside the host, who may call each. The table
 * in docs/management-operations.md says the same, and a test holds the two together.
 */
public enum Operation {
  USER_CREATE(Who.HOST),
  USER_READ(Who.SELF),
  USER_LIST(Who.HOST),
  USER_RENAME(Who.SELF_RECENT),
  USER_SUSPEND(Who.HOST),
  USER_RESUME(Who.HOST),
  USER_END(Who.HOST),
  USER_DELETE(Who.HOST),
  USER_ACTIVATE(Who.HOST),
  USER_FORCE_PASSWORD_CHANGE(Who.HOST),
  USER_ALLOW_PASSWORD_LOGIN(Who.HOST),
  USER_CHANGE_PASSWORD(Who.SELF_RECENT),
  SESSION_ISSUE(Who.HOST),
  SESSION_READ(Who.SELF),
  SESSION_END(Who.SELF),
  SESSION_END_ALL(Who.SELF),
  USER_KEY_CREATE(Who.SELF_RECENT),
  USER_KEY_READ(Who.SELF),
  USER_KEY_RENAME(Who.SELF_RECENT),
  USER_KEY_SUSPEND(Who.SELF_RECENT),
  USER_KEY_RESUME(Who.SELF_RECENT),
  USER_KEY_ROTATE(Who.SELF_RECENT),
  USER_KEY_DELETE(Who.SELF),
  WORKSPACE_CREATE(Who.HOST),
  WORKSPACE_READ(Who.MEMBER),
  WORKSPACE_LIST(Who.HOST),
  WORKSPACE_RENAME(ManagementPermissions.WORKSPACE_EDIT),
  WORKSPACE_SUSPEND(Who.HOST),
  WORKSPACE_RESUME(Who.HOST),
  WORKSPACE_DELETE(Who.OWNER),
  OWNER_ADD(Who.OWNER),
  OWNER_REMOVE(Who.OWNER),
  MEMBER_READ(ManagementPermissions.MEMBERS_READ),
  MEMBER_COMPARE(ManagementPermissions.MEMBERS_READ),
  MEMBER_ADD(ManagementPermissions.MEMBERS_EDIT),
  MEMBER_CHANGE(ManagementPermissions.MEMBERS_EDIT),
  MEMBER_REMOVE(ManagementPermissions.MEMBERS_EDIT),
  MEMBER_LEAVE(Who.MEMBER),
  RIGHTS_COMPARE(Who.MEMBER),
  ROLE_READ(ManagementPermissions.ROLES_READ),
  ROLE_CREATE(ManagementPermissions.ROLES_EDIT),
  ROLE_CHANGE(ManagementPermissions.ROLES_EDIT),
  ROLE_DELETE(ManagementPermissions.ROLES_EDIT),
  SHARED_ROLE_READ(Who.HOST),
  SHARED_ROLE_CREATE(Who.HOST),
  SHARED_ROLE_CHANGE(Who.HOST),
  SHARED_ROLE_DELETE(Who.HOST),
  API_USER_READ(ManagementPermissions.API_USERS_READ),
  API_USER_CREATE(ManagementPermissions.API_USERS_EDIT),
  API_USER_CHANGE(ManagementPermissions.API_USERS_EDIT),
  API_USER_RENAME(ManagementPermissions.API_USERS_EDIT),
  API_USER_SUSPEND(ManagementPermissions.API_USERS_EDIT),
  API_USER_RESUME(ManagementPermissions.API_USERS_EDIT),
  API_USER_END(ManagementPermissions.API_USERS_EDIT),
  API_USER_DELETE(ManagementPermissions.API_USERS_EDIT),
  API_USER_KEY_READ(ManagementPermissions.API_USERS_READ),
  API_USER_KEY_CREATE(ManagementPermissions.API_USERS_EDIT),
  API_USER_KEY_RENAME(ManagementPermissions.API_USERS_EDIT),
  API_USER_KEY_SUSPEND(ManagementPermissions.API_USERS_EDIT),
  API_USER_KEY_RESUME(ManagementPermissions.API_USERS_EDIT),
  API_USER_KEY_ROTATE(ManagementPermissions.API_USERS_EDIT),
  API_USER_KEY_DELETE(ManagementPermissions.API_USERS_EDIT),
  ACCESS_KEY_READ(ManagementPermissions.ACCESS_KEYS_READ),
  ACCESS_KEY_CREATE(ManagementPermissions.ACCESS_KEYS_EDIT),
  ACCESS_KEY_EDIT(ManagementPermissions.ACCESS_KEYS_EDIT),
  ACCESS_KEY_SUSPEND(ManagementPermissions.ACCESS_KEYS_EDIT),
  ACCESS_KEY_RESUME(ManagementPermissions.ACCESS_KEYS_EDIT),
  ACCESS_KEY_ROTATE(ManagementPermissions.ACCESS_KEYS_EDIT),
  ACCESS_KEY_DELETE(ManagementPermissions.ACCESS_KEYS_EDIT),
  WHO_CAN(ManagementPermissions.WHO_CAN_READ),
  IMPORT(Who.HOST),
  PURGE(Who.HOST);

  /** Who may call an operation, beside the host. */
  public enum Who {
    /** Nobody. */
    HOST,
    /** Whoever holds a permission in the workspace. */
    PERMISSION,
    /** An owner, through a credential without restriction. */
    OWNER,
    /** Whoever has a part in the workspace. */
    MEMBER,
    /** The user itself, from a live session. */
    SELF,
    /** The user itself, from a session whose login is recent. */
    SELF_RECENT
  }

  private final Who who;
  private final Optional<String> permission;

  Operation(Who who) {
    this.who = who;
    this.permission = Optional.empty();
  }

  Operation(WorkspacePermission permission) {
    this.who = Who.PERMISSION;
    this.permission = Optional.of(permission.name());
  }

  public Who who() {
    return who;
  }

  public Optional<String> permission() {
    return permission;
  }

  /** The name in the audit and in the table: "access-key-create". */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
