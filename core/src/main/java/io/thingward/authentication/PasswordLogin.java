package io.thingward.authentication;

import io.thingward.password.Password;
import java.util.Objects;

/**
 * A username and a password, as a person typed them.
 *
 * @param username any text; one that can be no username is refused like a wrong password
 * @param password the password, which the caller closes
 */
public record PasswordLogin(String username, Password password) {
  /** Validates. */
  public PasswordLogin {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(password, "password");
  }

  /** A login. */
  public static PasswordLogin of(String username, Password password) {
    return new PasswordLogin(username, password);
  }

  @Override
  public String toString() {
    return "PasswordLogin[...]"; // a password may have been typed into the wrong field
  }
}
