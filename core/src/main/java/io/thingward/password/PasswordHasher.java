package io.thingward.password;

import io.thingward.model.PasswordHash;

/**
 * The port to a password hash function. Designed for implementation: {@code thingward-hashing} has
 * Argon2id; tests count calls with a fake.
 *
 * <p>Implementations are thread-safe, bound the memory and the number of hashes that run at once,
 * and never keep or log a password. They do not close the passwords they are given. Peppers are
 * none of their business: core keys a password before it hands it over.
 *
 * <p>Throwing anything but {@link HasherBusyException} means that the hasher does not work; the
 * caller then reports "unavailable", never a match.
 */
public interface PasswordHasher {
  /**
   * Hashes a password with a fresh salt and the current parameters.
   *
   * @return the PHC string, without a pepper id
   * @throws HasherBusyException if too many hashes run or wait; nothing was computed
   */
  PasswordHash hash(Password password);

  /**
   * Compares a password with a stored hash, at the cost of one hash, unless the result is {@link
   * Verification#UNREADABLE}, which costs none. An empty password or hash never matches.
   *
   * @throws HasherBusyException if too many hashes run or wait; nothing was compared
   */
  Verification verify(Password password, PasswordHash stored);

  /** What a comparison found. */
  enum Verification {
    /** The password is right. */
    MATCH,
    /** The password is right, and the stored hash has weaker or other parameters than new ones. */
    MATCH_NEEDS_REHASH,
    /** The password is wrong. */
    MISMATCH,
    /**
     * The stored hash is of an unknown algorithm, malformed, or beyond the bounds that are trusted
     * (a forged one could ask for gigabytes).
     */
    UNREADABLE
  }
}
