package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.CredentialId;

/**
 * A last use together with whose it is, as one value. A {@link LastUseStore} keeps the two as key
 * and value, one store for keys and one for sessions.
 *
 * @param of what was used
 * @param credential the public id of it
 * @param use when and from where
 */
public record CredentialUse(Of of, CredentialId credential, LastUse use) implements StoreRecord {
  /** Validates. */
  public CredentialUse {
    requireNonNull(of, "of");
    requireNonNull(credential, "credential");
    requireNonNull(use, "use");
  }

  /** What has a last use. */
  public enum Of {
    /** An API key or an access key: {@link Stores#keyUses()}. */
    KEY,
    /** A session: {@link Stores#sessionUses()}. */
    SESSION
  }
}
