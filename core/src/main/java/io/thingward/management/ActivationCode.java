package io.thingward.management;

import io.thingward.credential.Secret;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import java.time.Instant;

/**
 * A one-time code with which a user sets a password: {@code Thingward.activate}. It is shown here
 * and never again; a newer one replaces it. Deliver it to the user alone, by a channel that is the
 * user's: whoever has it becomes the user.
 *
 * @param user whose password it sets
 * @param username the name to present it with
 * @param code the code itself
 * @param endsAt from when on it no longer counts
 */
public record ActivationCode(PrincipalId user, Username username, Secret code, Instant endsAt)
    implements AutoCloseable {

  /** Wipes the code. */
  @Override
  public void close() {
    code.close();
  }
}
