/**
 * Secrets as a type, the kinds of credentials, and what issuing one returns. Start at {@link
 * io.thingward.credential.Issued}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.credential;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
