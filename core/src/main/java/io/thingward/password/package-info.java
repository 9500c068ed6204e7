/**
 * Passwords as a type, the rules for choosing one, and the port to a password hash. Start at {@link
 * io.thingward.password.PasswordHasher}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.password;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
