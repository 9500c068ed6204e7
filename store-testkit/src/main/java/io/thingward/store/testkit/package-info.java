/**
 * The store contract as tests. The author of a store extends one class for each aggregate, such as
 * {@link io.thingward.store.testkit.KeyStoreContract}, and overrides one method that makes an empty
 * store. {@link io.thingward.store.testkit.StoresContract}, {@link
 * io.thingward.store.testkit.DurabilityContract}, {@link
 * io.thingward.store.testkit.UnreachableContract} and {@link
 * io.thingward.store.testkit.NewerFormatContract} are for what not every store can show, {@link
 * io.thingward.store.testkit.ChangeFeedContract}, {@link
 * io.thingward.store.testkit.UnreachableFeedContract}, {@link
 * io.thingward.store.testkit.KeyViewsContract} and {@link
 * io.thingward.store.testkit.SessionViewsContract} for what a store may have.
 *
 * <p>Each test is named after the sentence that it tests: S1 to S90, in the documentation of {@link
 * io.thingward.store.Stores} and of the methods of each store.
 */
@NullMarked
@CheckReturnValue
package io.thingward.store.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
