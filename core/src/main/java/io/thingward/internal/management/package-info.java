/**
 * What the operations of management have in common: the gate that authorizes and audits each, and
 * the steps that several of them take. The operations themselves are in {@code
 * io.thingward.management}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.internal.management;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
