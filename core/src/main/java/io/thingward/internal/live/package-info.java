/**
 * Cached reads, writes that apply their own change, and subjects over them: the only room that
 * calls a store. Not exported.
 */
@NullMarked
@CheckReturnValue
package io.thingward.internal.live;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
