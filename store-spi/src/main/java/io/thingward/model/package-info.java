/**
 * The values that records are made of: ids, tags, selectors, scopes, grants, restrictions. Each is
 * immutable, validated when it is made, compared exactly (case-sensitive, no normalisation), and
 * safe to log. Start at {@link io.thingward.model.DeviceScope}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
