package io.thingward.authentication;

import io.thingward.credential.Secret;
import java.util.Objects;

/**
 * A session token or an API key, as taken from a header. Take it from a header only: a token in a
 * URL ends up in logs (RFC 6750, section 2.3).
 *
 * @param token the whole text of the token
 */
public record BearerToken(Secret token) implements PresentedCredential {
  /** Validates. */
  public BearerToken {
    Objects.requireNonNull(token, "token");
  }

  /** The token with this text. */
  public static BearerToken of(CharSequence token) {
    return new BearerToken(Secret.of(token));
  }
}
