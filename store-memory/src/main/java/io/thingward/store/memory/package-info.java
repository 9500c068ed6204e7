/**
 * Stores that keep everything in this process and nothing after it: the reference implementation of
 * the store contract, for tests and for use on a single node. Start at {@link
 * io.thingward.store.memory.MemoryStores}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.store.memory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
