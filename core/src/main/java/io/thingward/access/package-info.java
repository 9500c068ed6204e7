/**
 * Who is asking, about which device, and the answer: subjects, devices, decisions, filters. Start
 * at {@link io.thingward.access.Subject}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.access;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
