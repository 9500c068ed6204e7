package io.thingward.access;

/**
 * Why a decision is what it is: a stable code. A final class rather than an enum, since reasons
 * will be added and no caller's switch should break then. {@code docs/reasons.md} says of each what
 * to do.
 */
public final class Reason {
  /** Allowed: an owner of the workspace holds every permission. */
  public static final Reason OWNER = new Reason("OWNER");

  /** Allowed: the membership holds the workspace permission itself. */
  public static final Reason WORKSPACE_PERMISSION = new Reason("WORKSPACE_PERMISSION");

  /** Allowed: a role of the membership. */
  public static final Reason ROLE = new Reason("ROLE");

  /** Allowed: a device grant of the membership. */
  public static final Reason GRANT = new Reason("GRANT");

  /** Allowed: a device on itself. */
  public static final Reason DEVICE_SELF = new Reason("DEVICE_SELF");

  /** Allowed: a device on a device of its access key's scope. */
  public static final Reason DEVICE_PEER = new Reason("DEVICE_PEER");

  /**
   * Denied: nothing grants it. Also the answer for a workspace that does not exist, or that the
   * subject does not belong to.
   */
  public static final Reason NOT_GRANTED = new Reason("NOT_GRANTED");

  /** Denied: the principal holds it, but the API key's restriction leaves it out. */
  public static final Reason RESTRICTED = new Reason("RESTRICTED");

  /** Denied: a device may do this on itself only. */
  public static final Reason SELF_ONLY = new Reason("SELF_ONLY");

  /**
   * Denied: the target is outside the device's access key's scope, or in another workspace; in the
   * audit of an authentication: the device that came with the key is, or the directory does not
   * know it.
   */
  public static final Reason OUT_OF_SCOPE = new Reason("OUT_OF_SCOPE");

  /** Denied for now: the device itself is gone or no longer matches its access key's scope. */
  public static final Reason DEVICE_LEFT_SCOPE = new Reason("DEVICE_LEFT_SCOPE");

  /** Denied for now: the credential is suspended. */
  public static final Reason CREDENTIAL_SUSPENDED = new Reason("CREDENTIAL_SUSPENDED");

  /** Denied for good: the credential expired, was revoked, rotated away or logged out. */
  public static final Reason CREDENTIAL_ENDED = new Reason("CREDENTIAL_ENDED");

  /** Denied for now: the principal is suspended or past its end. */
  public static final Reason PRINCIPAL_SUSPENDED = new Reason("PRINCIPAL_SUSPENDED");

  /** Denied for good: the principal was deleted. */
  public static final Reason PRINCIPAL_DELETED = new Reason("PRINCIPAL_DELETED");

  /** Denied for now: the workspace is suspended; told only to those who belong to it. */
  public static final Reason WORKSPACE_SUSPENDED = new Reason("WORKSPACE_SUSPENDED");

  /** Denied for good: the workspace was deleted; told only where a credential hung on it. */
  public static final Reason WORKSPACE_DELETED = new Reason("WORKSPACE_DELETED");

  private final String code;

  private Reason(String code) {
    this.code = code;
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
