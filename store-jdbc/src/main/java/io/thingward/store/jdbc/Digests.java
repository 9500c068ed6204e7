package io.thingward.store.jdbc;

import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Digests as parts of a line: 64 hexadecimal digits, the pepper's id or nothing, an end or nothing.
 */
final class Digests {
  private static final HexFormat HEX = HexFormat.of();

  private Digests() {}

  static List<String> write(StoredSecret secret) {
    return List.of(
        hex(secret.digest()),
        secret.digest().pepper().orElse(""),
        secret.endsAt().map(Lines::millis).orElse(""));
  }

  static List<String> write(SecretDigest digest) {
    return List.of(hex(digest), digest.pepper().orElse(""));
  }

  private static String hex(SecretDigest digest) {
    byte[] bytes = new byte[SecretDigest.BYTES];
    digest.bytes().get(bytes);
    return HEX.formatHex(bytes);
  }

  static StoredSecret readSecret(List<String> parts) {
    Optional<Instant> end =
        nonEmpty(Lines.requireCount("secret", parts, 3).get(2)).map(Lines::time);
    return new StoredSecret(read(parts.subList(0, 2)), end);
  }

  static SecretDigest read(List<String> parts) {
    Lines.requireCount("digest", parts, 2);
    return SecretDigest.of(ByteBuffer.wrap(HEX.parseHex(parts.get(0))), nonEmpty(parts.get(1)));
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
