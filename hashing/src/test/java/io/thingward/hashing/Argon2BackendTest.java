package io.thingward.hashing;

import static io.thingward.hashing.Hashers.TINY;
import static io.thingward.hashing.Hashers.stored;
import static io.thingward.hashing.Hashers.tiny;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.password.Password;
import io.thingward.password.PasswordHasher.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Argon2BackendTest {
  /** The test vectors of the reference implementation, for argon2id and version 19. */
  private static final String[][] REFERENCE = {
    {
      "password",
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
    },
    {
      "password",
      "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
    },
    {
      "password",
      "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg"
    },
    {
      "password",
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
    },
    {
      "differentpassword",
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"
    },
    {
      "password",
      "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"
    },
  };

  static List<Argon2Backend> backends() {
    return Hashers.backends().toList();
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void hash_ofTheInputsOfRfc9106_isItsTestVector(Argon2Backend backend) {
    byte[] tag =
        backend.hash(
            filled(32, 1),
            filled(16, 2),
            filled(8, 3),
            filled(12, 4),
            new Argon2Cost(32, 3, 4, 16, 32));
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_ofTheStringsOfTheReferenceImplementation_matches(Argon2Backend backend) {
    Argon2Hasher hasher = tiny(backend);
    for (String[] vector : REFERENCE) {
      assertThat(hasher.verify(Password.of(vector[0]), stored(vector[1])))
          .as(vector[1])
          .isEqualTo(Verification.MATCH_NEEDS_REHASH);
      assertThat(hasher.verify(Password.of(vector[0] + " "), stored(vector[1])))
          .as(vector[1])
          .isEqualTo(Verification.MISMATCH);
    }
  }

  @Test
  void hash_withAnyTrustedParameters_isTheSameOnBothBackends() {
    Argon2Backend nativeLibrary = Argon2Backend.nativeLibrary();
    Argon2Backend bouncyCastle = Argon2Backend.bouncyCastle();
    qt().withExamples(150)
        .forAll(
            integers()
                .between(32, 600)
                .zip(
                    integers().between(1, 10),
                    integers().between(1, 4),
                    integers().between(8, 64),
                    integers().between(16, 64),
                    Argon2Cost::new),
            integers().between(1, Password.BYTES),
            longs().all())
        .checkAssert(
            (cost, length, seed) -> {
              Random random = new Random(seed);
              byte[] password = new byte[length];
              byte[] salt = new byte[cost.saltBytes()];
              random.nextBytes(password);
              random.nextBytes(salt);
              byte[] before = password.clone();
              assertThat(nativeLibrary.hash(password, salt, cost))
                  .isEqualTo(bouncyCastle.hash(password, salt, cost))
                  .hasSize(cost.tagBytes());
              assertThat(password).isEqualTo(before);
            });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void hash_ofAnyPasswordByte_depends(Argon2Backend backend) {
    byte[] password = filled(Password.BYTES, 'p');
    byte[] expected = backend.hash(password, new byte[16], TINY);
    for (int i : new int[] {0, 1, 71, 72, 73, 127, 128, 255, 256, Password.BYTES - 1}) {
      byte[] other = password.clone();
      other[i] ^= 1;
      assertThat(backend.hash(other, new byte[16], TINY)).as("byte %s", i).isNotEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  @Timeout(60)
  void hash_inManyThreads_isTheSameAsInOne(Argon2Backend backend) throws Exception {
    int tasks = 400;
    Argon2Cost cost = new Argon2Cost(64, 2, 2, 16, 32);
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      expected.add(backend.hash(("password " + i).getBytes(UTF_8), filled(16, i), cost));
    }
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        int n = i;
        calls.add(() -> backend.hash(("password " + n).getBytes(UTF_8), filled(16, n), cost));
      }
      int i = 0;
      for (Future<byte[]> result : threads.invokeAll(calls)) {
        assertThat(result.get()).isEqualTo(expected.get(i));
        i++;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /* "Error" is not "wrong", B20. */
  @Test
  void hash_whenTheNativeLibraryRefuses_throwsItsReasonAndNoSecret() {
    Argon2Cost shortSalt = new Argon2Cost(64, 1, 1, 4, 32);
    Argon2Backend backend = Argon2Backend.nativeLibrary();
    assertThatThrownBy(() -> backend.hash("s3cr3t".getBytes(UTF_8), new byte[4], shortSalt))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("native Argon2id")
        .hasMessageContaining("Salt is too short")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void hash_ofMoreThanHalfOfTheHeap_isRefusedByBouncyCastle() {
    long heapKib = Runtime.getRuntime().maxMemory() / 1_024;
    int tooMuch = (int) Math.min(Integer.MAX_VALUE, heapKib / 2 + 1);
    Argon2Backend backend = Argon2Backend.bouncyCastle();
    assertThatThrownBy(
            () -> backend.hash(new byte[1], new byte[16], new Argon2Cost(tooMuch, 1, 1, 16, 32)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("half of the heap");
  }

  @Test
  void working_whenItFails_throwsWithEveryCause() {
    IllegalStateException failure =
        new IllegalStateException("outer", new UnsatisfiedLinkError("failed to map segment"));
    assertThatThrownBy(
            () ->
                Argon2Backend.working(
                    "it",
                    () -> {
                      throw failure;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("it does not work", "outer", "failed to map segment")
        .hasCause(failure);
  }

  @Test
  void working_whenTheClassIsMissing_throws() {
    assertThatThrownBy(
            () ->
                Argon2Backend.working(
                    "it",
                    () -> {
                      throw new NoClassDefFoundError("some/Library");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("some/Library");
  }

  @Test
  void working_whenItComputesSomethingElse_throws() {
    assertThatThrownBy(() -> Argon2Backend.working("it", FakeBackend::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("it does not work (it computes a wrong hash)");
  }

  @Test
  void fastestWorking_withANativeLibrary_isThat() {
    assertThat(Argon2Backend.fastestWorking().name()).isEqualTo("native");
  }

  @Test
  void fastestWorking_withoutANativeLibrary_isBouncyCastleAndSaysWhy() {
    Argon2Backend backend =
        Argon2Backend.fastestWorking(
            () -> {
              throw new IllegalStateException("the native library does not work (noexec)");
            },
            BouncyCastleArgon2::new);
    assertThat(backend.name()).isEqualTo("bouncy-castle");
    assertThat(backend)
        .hasToString(
            "Argon2Backend[bouncy-castle, since the native library does not work (noexec)]");
  }

  @Test
  void fastestWorking_withNeither_throwsBothReasons() {
    assertThatThrownBy(
            () ->
                Argon2Backend.fastestWorking(
                    () -> Argon2Backend.working("the native library", FakeBackend::new),
                    why -> {
                      throw new NoClassDefFoundError("org/bouncycastle/X");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "no Argon2 works here",
            "the native library does not work",
            "Bouncy Castle does not work",
            "org/bouncycastle/X")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void usesHeap_isTrueOfBouncyCastleOnly() {
    assertThat(Argon2Backend.nativeLibrary().usesHeap()).isFalse();
    assertThat(Argon2Backend.bouncyCastle().usesHeap()).isTrue();
  }

  @Test
  void toString_ofABackend_isItsName() {
    assertThat(Argon2Backend.nativeLibrary()).hasToString("Argon2Backend[native]");
    assertThat(Argon2Backend.bouncyCastle()).hasToString("Argon2Backend[bouncy-castle]");
  }
}
