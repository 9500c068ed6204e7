package io.thingward.internal.token;

import io.thingward.credential.Pepper;
import io.thingward.model.SecretDigest;
import io.thingward.password.Password;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Digests generated secrets: SHA-256, or HMAC-SHA-256 under the host's newest pepper. Old digests
 * stay verifiable, whatever they were made with, as long as their pepper is known. Thread-safe.
 */
public final class Digester implements AutoCloseable {
  private static final String HMAC = "HmacSHA256";

  private final Map<String, byte[]> peppers = new LinkedHashMap<>();
  private final Optional<String> current;

  /** With these peppers, the first of which makes new digests; none: plain SHA-256. */
  public Digester(List<Pepper> peppers) {
    for (Pepper pepper : peppers) {
      if (this.peppers.putIfAbsent(pepper.id(), pepper.reveal()) != null) {
        throw new IllegalArgumentException("two peppers have the id " + pepper.id());
      }
    }
    this.current = peppers.stream().findFirst().map(Pepper::id);
  }

  /** The digest to store for a new secret. */
  public SecretDigest digest(byte[] secret) {
    return digest(secret, current).orElseThrow();
  }

  /** Whether a secret has this digest; false if its pepper is unknown. In constant time. */
  public boolean matches(byte[] secret, SecretDigest stored) {
    return digest(secret, stored.pepper()).filter(stored::sameBits).isPresent();
  }

  private Optional<SecretDigest> digest(byte[] secret, Optional<String> pepper) {
    if (pepper.isEmpty()) {
      return Optional.of(SecretDigest.of(ByteBuffer.wrap(sha256().digest(secret)), pepper));
    }
    byte @Nullable [] key = peppers.get(pepper.get());
    return key == null
        ? Optional.empty()
        : Optional.of(SecretDigest.of(ByteBuffer.wrap(hmac(key, secret)), pepper));
  }

  /** The pepper that new password hashes are keyed with, if any. */
  public Optional<String> passwordPepper() {
    return current;
  }

  /**
   * What a hasher is given: the password itself, or its keyed form, which the caller closes; empty
   * if the pepper is unknown.
   */
  public Optional<Password> keyed(Password password, Optional<String> pepper) {
    byte[] plain = password.reveal();
    try {
      if (pepper.isEmpty()) {
        return Optional.of(Password.copyOf(plain));
      }
      byte @Nullable [] key = peppers.get(pepper.get());
      if (key == null) {
        return Optional.empty();
      }
      byte[] mac = hmac(key, plain);
      byte[] text = Base64.getEncoder().encode(mac);
      Password keyed = Password.copyOf(text);
      Arrays.fill(mac, (byte) 0);
      Arrays.fill(text, (byte) 0);
      return Optional.of(keyed);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Wipes the peppers. */
  @Override
  public void close() {
    peppers.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new AssertionError("every Java platform has " + HMAC, impossible);
    }
  }
}
