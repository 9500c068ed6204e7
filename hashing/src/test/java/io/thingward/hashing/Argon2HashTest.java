package io.thingward.hashing;

import static io.thingward.hashing.Hashers.stored;
import static io.thingward.hashing.Hashers.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.characters;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.password.Password;
import io.thingward.password.PasswordHasher.Verification;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;

class Argon2HashTest {
  private static final String SALT = Base64Text.encode(new byte[16]);
  private static final String TAG = Base64Text.encode(new byte[32]);
  private static final String VALID = phc("m=19456,t=2,p=1", 16, 32);

  private static String phc(String parameters, int saltBytes, int tagBytes) {
    return "$argon2id$v=19$"
        + parameters
        + "$"
        + Base64Text.encode(new byte[saltBytes])
        + "$"
        + Base64Text.encode(new byte[tagBytes]);
  }

  private static Gen<Argon2Hash> hashes() {
    Gen<Argon2Cost> costs =
        integers()
            .between(32, Argon2Cost.MAX_MEMORY_KIB)
            .zip(
                integers().between(1, 10),
                integers().between(1, 4),
                integers().between(8, 64),
                integers().between(16, 64),
                Argon2Cost::new);
    return costs.zip(
        longs().all(),
        (cost, seed) -> {
          Random random = new Random(seed);
          byte[] salt = new byte[cost.saltBytes()];
          byte[] tag = new byte[cost.tagBytes()];
          random.nextBytes(salt);
          random.nextBytes(tag);
          return new Argon2Hash(cost, salt, tag);
        });
  }

  @Test
  void read_ofWhatWasPrinted_isTheSame() {
    qt().forAll(hashes())
        .checkAssert(
            hash -> {
              Argon2Hash again = Argon2Hash.read(hash.encoded()).orElseThrow();
              assertThat(again.cost()).isEqualTo(hash.cost());
              assertThat(again.salt()).isEqualTo(hash.salt());
              assertThat(again.tag()).isEqualTo(hash.tag());
            });
  }

  @Test
  void read_ofAnyMutant_isTheOneSpellingOrNothing() {
    qt().withExamples(20_000)
        .forAll(hashes(), integers().between(0, 1_000), characters().ascii())
        .checkAssert(
            (hash, position, character) -> {
              StringBuilder text = new StringBuilder(hash.encoded());
              text.setCharAt(position % text.length(), character);
              assertOneSpelling(text.toString());
              text.deleteCharAt(position % text.length());
              assertOneSpelling(text.toString());
              text.insert(position % text.length(), character);
              assertOneSpelling(text.toString());
            });
  }

  private static void assertOneSpelling(String text) {
    Argon2Hash.read(text).ifPresent(hash -> assertThat(hash.encoded()).isEqualTo(text));
  }

  /* B23: the bits after the last byte are no second spelling. */
  @Test
  void read_ofEachLastCharacter_takesOnlyTheCanonicalOnes() {
    String saltStart = SALT.substring(0, SALT.length() - 1);
    String tagStart = TAG.substring(0, TAG.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    String start = "$argon2id$v=19$m=19456,t=2,p=1$";
    assertThat(alphabet.chars())
        .filteredOn(
            c -> Argon2Hash.read(start + saltStart + Character.toString(c) + "$" + TAG).isPresent())
        .hasSize(4);
    assertThat(alphabet.chars())
        .filteredOn(
            c -> Argon2Hash.read(start + SALT + "$" + tagStart + Character.toString(c)).isPresent())
        .hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=8,t=1,p=1",
        "m=32,t=1,p=4",
        "m=262144,t=2,p=1",
        "m=19456,t=10,p=1",
        "m=19456,t=2,p=4",
      })
  void verify_withParametersAtTheirBounds_computes(String parameters) {
    assertComputed(phc(parameters, 16, 32));
  }

