/**
 * The devices that a subject may see, asked of the host's own tables: {@link
 * io.thingward.filter.sql.DeviceTables} describes them once, and renders each {@link
 * io.thingward.access.DeviceFilter} as a condition, a page or a count, with every value bound.
 */
@NullMarked
@CheckReturnValue
package io.thingward.filter.sql;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
