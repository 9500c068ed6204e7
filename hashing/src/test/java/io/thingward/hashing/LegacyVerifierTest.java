package io.thingward.hashing;

import static io.thingward.hashing.Hashers.stored;
import static io.thingward.hashing.Hashers.tinyBuilder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import io.thingward.password.Password;
import io.thingward.password.PasswordHasher.Verification;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes brought along from other systems. */
class LegacyVerifierTest {
  private static final String BCRYPT =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  private static final String SALT16 = Base64Text.encode(new byte[16]);
  private static final String TAG32 = Base64Text.encode(new byte[32]);

  private final FakeBackend argon2 = new FakeBackend();
  private final Argon2Hasher hasher =
      new Argon2Hasher(
          tinyBuilder(argon2).legacy(LegacyVerifier.bcrypt(), LegacyVerifier.pbkdf2()));

  private Verification verify(String password, String encoded) {
    return hasher.verify(Password.of(password), stored(encoded));
  }

  @Test
  void verify_unlessTheHostSaysSo_readsNoLegacyHash() {
    Argon2Hasher strict = new Argon2Hasher(tinyBuilder(argon2));
    assertThat(strict.verify(Password.of("U*U"), stored(BCRYPT)))
        .isEqualTo(Verification.UNREADABLE);
    assertThat(
            strict.verify(Password.of("x"), stored("$pbkdf2-sha256$i=1$" + SALT16 + "$" + TAG32)))
        .isEqualTo(Verification.UNREADABLE);
  }

  /* Vectors of crypt_blowfish, jBCrypt and Bouncy Castle. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          U*U,       $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW
          U*U*,      $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK
          U*U*U,     $2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a
          U*U*U*U*,  $2a$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O
          twist,     $2a$04$mlr.PoDP3w4SzMh8A/td4O2LE5lJcM2/JSPEwYH0wXmT/Ai.Ip3GG
          abc,       $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i
          """)
  void verify_ofBcryptVectors_matchesAndNeedsRehash(String password, String encoded) {
    assertThat(verify(password, encoded)).isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(verify(password + "x", encoded)).isEqualTo(Verification.MISMATCH);
    assertThat(verify("", encoded)).isEqualTo(Verification.MISMATCH);
    assertThat(verify(password, encoded.replace("$2a", "$2b")))
        .isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(verify(password, encoded.replace("$2a", "$2y")))
        .isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(argon2.calls).as("one hash is enough").hasValue(0);
  }

  @Test
  void verify_ofABcryptHash_isWhatBouncyCastleMakesOfTheBytes() {
    String password = "p\u00e4ssw\u00f6rd \ud83d\udd11";
    String encoded = OpenBSDBCrypt.generate("2b", password.getBytes(UTF_8), new byte[16], 4);
    assertThat(verify(password, encoded)).isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(verify(password + "?", encoded)).isEqualTo(Verification.MISMATCH);
  }

  /* CVE-2025-22228: bcrypt itself looks at 72 bytes only. */
  @Test
  void verify_ofMoreBytesThanBcryptTakes_isMismatch() {
    String encoded = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
    String taken = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    assertThat(taken).hasSize(72);
    assertThat(verify(taken, encoded)).isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(verify(taken + "chars after 72 are ignored", encoded))
        .as("the password of which the vector was made")
        .isEqualTo(Verification.MISMATCH);
    assertThat(verify(taken + "x", encoded)).isEqualTo(Verification.MISMATCH);
    assertThat(verify(taken.substring(0, 71), encoded)).isEqualTo(Verification.MISMATCH);
  }

