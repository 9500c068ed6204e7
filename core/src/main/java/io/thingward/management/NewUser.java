package io.thingward.management;

import io.thingward.credential.Issued;
import io.thingward.model.PrincipalId;
import java.util.Optional;

/**
 * A user that was just created, with what it needs to begin.
 *
 * @param user the user
 * @param activation the code that sets its password; empty where the user brought a hash along, or
 *     the library was built without passwords
 * @param key its first API key, if one was asked for
 */
public record NewUser(User user, Optional<ActivationCode> activation, Optional<Issued<ApiKey>> key)
    implements AutoCloseable {

  /** The id of the user. */
  public PrincipalId id() {
    return user.id();
  }

  /** Wipes the secrets. */
  @Override
  public void close() {
    activation.ifPresent(ActivationCode::close);
    key.ifPresent(Issued::close);
  }
}
