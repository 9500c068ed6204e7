/**
 * What a refused or failed call throws: one root, five kinds. Start at {@link
 * io.thingward.error.ThingwardException}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.error;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
