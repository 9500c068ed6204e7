package io.thingward.authentication;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What came of presenting a credential: {@link Authenticated}, {@link Refused} or {@link TryLater}.
 * Where a store did not answer there is no result but an {@link
 * io.thingward.error.UnavailableException}.
 *
 * @param <T> what a success gives: a subject, or a login
 */
public sealed interface Authentication<T> {
  /** What a success gave, or empty. */
  default Optional<T> toOptional() {
    return this instanceof Authenticated<T> success
        ? Optional.of(success.value())
        : Optional.empty();
  }

  /** What a success gave; {@link NoSuchElementException} for any other outcome. */
  default T orElseThrow() {
    return toOptional().orElseThrow(() -> new NoSuchElementException("not authenticated: " + this));
  }

  /**
   * The credential was right, and its holder stands.
   *
   * @param value what the success gives
   * @param <T> its type
   */
  record Authenticated<T>(T value) implements Authentication<T> {}

  /**
   * The one answer for every failure of identity: unknown, wrong, suspended, expired, of another
   * workspace, out of scope. The precise reason goes to the audit, never to the client.
   *
   * @param <T> what a success would have given
   */
  record Refused<T>() implements Authentication<T> {}

  /**
   * Nothing was looked at: too many attempts, or too much work at once. Alike for names that exist
   * and names that do not.
   *
   * @param retryAfter when an attempt may be admitted again; a hint
   * @param <T> what a success would have given
   */
  record TryLater<T>(Duration retryAfter) implements Authentication<T> {}
}
