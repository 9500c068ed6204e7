/** The token format, its digests and its random numbers. Not exported. */
@NullMarked
@CheckReturnValue
package io.thingward.internal.token;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
