/**
 * What happened, as typed events for a host's audit log. Start at {@link
 * io.thingward.audit.AuditListener}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
