package io.thingward.management;

import io.thingward.error.UnavailableException;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.Activation;
import io.thingward.store.LifecycleState;
import io.thingward.store.UserRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A user, without anything secret.
 *
 * @param id its id; never changes
 * @param username the name it logs in with
 * @param created when it was created
 * @param state active, suspended, or being deleted
 * @param endsAt from when on it is as if suspended, if ever
 * @param hasPassword whether a password is set
 * @param passwordLoginStopped whether too many wrong guesses have stopped password login
 * @param activationEndsAt until when the activation code that is out counts, if one is; it may be
 *     past
 */
public record User(
    PrincipalId id,
    Username username,
    Instant created,
    LifecycleState state,
    Optional<Instant> endsAt,
    boolean hasPassword,
    boolean passwordLoginStopped,
    Optional<Instant> activationEndsAt) {

  static User of(UserRecord record) {
    return new User(
        record.id(),
        record
            .username()
            .orElseThrow(() -> new UnavailableException("a store returned a user without a name")),
        record.created(),
        record.state(),
        record.endsAt(),
        record.password().isPresent(),
        record.passwordLoginStopped(),
        record.activation().map(Activation::endsAt));
  }
}
