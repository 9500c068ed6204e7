/**
 * Changing who may do what. Every call names its actor and passes one gate: authorize, compare,
 * change, audit. Start at {@link io.thingward.management.Management}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.management;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
