/** How fast passwords may be guessed. Start at {@link io.thingward.throttle.ThrottlePolicy}. */
@NullMarked
@CheckReturnValue
package io.thingward.throttle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
