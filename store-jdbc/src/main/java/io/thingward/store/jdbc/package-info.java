/**
 * Stores that keep everything in a relational database: H2 or PostgreSQL. Start at {@link
 * io.thingward.store.jdbc.JdbcStores}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.store.jdbc;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
