/** Hands audit events to listeners. Not exported. */
@NullMarked
@CheckReturnValue
package io.thingward.internal.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
