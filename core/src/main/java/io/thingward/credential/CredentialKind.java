package io.thingward.credential;

/**
 * What kind of credential something is. A final class rather than an enum, since kinds will be
 * added and no caller's switch should break then.
 */
public final class CredentialKind {
  /** A session of a user. */
  public static final CredentialKind SESSION = new CredentialKind("session");

  /** An API key, which is its principal. */
  public static final CredentialKind API_KEY = new CredentialKind("api-key");

  /** An access key, with which devices of a workspace authenticate. */
  public static final CredentialKind ACCESS_KEY = new CredentialKind("access-key");

  private final String id;

  private CredentialKind(String id) {
    this.id = id;
  }

  /** A stable text for logs and wires. */
  public String id() {
    return id;
  }

  @Override
  public String toString() {
    return id;
  }
}
