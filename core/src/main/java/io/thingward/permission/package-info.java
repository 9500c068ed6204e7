/**
 * What a host declares once: its permissions and what they imply. Start at {@link
 * io.thingward.permission.Catalog}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.permission;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
