package io.thingward.hashing;

import java.util.Optional;

/**
 * Verifies the password hashes that another system made, so that its users can move with their
 * passwords: {@link Argon2Hasher} asks it about every stored hash that is not its own, and the
 * caller replaces the hash at the first login that succeeds. None is asked unless the host says so,
 * by {@link Argon2Hasher.Builder#legacy}.
 *
 * <p>Designed for implementation. Implementations are thread-safe.
 *
 * <p>Security: whoever can write to the store chooses what is read, so an implementation bounds the
 * time and the memory that a hash may ask for before it computes anything. It hashes the whole
 * password or finds that it does not match: an algorithm that cuts passwords off, or that takes two
 * for one, would let a part of a password in. Passwords are UTF-8 in Unicode normalization form C;
 * where the other system hashed anything else, a user with a non-ASCII password needs a new one. An
 * account whose imported hash takes longer or shorter than a new one is told from others by the
 * time of a failed login, until it is upgraded.
 */
public interface LegacyVerifier {
  /**
   * Reads a stored hash, at no cost.
   *
   * @param encoded 1 to 1,000 printable ASCII characters
   * @return how passwords are compared with it; empty where it is of another kind, malformed, or
   *     asks for more than is trusted
   */
  Optional<Comparison> read(String encoded);

  /** Compares passwords with one stored hash. */
  @FunctionalInterface
  interface Comparison {
    /**
     * Whether the password is right, at the cost of one hash whatever the answer. The hash is
     * compared by {@link java.security.MessageDigest#isEqual}. An exception means that it could not
     * be found out; its message tells nothing of the password.
     *
     * @param password at least one byte; not changed, and not kept, for it is wiped afterwards
     */
    boolean matches(byte[] password);
  }

  /**
   * bcrypt, as {@code $2a$}, {@code $2b$} or {@code $2y$}, with a cost of 4 to 14. Computed by
   * Bouncy Castle, an optional dependency which the host adds.
   *
   * <p>bcrypt ignores what comes after the first 72 bytes of a password and after a NUL. So a
   * password with more than 72 bytes or with a NUL never matches here, even where it is the very
   * one that the other system was given: such a user needs a new password.
   *
   * @throws IllegalStateException if Bouncy Castle does not work here, with the reason
   */
  static LegacyVerifier bcrypt() {
    return Bcrypt.working();
  }

  /**
   * PBKDF2 with HMAC-SHA-256 or HMAC-SHA-512, as {@code $pbkdf2-sha256$i=600000$salt$hash} or
   * {@code $pbkdf2-sha512$i=210000,l=64$salt$hash}: Base64 without padding, a salt of 8 to 64
   * bytes, a hash of 16 to 64 bytes, at most 2,000,000 iterations over all blocks. An importer
   * brings other spellings into this one.
   *
   * <p>PBKDF2 takes a password for the same with NULs at its end. So a password that ends in a NUL
   * never matches here.
   */
  static LegacyVerifier pbkdf2() {
    return Pbkdf2::read;
  }
}
