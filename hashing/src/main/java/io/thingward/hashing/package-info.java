/**
 * Password hashing with Argon2id, and the verification of hashes brought along from other systems.
 * Start at {@link io.thingward.hashing.Argon2Hasher}.
 */
@NullMarked
@CheckReturnValue
package io.thingward.hashing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
