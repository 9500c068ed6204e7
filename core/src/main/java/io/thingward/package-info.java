/** The library as a whole. Start at {@link io.thingward.Thingward}. */
@NullMarked
@CheckReturnValue
package io.thingward;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
