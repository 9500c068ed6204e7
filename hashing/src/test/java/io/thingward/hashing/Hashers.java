package io.thingward.hashing;

import io.thingward.model.PasswordHash;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tests share. */
final class Hashers {
  /** The least that Argon2 can do, for speed. */
  static final Argon2Cost TINY = new Argon2Cost(8, 1, 1, 16, 32);

  /** In the order of {@link Argon2Backend#fastestWorking}. */
  static Stream<Argon2Backend> backends() {
    return Stream.of(Argon2Backend.nativeLibrary(), Argon2Backend.bouncyCastle());
  }

  static Argon2Hasher.Builder tinyBuilder(Argon2Backend backend) {
    return Argon2Hasher.builder()
        .memoryKib(TINY.memoryKib())
        .iterations(TINY.iterations())
        .parallelism(TINY.parallelism())
        .backend(backend);
  }

  static Argon2Hasher tiny(Argon2Backend backend) {
    return new Argon2Hasher(tinyBuilder(backend));
  }

  static PasswordHash stored(String encoded) {
    return new PasswordHash(encoded, Optional.empty());
  }

  private Hashers() {}
}
