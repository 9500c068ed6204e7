/**
 * Checking and setting passwords: at the cost of one hash, throttled, counted and audited. Start at
 * {@link io.thingward.internal.password.Guesses}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.internal.password;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
