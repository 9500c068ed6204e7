/**
 * The contract of a Thingward store. A store is dumb on purpose: get by key, insert if absent,
 * replace or delete if the version is equal, list. Whatever needs thought is in core. Start at
 * {@link io.thingward.store.Stores}, which lists the sentences that bind every store.
 */
@NullMarked
@CheckReturnValue
package io.thingward.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
