/**
 * What a client presents and what comes of it. Start at {@link
 * io.thingward.authentication.Authentication}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.authentication;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
