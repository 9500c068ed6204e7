/** Rights compiled to bit positions and indexed scopes; pure. Not exported. */
@NullMarked
@CheckReturnValue
package io.thingward.internal.rights;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
