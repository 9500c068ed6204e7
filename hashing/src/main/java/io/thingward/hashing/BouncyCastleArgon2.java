package io.thingward.hashing;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/* With BouncyCastleBcrypt the only class that touches Bouncy Castle, which may be absent. */
final class BouncyCastleArgon2 extends Argon2Backend {
  private final String why;

  /** Made for this reason; empty if it was asked for. */
  BouncyCastleArgon2(String why) {
    this.why = why;
  }

  @Override
  public String name() {
    return "bouncy-castle";
  }

  @Override
  boolean usesHeap() {
    return true;
  }

  @Override
  byte[] hash(
      byte[] password,
      byte[] salt,
      byte @Nullable [] secret,
      byte @Nullable [] data,
      Argon2Cost cost) {
    /* An exception for this hash is better than an OutOfMemoryError for whoever allocates next. */
    long limit = Runtime.getRuntime().maxMemory() / 2;
    if (cost.memoryBytes() > limit) {
      throw new IllegalStateException(
          "Argon2id (" + cost + ") needs more than half of the heap: " + limit + " bytes");
    }
    Argon2Parameters.Builder parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.parallelism())
            .withSalt(salt);
    if (secret != null) {
      parameters.withSecret(secret);
    }
    if (data != null) {
      parameters.withAdditional(data);
    }
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters.build());
    byte[] tag = new byte[cost.tagBytes()];
    generator.generateBytes(password, tag);
    return tag;
  }

  @Override
  public String toString() {
    return why.isEmpty() ? super.toString() : "Argon2Backend[" + name() + ", since " + why + "]";
  }
}