  @ParameterizedTest
  @CsvSource({"8,16", "64,64"})
  void verify_withLengthsAtTheirBounds_computes(int saltBytes, int tagBytes) {
    assertComputed(phc("m=64,t=1,p=1", saltBytes, tagBytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=7,t=1,p=1",
        "m=31,t=1,p=4",
        "m=262145,t=2,p=1",
        "m=999999,t=2,p=1",
        "m=4194304,t=2,p=1",
        "m=4294967297,t=2,p=1", // 1 in 32 bits
        "m=4294986752,t=2,p=1", // 19456 in 32 bits
        "m=99999999999999999999,t=2,p=1",
        "m=19456,t=11,p=1",
        "m=19456,t=4294967298,p=1",
        "m=19456,t=0,p=1",
        "m=19456,t=2,p=0",
        "m=19456,t=2,p=5",
        "m=19456,t=2,p=10",
        "m=19456,t=2,p=4294967297",
        "m=0,t=2,p=1",
      })
  void verify_beyondTheBoundsOfA14_isUnreadableWithoutAnyWork(String parameters) {
    assertUnreadable(phc(parameters, 16, 32));
  }

  @ParameterizedTest
  @CsvSource({"7,32", "65,32", "0,32", "16,15", "16,65", "16,0"})
  void verify_withLengthsBeyondTheBoundsOfA14_isUnreadableWithoutAnyWork(
      int saltBytes, int tagBytes) {
    assertUnreadable(phc("m=64,t=1,p=1", saltBytes, tagBytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=019456,t=2,p=1",
        "m=+19456,t=2,p=1",
        "m=-19456,t=2,p=1",
        "m=19456,t=02,p=1",
        "m=19456,t=2,p=+1",
        "m=0x40,t=2,p=1",
        "m=1e4,t=2,p=1",
        "m=,t=2,p=1",
        "m=19456,t=2",
        "t=2,m=19456,p=1",
        "m=19456,p=1,t=2",
        "m=19456,t=2,p=1,keyid=AAAA",
        "m=19456,t=2,p=1,data=AAAA",
        "m=19456,t=2,p=1,",
        "m=19456,m=19456,t=2,p=1",
        "m=19456;t=2;p=1",
        "M=19456,T=2,P=1",
      })
  void verify_ofOtherSpellingsOfParameters_isUnreadable(String parameters) {
    assertUnreadable(phc(parameters, 16, 32));
  }

  /* Integer.parseInt takes them; a PasswordHash cannot even hold them. */
  @Test
  void read_ofArabicIndicDigits_isNothing() {
    assertThat(Argon2Hash.read(phc("m=\u0661\u0669\u0664\u0665\u0666,t=2,p=1", 16, 32))).isEmpty();
    assertThat(Argon2Hash.read(phc("m=19456,t=\u0662,p=1", 16, 32))).isEmpty();
    assertThat(Argon2Hash.read(phc("m=19456,t=2,p=\uff11", 16, 32))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "$",
        "$argon2id$",
        "$$$$$",
        "!",
        "password",
        "$2b$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$pbkdf2-sha256$i=1000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$6$rounds=5000$salt$hash",
      })
  void verify_ofOtherText_isUnreadable(String encoded) {
    assertUnreadable(encoded);
  }

  @Test
  void verify_ofOtherVariantsVersionsAndFrames_isUnreadable() {
    assertComputed(VALID);
    assertUnreadable(VALID.replace("argon2id", "argon2i"));
    assertUnreadable(VALID.replace("argon2id", "argon2d"));
    assertUnreadable(VALID.replace("argon2id", "Argon2id"));
    assertUnreadable(VALID.replace("v=19", "v=16"));
    assertUnreadable(VALID.replace("v=19", "v=20"));
    assertUnreadable(VALID.replace("v=19", "v=019"));
    assertUnreadable(VALID.replace("$v=19", ""));
    assertUnreadable(VALID.substring(1));
    assertUnreadable("$" + VALID);
    assertUnreadable(VALID + "$");
    assertUnreadable(VALID + "=");
    assertUnreadable(VALID.replace("$" + TAG, "=$" + TAG));
    assertUnreadable(VALID.replace(SALT, SALT.replace("AA", "_-")));
    assertUnreadable(VALID.substring(0, VALID.lastIndexOf('$')));
    assertUnreadable(VALID.substring(0, VALID.lastIndexOf('$') + 1));
    assertUnreadable(VALID + "AA");
    assertThat(Argon2Hash.read(VALID.replace("m=", "m= "))).isEmpty();
    assertThat(Argon2Hash.read(VALID + "\n")).isEmpty();
    assertThat(Argon2Hash.read("\n" + VALID)).isEmpty();
    assertThat(Argon2Hash.read(VALID + "\u0000")).isEmpty();
  }

  @Test
  void toString_showsNothing() {
    assertThat(Argon2Hash.read(VALID)).map(Argon2Hash::toString).hasValue("Argon2Hash[...]");
  }

  private static void assertComputed(String encoded) {
    FakeBackend backend = new FakeBackend();
    assertThat(tiny(backend).verify(Password.of("x"), stored(encoded)))
        .isEqualTo(Verification.MISMATCH);
    assertThat(backend.calls).hasValue(1);
    assertThat(Argon2Hash.read(encoded)).map(Argon2Hash::encoded).isEqualTo(Optional.of(encoded));
  }

  private static void assertUnreadable(String encoded) {
    FakeBackend backend = new FakeBackend();
    assertThat(tiny(backend).verify(Password.of("x"), stored(encoded)))
        .isEqualTo(Verification.UNREADABLE);
    assertThat(backend.calls).hasValue(0);
  }
}
