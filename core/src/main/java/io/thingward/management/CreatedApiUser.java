package io.thingward.management;

import io.thingward.credential.Issued;
import java.util.Objects;

/**
 * An API user that was created together with its first key.
 *
 * @param apiUser the API user
 * @param key its key, with the secret that no later call returns; close it once handed over
 */
public record CreatedApiUser(ApiUser apiUser, Issued<ApiKey> key) implements AutoCloseable {
  /** Validates. */
  public CreatedApiUser {
    Objects.requireNonNull(apiUser, "apiUser");
    Objects.requireNonNull(key, "key");
  }

  /** Wipes the secret. */
  @Override
  public void close() {
    key.close();
  }
}
