/** Presented credential in, subject out. Not exported. */
@NullMarked
@CheckReturnValue
package io.thingward.internal.authentication;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
