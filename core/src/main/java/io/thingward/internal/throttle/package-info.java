/**
 * The counters behind {@link io.thingward.throttle.ThrottlePolicy}; no I/O. Start at {@link
 * io.thingward.internal.throttle.Throttle}. Not exported.
 */
@NullMarked
@CheckReturnValue
package io.thingward.internal.throttle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
