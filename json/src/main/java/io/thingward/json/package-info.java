/**
 * Records as JSON, in a format that stays readable: {@link io.thingward.json.StoreExport} writes
 * what stores hold, {@link io.thingward.json.RecordReader} makes a stream of records of a file, and
 * {@link io.thingward.json.Fixtures} puts a hand-written one into stores. {@code docs/json.md} has
 * the format. Reading is strict: whatever is not surely meant is an error that names its place.
 */
@NullMarked
@CheckReturnValue
package io.thingward.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
