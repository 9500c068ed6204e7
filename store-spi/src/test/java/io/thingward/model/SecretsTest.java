package io.thingward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store keeps of secrets: digests and password hashes. */
class SecretsTest {
  private static final byte[] BYTES = bytes();
  private static final SecretDigest DIGEST =
      SecretDigest.of(ByteBuffer.wrap(BYTES), Optional.empty());

  @Test
  void of_bytes_areTheFourLongsInBigEndianOrder() {
    assertThat(DIGEST)
        .isEqualTo(
            new SecretDigest(
                0x0001020304050607L,
                0x08090A0B0C0D0E0FL,
                0x1011121314151617L,
                0x18191A1B1C1D1E1FL,
                Optional.empty()));
    assertThat(DIGEST.bytes()).isEqualTo(ByteBuffer.wrap(BYTES));
  }

  @Test
  void of_bufferOfAnyPositionAndOrder_readsItsRemainingBytesAndLeavesItAsItWas() {
    ByteBuffer buffer = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(4).put(BYTES).position(4).limit(36);

    assertThat(SecretDigest.of(buffer, Optional.empty())).isEqualTo(DIGEST);
    assertThat(buffer.remaining()).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void of_otherNumberOfBytes_isRefused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretDigest.of(ByteBuffer.allocate(length), Optional.empty()))
        .withMessage("a digest has 32 bytes, not " + length);
  }

  @Test
  void bytes_ofADigest_areReadOnly() {
    assertThat(DIGEST.bytes().isReadOnly()).isTrue();
    assertThat(DIGEST.bytes().hasArray()).isFalse();
  }

  @Test
  void sameBits_anyOneBitOff_isFalse() {
    qt().forAll(integers().between(0, 255))
        .check(
            bit -> {
              BitSet bits = BitSet.valueOf(BYTES);
              bits.flip(bit);
              byte[] other = Arrays.copyOf(bits.toByteArray(), 32);
              SecretDigest digest = SecretDigest.of(ByteBuffer.wrap(other), Optional.empty());
              return !digest.sameBits(DIGEST) && !digest.equals(DIGEST);
            });
    assertThat(DIGEST.sameBits(SecretDigest.of(ByteBuffer.wrap(BYTES), Optional.of("p1"))))
        .isTrue();
  }

  @Test
  void equals_otherPepper_isFalse() {
    assertThat(SecretDigest.of(ByteBuffer.wrap(BYTES), Optional.of("p1"))).isNotEqualTo(DIGEST);
  }

  @Test
  void new_pepperIdOutsideTheLimit_isRefused() {
    assertThat(new SecretDigest(1, 2, 3, 4, Optional.of("p".repeat(128))).pepper()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretDigest(1, 2, 3, 4, Optional.of("p".repeat(129))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretDigest(1, 2, 3, 4, Optional.of("")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash("$argon2id$", Optional.of("p".repeat(129))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash("$argon2id$", Optional.of("")));
  }

  @Test
  void new_passwordHashOf1To1000Characters_isKept() {
    assertThat(new PasswordHash("!", Optional.empty()).encoded()).isEqualTo("!");
    assertThat(new PasswordHash("~".repeat(1_000), Optional.of("p1")).encoded()).hasSize(1_000);
  }

  @Test
  void new_passwordHashOutsideTheLimit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash("", Optional.empty()))
        .withMessage("a password hash has 1 to 1000 characters, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash("x".repeat(1_001), Optional.empty()))
        .withMessage("a password hash has 1 to 1000 characters, not 1001");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a\u007F", "a\u0000", "a\u00E9", "\uFF04argon2id"})
  void new_passwordHashOfOtherCharacters_isRefusedWithoutShowingIt(String encoded) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash(encoded, Optional.empty()))
        .withMessage("a password hash is printable ASCII");
  }

  @Test
  @DisplayName("R8: no text of a digest or hash shows any of it")
  void toString_digestsAndHashes_showNothing() {
    assertThat(DIGEST).hasToString("SecretDigest[...]");
    assertThat(new PasswordHash("$argon2id$v=19$secret", Optional.of("p1")))
        .hasToString("PasswordHash[...]");
    assertThat(new StoredSecret(DIGEST, Optional.of(Instant.EPOCH)))
        .hasToString(
            "StoredSecret[digest=SecretDigest[...], endsAt=Optional[1970-01-01T00:00:00Z]]");
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[SecretDigest.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
