package io.thingward.credential;

import io.thingward.model.CredentialId;
import java.util.Objects;

/**
 * A credential that was just created or rotated, with its secret. The one place where the secret
 * can be had: no later call returns it.
 *
 * <pre>{@code
 * try (Issued<AccessKey> key = management.accessKeys(workspace).create("Paris", scope)) {
 *   show(key.id(), key.secret().reveal());
 * }
 * }</pre>
 *
 * <p>Security: {@link #close} wipes the secret. Thread-safe.
 *
 * @param <T> what is known of the credential beside its secret
 */
public final class Issued<T> implements AutoCloseable {
  private final CredentialId id;
  private final T value;
  private final Secret secret;

  /** Joins a credential and its secret; made by management and authentication. */
  public Issued(CredentialId id, T value, Secret secret) {
    this.id = Objects.requireNonNull(id, "id");
    this.value = Objects.requireNonNull(value, "value");
    this.secret = Objects.requireNonNull(secret, "secret");
  }

  /** The public id: to log, list and revoke by. */
  public CredentialId id() {
    return id;
  }

  /** What is known of the credential, as a listing would show it. */
  public T value() {
    return value;
  }

  /**
   * The secret: for a session or API key the whole token, for an access key the half that is not
   * its id.
   */
  public Secret secret() {
    return secret;
  }

  /** Wipes the secret. */
  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "Issued[" + id + "]";
  }
}
