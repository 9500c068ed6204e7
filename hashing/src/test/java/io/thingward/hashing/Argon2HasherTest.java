package io.thingward.hashing;

import static io.thingward.hashing.Hashers.TINY;
import static io.thingward.hashing.Hashers.stored;
import static io.thingward.hashing.Hashers.tiny;
import static io.thingward.hashing.Hashers.tinyBuilder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.model.PasswordHash;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher.Verification;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Argon2HasherTest {
  private static final Argon2Backend NATIVE = Argon2Backend.nativeLibrary();

  static List<Argon2Backend> backends() {
    return Hashers.backends().toList();
  }

  private static void assertNeverEachOther(Argon2Backend backend, String one, String other) {
    Argon2Hasher hasher = tiny(backend);
    assertThat(hasher.verify(Password.of(one), hasher.hash(Password.of(one))))
        .isEqualTo(Verification.MATCH);
    assertThat(hasher.verify(Password.of(other), hasher.hash(Password.of(one))))
        .isEqualTo(Verification.MISMATCH);
    assertThat(hasher.verify(Password.of(one), hasher.hash(Password.of(other))))
        .isEqualTo(Verification.MISMATCH);
  }

  @Test
  @DisplayName("A11: the presets make hashes with the recommended parameters")
  void hash_ofThePresets_hasTheirParameters() {
    Password password = Password.of("correct horse battery staple");
    PasswordHash recommended = Argon2Hasher.recommended2026().hash(password);
    assertThat(recommended.encoded())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}");
    assertThat(recommended.pepper()).isEmpty();
    PasswordHash high = Argon2Hasher.high2026().hash(password);
    assertThat(high.encoded())
        .matches("\\$argon2id\\$v=19\\$m=65536,t=3,p=1\\$[^$]{22}\\$[^$]{43}");

    assertThat(Argon2Hasher.recommended2026().verify(password, recommended))
        .isEqualTo(Verification.MATCH);
    assertThat(Argon2Hasher.recommended2026().verify(password, high))
        .isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(Argon2Hasher.high2026().verify(password, recommended))
        .isEqualTo(Verification.MATCH_NEEDS_REHASH);
  }

  @Test
  void defaults_areThoseOfA13() {
    assertThat(Argon2Hasher.recommended2026().permits())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(Argon2Hasher.recommended2026())
        .hasToString(
            "Argon2Hasher[m=19456,t=2,p=1, salt of 16 bytes, tag of 32 bytes,"
                + " Argon2Backend[native], permits="
                + Runtime.getRuntime().availableProcessors()
                + ", queue=32, maxWait=PT2S]");
  }

  @ParameterizedTest
  @CsvSource({
    "47104,1,1",
    "19456,2,1",
    "12288,3,1",
    "12288,10,1",
    "65536,3,2",
    "65536,3,4",
    "262144,1,1"
  })
  void build_atAFloorOfA11_makesAHasher(int memoryKib, int iterations, int parallelism) {
    assertThatCode(
            () ->
                Argon2Hasher.builder()
                    .backend(new FakeBackend())
                    .memoryKib(memoryKib)
                    .iterations(iterations)
                    .parallelism(parallelism)
                    .build())
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "47103,1,1",
    "19455,2,1",
    "12287,3,1",
    "12287,10,1",
    "19456,2,2",
    "65535,3,4",
    "65536,2,4"
  })
  void build_belowEveryFloorOfA11_throwsWithValueAndLimit(
      int memoryKib, int iterations, int parallelism) {
    Argon2Hasher.Builder builder =
        Argon2Hasher.builder()
            .backend(new FakeBackend())
            .memoryKib(memoryKib)
            .iterations(iterations)
            .parallelism(parallelism);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism)
        .hasMessageContaining("m=19456,t=2,p=1");
  }

  @Test
  void build_withShortSaltOrTag_throws() {
    Argon2Hasher.Builder salt = Argon2Hasher.builder().backend(new FakeBackend()).saltBytes(15);
    assertThatThrownBy(salt::build).hasMessageContaining("salt of 15 bytes");
    Argon2Hasher.Builder tag = Argon2Hasher.builder().backend(new FakeBackend()).tagBytes(31);
    assertThatThrownBy(tag::build).hasMessageContaining("tag of 31 bytes");
  }

  static List<UnaryOperator<Argon2Hasher.Builder>> tooMuch() {
    return List.of(
        b -> b.memoryKib(262_145),
        b -> b.memoryKib(-1),
        b -> b.memoryKib(7),
        b -> b.parallelism(4).memoryKib(31),
        b -> b.iterations(11),
        b -> b.iterations(0),
        b -> b.parallelism(5),
        b -> b.parallelism(0),
        b -> b.saltBytes(65),
        b -> b.saltBytes(7),
        b -> b.tagBytes(65),
        b -> b.tagBytes(15),
        b -> b.permits(0),
        b -> b.permits(1_025),
        b -> b.queue(-1),
        b -> b.queue(10_001),
        b -> b.maxWait(Duration.ofNanos(-1)),
        b -> b.maxWait(Duration.ofMinutes(1).plusNanos(1)));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void build_beyondABound_throwsWithValueAndLimit(UnaryOperator<Argon2Hasher.Builder> change) {
    Argon2Hasher.Builder builder = change.apply(Argon2Hasher.builder().backend(new FakeBackend()));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("\\w+ is .* to .*, not .*");
  }

  @Test
  void builder_ofNull_throwsWithTheName() {
    assertThatThrownBy(() -> Argon2Hasher.builder().backend(null)).hasMessage("backend");
    assertThatThrownBy(() -> Argon2Hasher.builder().maxWait(null)).hasMessage("maxWait");
    assertThatThrownBy(() -> Argon2Hasher.builder().random(null)).hasMessage("random");
    Argon2Hasher hasher = tiny(new FakeBackend());
    assertThatThrownBy(() -> hasher.hash(null)).hasMessage("password");
    assertThatThrownBy(() -> hasher.verify(null, stored("x"))).hasMessage("password");
    assertThatThrownBy(() -> hasher.verify(Password.of("x"), null)).hasMessage("stored");
  }

  @Test
  void toBuilder_ofAHasher_makesItsEqual() {
    FakeBackend backend = new FakeBackend();
    Argon2Hasher hasher =
        Argon2Hasher.builder()
            .memoryKib(65_536)
            .iterations(3)
            .parallelism(4)
            .saltBytes(24)
            .tagBytes(48)
            .backend(backend)
            .permits(3)
            .queue(5)
            .maxWait(Duration.ofMillis(7))
            .legacy(LegacyVerifier.pbkdf2())
            .build();
    Argon2Hasher copy = hasher.toBuilder().build();
    assertThat(copy).hasToString(hasher.toString());
    assertThat(copy.backend()).isSameAs(backend);
    assertThat(copy.permits()).isEqualTo(3);
    Argon2Hasher changed = hasher.toBuilder().permits(2).build();
    assertThat(changed.permits()).isEqualTo(2);
    assertThat(hasher.permits()).isEqualTo(3);
  }

  @Test
  @DisplayName("a builder used again does not change the hasher that it made")
  void build_isASnapshot() {
    Argon2Hasher.Builder builder = Argon2Hasher.builder().backend(new FakeBackend()).permits(1);
    Argon2Hasher first = builder.build();
    String before = first.toString();
    builder.permits(9).queue(9).memoryKib(65_536);
    assertThat(first).hasToString(before);
    assertThat(first.toBuilder().build()).hasToString(before);
  }

  @Test
  void hash_twice_hasFreshSalts() {
    Argon2Hasher hasher = tiny(new FakeBackend());
    Set<String> salts = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      salts.add(hasher.hash(Password.of("x")).encoded());
    }
    assertThat(salts).hasSize(1_000);
  }

  @Test
  @DisplayName("A16: without randomness there is no hash, and no other source is asked")
  void hash_withAFailingRandom_throws() {
    SecureRandom broken =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            throw new ProviderException("no entropy");
          }
        };
    FakeBackend backend = new FakeBackend();
    Argon2Hasher hasher = new Argon2Hasher(tinyBuilder(backend).random(broken));
    assertThatThrownBy(() -> hasher.hash(Password.of("x"))).isInstanceOf(ProviderException.class);
    assertThat(backend.calls).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_afterAChangeOfAnyBitOfTheTag_isMismatch(Argon2Backend backend) {
    Argon2Hasher hasher = tiny(backend);
    Password password = Password.of("x");
    Argon2Hash hash = Argon2Hash.read(hasher.hash(password).encoded()).orElseThrow();
    for (int bit = 0; bit < hash.tag().length * 8; bit++) {
      byte[] tag = hash.tag().clone();
      tag[bit / 8] ^= (byte) (1 << bit % 8);
      String forged = new Argon2Hash(hash.cost(), hash.salt(), tag).encoded();
      assertThat(hasher.verify(password, stored(forged))).isEqualTo(Verification.MISMATCH);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_afterAChangeOfAnyBitOfTheSalt_isMismatch(Argon2Backend backend) {
    Argon2Hasher hasher = tiny(backend);
    Password password = Password.of("x");
    Argon2Hash hash = Argon2Hash.read(hasher.hash(password).encoded()).orElseThrow();
    for (int bit = 0; bit < hash.salt().length * 8; bit++) {
      byte[] salt = hash.salt().clone();
      salt[bit / 8] ^= (byte) (1 << bit % 8);
      String forged = new Argon2Hash(hash.cost(), salt, hash.tag()).encoded();
      assertThat(hasher.verify(password, stored(forged))).isEqualTo(Verification.MISMATCH);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_afterAChangeOfAnyParameter_isMismatch(Argon2Backend backend) {
    Argon2Hasher hasher =
        new Argon2Hasher(tinyBuilder(backend).memoryKib(64).iterations(2).parallelism(2));
    Password password = Password.of("x");
    PasswordHash hash = hasher.hash(password);
    String encoded = hash.encoded();
    int lastDollar = encoded.lastIndexOf('$');
    for (String forged :
        List.of(
            encoded.replace("m=64", "m=80"),
            encoded.replace("t=2", "t=3"),
            encoded.replace("p=2", "p=1"),
            /* A shorter tag is no prefix of a longer one. */
            encoded.substring(0, lastDollar + 1 + 22).replaceFirst(".$", "A"))) {
      assertThat(hasher.verify(password, stored(forged)))
          .as(forged)
          .isEqualTo(Verification.MISMATCH);
    }
    assertThat(hasher.verify(password, hash)).isEqualTo(Verification.MATCH);
  }

  static List<UnaryOperator<Argon2Hasher.Builder>> otherParameters() {
    return List.of(
        b -> b.memoryKib(72),
        b -> b.memoryKib(56),
        b -> b.iterations(3),
        b -> b.iterations(1),
        b -> b.parallelism(1),
        b -> b.parallelism(3),
        b -> b.saltBytes(17),
        b -> b.saltBytes(15),
        b -> b.tagBytes(33),
        b -> b.tagBytes(31));
  }

  @ParameterizedTest
  @MethodSource("otherParameters")
  @DisplayName("A12: a hash with any other parameter matches and needs a new hash")
  void verify_withOtherParameters_needsRehash(UnaryOperator<Argon2Hasher.Builder> change) {
    UnaryOperator<Argon2Hasher.Builder> base = b -> b.memoryKib(64).iterations(2).parallelism(2);
    Argon2Hasher current = new Argon2Hasher(base.apply(tinyBuilder(NATIVE)));
    Argon2Hasher older = new Argon2Hasher(change.apply(base.apply(tinyBuilder(NATIVE))));
    Password password = Password.of("x");
    PasswordHash old = older.hash(password);
    assertThat(older.verify(password, old)).isEqualTo(Verification.MATCH);
    assertThat(current.verify(password, old)).isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(current.verify(Password.of("y"), old)).isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_ofAHashOfTheOtherBackend_matches(Argon2Backend backend) {
    Password password = Password.of("p\u00e4ssw\u00f6rd \ud83d\udd11");
    for (Argon2Backend other : backends()) {
      assertThat(tiny(backend).verify(password, tiny(other).hash(password)))
          .isEqualTo(Verification.MATCH);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  @DisplayName("A04: nothing is cut off, trimmed or folded")
  void verify_ofAlmostEqualPasswords_isMismatch(Argon2Backend backend) {
    String long255 = "p".repeat(255);
    assertNeverEachOther(backend, long255 + "a", long255 + "b");
    String wide255 = "\ud83d\udd11".repeat(255);
    assertNeverEachOther(backend, wide255 + "\ud83d\udd11", wide255 + "\ud83d\udd12");
    assertNeverEachOther(backend, "inner\0nul", "inner");
    assertNeverEachOther(backend, "inner\0nul", "inner\0");
    assertNeverEachOther(backend, "inner\0nul", "inner\0lun");
    assertNeverEachOther(backend, "trailing", "trailing ");
    assertNeverEachOther(backend, "trailing", "trailing\0");
    assertNeverEachOther(backend, "trailing", " trailing");
    assertNeverEachOther(backend, "Case", "case");
    assertNeverEachOther(backend, "\u0131", "i");
    assertNeverEachOther(backend, "\u0130", "I");
    assertNeverEachOther(backend, "a", "aa");
  }

  @ParameterizedTest
  @MethodSource("backends")
  @DisplayName("A09: composed and decomposed spellings are one password, compatible ones are not")
  void verify_ofUnicodeForms_normalizesCanonicallyOnly(Argon2Backend backend) {
    Argon2Hasher hasher = tiny(backend);
    String composed = "\u00c5ngstr\u00f6m";
    String decomposed = "A\u030angstro\u0308m";
    assertThat(hasher.verify(Password.of(decomposed), hasher.hash(Password.of(composed))))
        .isEqualTo(Verification.MATCH);
    assertThat(hasher.verify(Password.of(composed), hasher.hash(Password.of(decomposed))))
        .isEqualTo(Verification.MATCH);
    assertNeverEachOther(backend, "admin", "\uff41\uff44\uff4d\uff49\uff4e");
    assertNeverEachOther(backend, "x2", "x\u00b2");
  }

  @ParameterizedTest
  @MethodSource("backends")
  @DisplayName("A09, R26: a lone surrogate is never a question mark, and costs one hash")
  void verify_ofALoneSurrogate_isMismatch(Argon2Backend backend) {
    Argon2Hasher hasher = tiny(backend);
    for (String other : List.of("x?", "x", "x\ufffd")) {
      assertThat(hasher.verify(Password.of("x\ud800"), hasher.hash(Password.of(other))))
          .isEqualTo(Verification.MISMATCH);
    }
  }

  static List<Password> impossible() {
    return List.of(
        Password.of(""),
        Password.copyOf(new byte[0]),
        Password.of("x\ud800"),
        Password.of("x".repeat(257)),
        Password.of("x".repeat(5_000)));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  @DisplayName("R26, B01: what cannot be a password never matches and costs exactly one hash")
  void verify_ofAnImpossiblePassword_isMismatchAtTheCostOfOneHash(Password password) {
    FakeBackend backend = new FakeBackend();
    Argon2Hasher hasher =
        new Argon2Hasher(tinyBuilder(backend).legacy(new CountingLegacy(backend, "imported")));
    PasswordHash hash = hasher.hash(Password.of("x"));
    backend.calls.set(0);
    assertThat(hasher.verify(password, hash)).isEqualTo(Verification.MISMATCH);
    assertThat(backend.calls).hasValue(1);
    assertThat(backend.costs.get(1)).isEqualTo(TINY);

    /* Not even where the store has the hash of nothing. */
    byte[] ofNothing = backend.hash(new byte[1], new byte[16], TINY);
    String forged = new Argon2Hash(TINY, new byte[16], ofNothing).encoded();
    backend.calls.set(0);
    assertThat(hasher.verify(password, stored(forged))).isEqualTo(Verification.MISMATCH);
    assertThat(backend.calls).hasValue(1);

    backend.calls.set(0);
    assertThat(hasher.verify(password, stored("imported"))).isEqualTo(Verification.MISMATCH);
    assertThat(backend.calls).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void hash_ofAnImpossiblePassword_isRefused(Password password) {
    FakeBackend backend = new FakeBackend();
    Argon2Hasher hasher = tiny(backend);
    assertThatThrownBy(() -> hasher.hash(password)).isInstanceOf(IllegalArgumentException.class);
    assertThat(backend.calls).hasValue(0);
  }

  @Test
  @DisplayName("R26, B01: right or wrong, a verification is one hash, with the stored parameters")
  void verify_costsExactlyOneHash() {
    FakeBackend backend = new FakeBackend();
    Argon2Hasher hasher = tiny(backend);
    PasswordHash hash = hasher.hash(Password.of("x"));
    assertThat(hasher.verify(Password.of("x"), hash)).isEqualTo(Verification.MATCH);
    assertThat(hasher.verify(Password.of("y"), hash)).isEqualTo(Verification.MISMATCH);
    assertThat(backend.calls).hasValue(3);
    assertThat(backend.costs).containsOnly(TINY);
  }

  @Test
  void hashAndVerify_wipeTheirCopyOfThePassword() {
    FakeBackend backend = new FakeBackend();
    Argon2Hasher hasher =
        new Argon2Hasher(tinyBuilder(backend).legacy(new CountingLegacy(backend, "imported")));
    Password password = Password.of("s3cr3t");
    PasswordHash hash = hasher.hash(password);
    assertThat(hasher.verify(password, hash)).isEqualTo(Verification.MATCH);
    assertThat(hasher.verify(password, stored("imported"))).isEqualTo(Verification.MISMATCH);
    assertThat(backend.passwords).hasSize(3).allMatch(Argon2HasherTest::isWiped);
    assertThat(password.reveal()).as("not the hasher's to wipe").contains('s');
  }

  @Test
  @DisplayName(
      "a failing backend is an exception, never a mismatch; the copy is wiped all the same")
  void hashAndVerify_withAFailingBackend_throw() {
    String[] message = new String[1];
    FakeBackend backend =
        new FakeBackend() {
          @Override
          void during() {
            if (message[0] != null) {
              throw new IllegalStateException(message[0]);
            }
          }
        };
    Argon2Hasher hasher = new Argon2Hasher(tinyBuilder(backend).permits(1).queue(0));
    PasswordHash hash = hasher.hash(Password.of("s3cr3t"));
    message[0] = "Memory allocation error (-22)";
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> hasher.verify(Password.of("s3cr3t"), hash)).hasMessage(message[0]);
      assertThatThrownBy(() -> hasher.hash(Password.of("s3cr3t"))).hasMessage(message[0]);
    }
    message[0] = null;
    assertThat(hasher.verify(Password.of("s3cr3t"), hash)).isEqualTo(Verification.MATCH);
    assertThat(backend.passwords).hasSize(8).allMatch(Argon2HasherTest::isWiped);
  }

  private static boolean isWiped(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }

  @Test
  @DisplayName("B20: nothing that is printed has a password or a hash in it")
  void toString_ofEverything_showsNoSecret() {
    Argon2Hasher hasher =
        Argon2Hasher.builder().legacy(LegacyVerifier.bcrypt(), LegacyVerifier.pbkdf2()).build();
    PasswordHash hash = hasher.hash(Password.of("s3cr3t"));
    String tag = hash.encoded().substring(hash.encoded().lastIndexOf('$') + 1);
    String bcrypt = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    String pbkdf2 = "$pbkdf2-sha256$i=1$" + tag + "$" + tag;
    assertThat(LegacyVerifier.bcrypt().read(bcrypt).orElseThrow()).hasToString("Bcrypt[...]");
    assertThat(LegacyVerifier.pbkdf2().read(pbkdf2).orElseThrow()).hasToString("Pbkdf2[...]");
    assertThat(hasher.toBuilder()).asString().contains("m=19456,t=2,p=1");
    for (Object printed :
        List.of(
            hasher,
            hasher.toBuilder(),
            hasher.backend(),
            hash,
            Argon2Hash.read(hash.encoded()).orElseThrow())) {
      assertThat(printed.toString()).doesNotContain("s3cr3t", tag, "$", "CCCC");
    }
  }

  @Test
  @DisplayName("a backend in the heap gets as many permits as fit a quarter of it, one at least")
  void defaultPermits_fitTheHeap() {
    Argon2Cost mebibyte = new Argon2Cost(1_024, 1, 1, 16, 32);
    long mib = 1_024 * 1_024;
    assertThat(Argon2Hasher.defaultPermits(mebibyte, Long.MAX_VALUE, 64)).isEqualTo(64);
    assertThat(Argon2Hasher.defaultPermits(mebibyte, 256 * mib, 64)).isEqualTo(64);
    assertThat(Argon2Hasher.defaultPermits(mebibyte, 256 * mib - 1, 64)).isEqualTo(63);
    assertThat(Argon2Hasher.defaultPermits(mebibyte, 8 * mib, 64)).isEqualTo(2);
    assertThat(Argon2Hasher.defaultPermits(mebibyte, 1, 64)).isEqualTo(1);
  }

  @Test
  @DisplayName("what cannot fit the heap fails at the start, not at a login")
  void build_ofMoreThanHalfOfTheHeap_throws() {
    Argon2Cost mebibyte = new Argon2Cost(1_024, 1, 1, 16, 32);
    long mib = 1_024 * 1_024;
    assertThatCode(() -> Argon2Hasher.checkHeap(mebibyte, 8 * mib, 4)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Argon2Hasher.checkHeap(mebibyte, 8 * mib - 1, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 hashes at once take 4194304 bytes of heap")
        .hasMessageContaining("4194303");

    long heapKib = Runtime.getRuntime().maxMemory() / 1_024;
    int beyondHalf = (int) (heapKib / 2 / 262_144) + 1;
    Argon2Hasher.Builder builder = Argon2Hasher.builder().memoryKib(262_144).permits(beyondHalf);
    builder.backend(Argon2Backend.bouncyCastle());
    assertThatThrownBy(builder::build).hasMessageContaining("half of the maximum heap");
    builder.backend(NATIVE);
    assertThat(builder.build().permits()).isEqualTo(beyondHalf);
  }

  @ParameterizedTest
  @CsvSource({"8,1", "7,1", "16,2", "9,2", "17,3", "32,4", "33,4", "262144,4"})
  void permitsFor_aStoredHash_growWithItsMemory(int memoryKib, int permits) {
    Argon2Cost stored = new Argon2Cost(memoryKib, 1, 1, 16, 32);
    assertThat(Argon2Hasher.permitsFor(stored, TINY, 4)).isEqualTo(permits);
  }

  /** Reads one text and counts its hashes as the backend's. */
  private record CountingLegacy(FakeBackend backend, String known) implements LegacyVerifier {
    @Override
    public Optional<Comparison> read(String encoded) {
      return encoded.equals(known)
          ? Optional.of(
              password -> {
                byte[] tag = backend.hash(password, new byte[16], TINY);
                return tag.length == 0;
              })
          : Optional.empty();
    }
  }
}
