package io.thingward.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.credential.Secret;
import io.thingward.model.CredentialId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenFormatTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final TokenFormat format = TokenFormat.of("tw");
  private final Entropy entropy =
      new Entropy(new SecureRandom(), () -> Instant.parse("2026-06-01T12:00:00Z"));
  private final byte[] into = new byte[TokenFormat.SECRET_LENGTH];

  private static String text(Secret secret) {
    return new String(secret.reveal());
  }

  private boolean reads(String token) {
    return format.read(token.toCharArray(), into).isPresent();
  }

  @Test
  @DisplayName("A token reads back as what it was made of, kind by kind")
  void token_roundTrip() {
    for (TokenFormat.Kind kind :
        new TokenFormat.Kind[] {
          TokenFormat.Kind.API_KEY, TokenFormat.Kind.SESSION, TokenFormat.Kind.ACTIVATION
        }) {
      CredentialId id = entropy.credentialId();
      byte[] secret = entropy.secret();
      char[] token = format.token(kind, id, secret).reveal();
      assertThat(format.read(token, into)).contains(new TokenFormat.Claim(kind, id));
      assertThat(into).isEqualTo(secret);
    }
  }

  @Test
  @DisplayName("The text is brand, kind, id, secret and checksum, in fixed widths")
  void token_layout() {
    CredentialId id = entropy.credentialId();
    byte[] secret = entropy.secret();
    String token = text(format.token(TokenFormat.Kind.API_KEY, id, secret));
    String body = "tw_k_" + id + new String(secret, StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    StringBuilder checksum = new StringBuilder();
    for (long rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
      checksum.insert(0, DIGITS.charAt((int) (rest % 62)));
    }
    assertThat(token).isEqualTo(body + checksum).hasSize(5 + 22 + 43 + 6);
  }

  @Test
  @DisplayName("A18 every change of one character is refused by the checksum")
  void token_oneCharacterChanged_isRefused() {
    String token =
        text(format.token(TokenFormat.Kind.API_KEY, entropy.credentialId(), entropy.secret()));
    for (int i = 0; i < token.length(); i++) {
      for (char c : (DIGITS + "_-= \u0660\uFF11\n").toCharArray()) {
        if (c != token.charAt(i)) {
          String changed = token.substring(0, i) + c + token.substring(i + 1);
          assertThat(reads(changed)).as(changed).isFalse();
        }
      }
    }
  }

  @Test
  @DisplayName("B23 a token has one spelling: nothing around it, nothing missing, no other case")
  void token_otherSpellings_areRefused() {
    String token =
        text(format.token(TokenFormat.Kind.API_KEY, entropy.credentialId(), entropy.secret()));
    assertThat(reads(token)).isTrue();
    for (String other :
        new String[] {
          " " + token,
          token + " ",
          token + "=",
          token.substring(1),
          token.substring(0, token.length() - 1),
          token.toUpperCase(java.util.Locale.ROOT),
          token.toLowerCase(java.util.Locale.ROOT),
          token.replace("tw_", "TW_"),
          token.replace("tw_k_", "tw_a_"),
          token.replace("tw_k_", "xx_k_"),
          "",
          "tw_k_"
        }) {
      assertThat(reads(other)).as(other).isFalse();
    }
  }

  @Test
  @DisplayName("B23 what is no digit is refused, however well the checksum agrees with it")
  void token_noDigit_isRefused() {
    CredentialId id = entropy.credentialId();
    byte[] noDigits = "-".repeat(TokenFormat.SECRET_LENGTH).getBytes(StandardCharsets.US_ASCII);
    assertThat(reads(text(format.token(TokenFormat.Kind.API_KEY, id, noDigits)))).isFalse();
    assertThat(format.readAccessKeySecret(format.accessKeySecret(noDigits).reveal(), into))
        .isFalse();

    String token = text(format.token(TokenFormat.Kind.API_KEY, id, entropy.secret()));
    for (int i = 0; i < token.length(); i++) {
      char sameLowByte = (char) (token.charAt(i) + 0x100); // and so the same checksum
      assertThat(reads(token.substring(0, i) + sameLowByte + token.substring(i + 1)))
          .as("index %d", i)
          .isFalse();
    }
  }

  @Test
  @DisplayName("B23 an id beyond 128 bits is refused though its checksum is right")
  void token_idBeyond128Bits_isRefused() {
    String body = "tw_k_" + "z".repeat(22) + "0".repeat(43);
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    StringBuilder checksum = new StringBuilder();
    for (long rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
      checksum.insert(0, DIGITS.charAt((int) (rest % 62)));
    }
    assertThat(reads(body + checksum)).isFalse();
  }

  @Test
  @DisplayName("An access key's halves read back, and are not each other")
  void accessKey_roundTrip() {
    CredentialId id = entropy.credentialId();
    byte[] secret = entropy.secret();
    char[] half = format.accessKeySecret(secret).reveal();
    assertThat(format.readAccessKeyId(format.accessKeyId(id))).contains(id);
    assertThat(format.readAccessKeyId(format.accessKeyId(id) + "0")).isEmpty();
    assertThat(format.readAccessKeyId("tw_k_" + id)).isEmpty();
    assertThat(format.readAccessKeySecret(half, into)).isTrue();
    assertThat(into).isEqualTo(secret);
    half[half.length - 1]++;
    assertThat(format.readAccessKeySecret(half, into)).isFalse();
    assertThat(format.readAccessKeySecret(format.accessKeyId(id).toCharArray(), into)).isFalse();
  }

  @Test
  @DisplayName("A16 secrets have 256 bits: 43 digits, each position uses many digits, none repeats")
  void secrets_areRandom() {
    Set<String> seen = new HashSet<>();
    Set<String> byPosition = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String secret = new String(entropy.secret(), StandardCharsets.US_ASCII);
      assertThat(secret).hasSize(43).matches("[0-9A-Za-z]+");
      assertThat(seen.add(secret)).isTrue();
      for (int p = 0; p < secret.length(); p++) {
        byPosition.add(p + ":" + secret.charAt(p));
      }
    }
    for (int p = 1; p < 43; p++) {
      String prefix = p + ":";
      assertThat(byPosition.stream().filter(s -> s.startsWith(prefix)).count()).isEqualTo(62);
    }
  }

  @Test
  @DisplayName("A16 the random bytes that a secret was made of are wiped")
  void secret_randomBytes_areWiped() {
    AtomicReference<byte[]> drawn = new AtomicReference<>();
    SecureRandom watched =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
            drawn.set(bytes);
          }
        };
    byte[] secret = new Entropy(watched, Instant::now).secret();
    assertThat(drawn.get()).hasSize(32).containsOnly(0);
    assertThat(secret).isNotEqualTo("0".repeat(43).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  @DisplayName("A16 a random source that fails makes issuing fail; there is no second one")
  void entropy_failingSource_fails() {
    SecureRandom broken =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            throw new IllegalStateException("no entropy");
          }
        };
    Entropy failing = new Entropy(broken, Instant::now);
    assertThatThrownBy(failing::secret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(failing::credentialId).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("Ids are ordered by the time they were made")
  void ids_areTimeOrdered() {
    Entropy later = new Entropy(new SecureRandom(), () -> Instant.parse("2026-06-01T12:00:01Z"));
    for (int i = 0; i < 100; i++) {
      assertThat(entropy.credentialId()).isLessThan(later.credentialId());
    }
  }

  @Test
  @DisplayName("The published pattern finds every token and secret in text, and no id")
  void leakPattern_findsTokens() {
    CredentialId id = entropy.credentialId();
    for (TokenFormat.Kind kind :
        new TokenFormat.Kind[] {
          TokenFormat.Kind.API_KEY, TokenFormat.Kind.SESSION, TokenFormat.Kind.ACTIVATION
        }) {
      String token = text(format.token(kind, id, entropy.secret()));
      assertThat(format.leakPattern().matcher("key=\"" + token + "\",").find()).isTrue();
    }
    String half = text(format.accessKeySecret(entropy.secret()));
    assertThat(format.leakPattern().matcher("password: " + half + "\n").find()).isTrue();
    assertThat(format.leakPattern().matcher(format.accessKeyId(id)).find()).isFalse();
  }

  @Test
  @DisplayName("A brand is 2 to 10 lower-case letters and digits")
  void brand_isChecked() {
    for (String bad : new String[] {"", "t", "Tw", "1w", "t_w", "abcdefghijk", "tw "}) {
      assertThatThrownBy(() -> TokenFormat.of(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(TokenFormat.of("acme2026").accessKeyId(new CredentialId(0, 0)))
        .isEqualTo("acme2026_a_" + "0".repeat(22));
  }
}