  /* bcrypt repeats "ab\0", which is what "ab\0ab" is. */
  @Test
  void verify_ofANulWithBcrypt_isMismatch() {
    String encoded = OpenBSDBCrypt.generate("2b", "ab".getBytes(UTF_8), new byte[16], 4);
    assertThat(verify("ab", encoded)).isEqualTo(Verification.MATCH_NEEDS_REHASH);
    for (String same : new String[] {"ab\0ab", "ab\0", "ab\0ab\0ab", "\0ab"}) {
      assertThat(verify(same, encoded)).isEqualTo(Verification.MISMATCH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"04", "10", "14"})
  void read_ofABcryptCostInTheBounds_isRead(String cost) {
    assertThat(LegacyVerifier.bcrypt().read(BCRYPT.replace("$05$", "$" + cost + "$"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"03", "15", "31", "32", "00", "5", "+5", "-5", "005", "4294967300", ""})
  void read_ofABcryptCostBeyondTheBounds_isNothing(String cost) {
    assertThat(LegacyVerifier.bcrypt().read(BCRYPT.replace("$05$", "$" + cost + "$"))).isEmpty();
  }

  @Test
  void read_ofOtherBcryptSpellings_isNothing() {
    LegacyVerifier bcrypt = LegacyVerifier.bcrypt();
    assertThat(bcrypt.read(BCRYPT)).isPresent();
    assertThat(bcrypt.read(BCRYPT.replace("$2a", "$2x"))).as("of a faulty version").isEmpty();
    assertThat(bcrypt.read(BCRYPT.replace("$2a", "$2"))).isEmpty();
    assertThat(bcrypt.read(BCRYPT.replace("$2a", "$2A"))).isEmpty();
    assertThat(bcrypt.read(BCRYPT + ".")).isEmpty();
    assertThat(bcrypt.read(BCRYPT + "\n")).isEmpty();
    assertThat(bcrypt.read(BCRYPT.substring(0, 59))).isEmpty();
    assertThat(bcrypt.read("x" + BCRYPT)).isEmpty();
    assertThat(bcrypt.read(BCRYPT.replace('k', '+'))).isEmpty();
    assertThat(bcrypt.read(BCRYPT.replace("C.E5", "C/E5"))).as("spare bits of the salt").isEmpty();
    assertThat(bcrypt.read(BCRYPT.substring(0, 59) + "X")).as("spare bits of the tag").isEmpty();
  }

  @Test
  void verify_afterAChangeOfAnyCharacterOfABcryptHash_isNoMatch() {
    for (int i = 4; i < BCRYPT.length(); i++) {
      char[] forged = BCRYPT.toCharArray();
      forged[i] = forged[i] == 'A' ? 'B' : 'A';
      assertThat(verify("U*U", new String(forged)))
          .as("character %s", i)
          .isIn(Verification.MISMATCH, Verification.UNREADABLE);
    }
  }

  /* RFC 7914 has the first; the others are those of RFC 6070 with another digest. */
  @ParameterizedTest
  @CsvSource({
    "passwd, salt, 256, 1,"
        + " 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
    "Password, NaCl, 256, 80000,"
        + " 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
        + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
    "passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 256, 4096,"
        + " 348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1"
        + "c635518c7dac47e9",
    "passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 512, 4096,"
        + " 8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71"
        + "115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8"
  })
  void matches_ofPbkdf2Vectors(
      String password, String salt, int digest, int iterations, String tag) {
    byte[] expected = HexFormat.of().parseHex(tag);
    Pbkdf2 hash = new Pbkdf2("HmacSHA" + digest, iterations, salt.getBytes(UTF_8), expected);
    assertThat(hash.matches(password.getBytes(UTF_8))).isTrue();
    assertThat(hash.matches((password + "x").getBytes(UTF_8))).isFalse();
    expected[expected.length - 1] ^= 1;
    assertThat(hash.matches(password.getBytes(UTF_8))).isFalse();
  }

  @Test
  void verify_ofPbkdf2_isWhatThePlatformMakesOfAscii() {
    qt().withExamples(200)
        .forAll(
            strings().basicLatinAlphabet().ofLengthBetween(1, 150),
            integers().between(1, 50),
            longs().all())
        .assuming((password, iterations, seed) -> !password.endsWith("\0"))
        .checkAssert(
            (password, iterations, seed) -> {
              Random random = new Random(seed);
              byte[] salt = new byte[8 + random.nextInt(57)];
              random.nextBytes(salt);
              int tagBytes = 16 + random.nextInt(49);
              for (int digest : new int[] {256, 512}) {
                String prefix = "$pbkdf2-sha" + digest + "$i=" + iterations;
                String rest =
                    "$"
                        + Base64Text.encode(salt)
                        + "$"
                        + Base64Text.encode(platform(digest, password, salt, iterations, tagBytes));
                assertThat(verify(password, prefix + rest))
                    .isEqualTo(Verification.MATCH_NEEDS_REHASH);
                assertThat(verify(password, prefix + ",l=" + tagBytes + rest))
                    .isEqualTo(Verification.MATCH_NEEDS_REHASH);
                assertThat(verify(password + "x", prefix + rest)).isEqualTo(Verification.MISMATCH);
              }
            });
  }

  private static byte[] platform(
      int digest, String password, byte[] salt, int iterations, int tagBytes) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + digest)
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, tagBytes * 8))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /* HMAC fills its key up with NULs. */
  @Test
  void verify_ofATrailingNulWithPbkdf2_isMismatch() {
    byte[] salt = new byte[16];
    String encoded =
        "$pbkdf2-sha256$i=1$" + SALT16 + "$" + Base64Text.encode(platform(256, "ab", salt, 1, 32));
    assertThat(verify("ab", encoded)).isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(verify("ab\0", encoded)).isEqualTo(Verification.MISMATCH);
    assertThat(verify("ab\0\0", encoded)).isEqualTo(Verification.MISMATCH);
    assertThat(verify("a\0b", encoded)).isEqualTo(Verification.MISMATCH);
    assertThat(verify("", encoded)).isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "256,1,8,16",
    "256,2000000,16,32",
    "256,1000000,16,64",
    "512,1000000,64,64",
    "512,210000,16,20"
  })
  void read_ofPbkdf2InTheBounds_isRead(int digest, int iterations, int saltBytes, int tagBytes) {
    assertThat(LegacyVerifier.pbkdf2().read(pbkdf2(digest, "" + iterations, saltBytes, tagBytes)))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "256,2000001,16,32",
    "256,1000001,16,64",
    "256,1000001,16,33",
    "512,1000001,16,64",
    "256,0,16,32",
    "256,01000,16,32",
    "256,+1000,16,32",
    "256,-1000,16,32",
    "256,4294967297,16,32",
    "256,99999999999999999999,16,32",
    "256,\u0661,16,32",
    "1,1000,16,32",
    "224,1000,16,32",
    "384,1000,16,32",
    "256,1000,7,32",
    "256,1000,65,32",
    "256,1000,16,15",
    "256,1000,16,65",
    "256,1000,0,32",
    "256,1000,16,0"
  })
  void read_ofPbkdf2BeyondTheBounds_isNothing(
      int digest, String iterations, int saltBytes, int tagBytes) {
    assertThat(LegacyVerifier.pbkdf2().read(pbkdf2(digest, iterations, saltBytes, tagBytes)))
        .isEmpty();
  }

  private static String pbkdf2(int digest, String iterations, int saltBytes, int tagBytes) {
    return "$pbkdf2-sha"
        + digest
        + "$i="
        + iterations
        + "$"
        + Base64Text.encode(new byte[saltBytes])
        + "$"
        + Base64Text.encode(new byte[tagBytes]);
  }

  @Test
  void read_ofOtherPbkdf2Spellings_isNothing() {
    LegacyVerifier pbkdf2 = LegacyVerifier.pbkdf2();
    String rest = "$" + SALT16 + "$" + TAG32;
    assertThat(pbkdf2.read("$pbkdf2-sha256$i=1000" + rest)).isPresent();
    assertThat(pbkdf2.read("$pbkdf2-sha256$i=1000,l=32" + rest)).isPresent();
    for (String other :
        new String[] {
          "$pbkdf2-sha256$i=1000,l=31" + rest,
          "$pbkdf2-sha256$i=1000,l=64" + rest,
          "$pbkdf2-sha256$l=32,i=1000" + rest,
          "$pbkdf2-sha256$1000" + rest,
          "$pbkdf2$i=1000" + rest,
          "$pbkdf2-SHA256$i=1000" + rest,
          "pbkdf2_sha256$1000" + rest,
          "$pbkdf2-sha256$i=1000" + rest + "=",
          "$pbkdf2-sha256$i=1000" + rest + "$",
          "$pbkdf2-sha256$i=1000$" + SALT16,
          "$pbkdf2-sha256$i=1000$" + SALT16.replaceFirst("A$", "B") + "$" + TAG32
        }) {
      assertThat(pbkdf2.read(other)).as(other).isEmpty();
    }
  }

  @Test
  void verify_byAVerifierOfTheHost_asksTheFirstThatReads() {
    LegacyVerifier none = encoded -> Optional.empty();
    LegacyVerifier first = encoded -> Optional.of(password -> password.length == 3);
    LegacyVerifier second =
        encoded -> {
          throw new AssertionError("asked");
        };
    Argon2Hasher imported = new Argon2Hasher(tinyBuilder(argon2).legacy(none, first, second));
    assertThat(imported.verify(Password.of("abc"), stored("{crypt}x")))
        .isEqualTo(Verification.MATCH_NEEDS_REHASH);
    assertThat(imported.verify(Password.of("abcd"), stored("{crypt}x")))
        .isEqualTo(Verification.MISMATCH);
    String own = imported.hash(Password.of("abcd")).encoded();
    assertThat(imported.verify(Password.of("abcd"), stored(own))).isEqualTo(Verification.MATCH);
    assertThat(imported.verify(Password.of("abc"), stored(own)))
        .as("never asked about Argon2id")
        .isEqualTo(Verification.MISMATCH);
  }

  @Test
  void verify_byAFailingVerifier_throws() {
    LegacyVerifier failing =
        encoded ->
            Optional.of(
                password -> {
                  throw new IllegalStateException("broken");
                });
    Argon2Hasher imported =
        new Argon2Hasher(tinyBuilder(argon2).permits(1).queue(0).legacy(failing));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> imported.verify(Password.of("x"), stored("y"))).hasMessage("broken");
    }
  }
}
