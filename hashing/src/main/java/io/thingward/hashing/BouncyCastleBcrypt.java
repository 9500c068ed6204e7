package io.thingward.hashing;

import org.bouncycastle.crypto.generators.BCrypt;

/* With BouncyCastleArgon2 the only class that touches Bouncy Castle, which may be absent. */
final class BouncyCastleBcrypt {
  private BouncyCastleBcrypt() {}

  /** The 24 bytes of which a stored hash has 23. The key has at most 72 bytes. */
  // The newer overload has a flag that older versions of Bouncy Castle do not know.
  @SuppressWarnings("deprecation")
  static byte[] hash(byte[] key, byte[] salt, int cost) {
    return BCrypt.generate(key, salt, cost);
  }
}
