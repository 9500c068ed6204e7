package io.thingward.hashing;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import org.jspecify.annotations.Nullable;

/*
 * The one class that touches argon2-jvm. Of its functions only this one is used: bytes in, bytes out,
 * parameters in our own parser's bounds. Its "verify" answers false where the hash is malformed or
 * memory is short. The native copies of password and secret are wiped by it.
 */
final class NativeArgon2 extends Argon2Backend {
  private final Argon2Advanced argon2;
  private final @Nullable HashThreads threads;

  NativeArgon2() {
    this(Argon2Factory.createAdvanced(Argon2Types.ARGON2id), null);
  }

  private NativeArgon2(Argon2Advanced argon2, @Nullable HashThreads threads) {
    this.argon2 = argon2;
    this.threads = threads;
  }

  @Override
  Argon2Backend forCallsAtOnce(int calls) {
    return new NativeArgon2(argon2, new HashThreads(calls));
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  boolean usesHeap() {
    return false;
  }

  @Override
  byte[] hash(
      byte[] password,
      byte[] salt,
      byte @Nullable [] secret,
      byte @Nullable [] data,
      Argon2Cost cost) {
    return threads == null
        ? hashHere(password, salt, secret, data, cost)
        : threads.call(() -> hashHere(password, salt, secret, data, cost));
  }

  private byte[] hashHere(
      byte[] password,
      byte[] salt,
      byte @Nullable [] secret,
      byte @Nullable [] data,
      Argon2Cost cost) {
    try {
      return argon2.rawHashAdvanced(
          cost.iterations(),
          cost.memoryKib(),
          cost.parallelism(),
          password,
          salt,
          secret,
          data,
          cost.tagBytes(),
          Argon2Version.V13);
    } catch (IllegalStateException e) {
      /* The library's message is the text for its error code, such as "Memory allocation error". */
      throw new IllegalStateException(
          "native Argon2id (" + cost + ") failed: " + e.getMessage(), e);
    }
  }
}
