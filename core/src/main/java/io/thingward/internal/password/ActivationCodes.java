package io.thingward.internal.password;

import io.thingward.credential.Secret;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.Entropy;
import io.thingward.internal.token.TokenFormat;
import io.thingward.model.CredentialId;
import io.thingward.store.Activation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes activation codes and compares them. The digest is over all of a code but brand and
 * checksum, so that one spelling is right. Thread-safe.
 */
public final class ActivationCodes {
  private final Entropy entropy;
  private final Digester digester;
  private final TokenFormat format;
  private final Activation none;

  /** In this format. */
  public ActivationCodes(Entropy entropy, Digester digester, TokenFormat format) {
    this.entropy = entropy;
    this.digester = digester;
    this.format = format;
    this.none = new Activation(digester.digest(entropy.secret()), Instant.EPOCH);
  }

  /**
   * A new code.
   *
   * @param stored what the user record keeps
   * @param code what the person is given
   */
  public record Fresh(Activation stored, Secret code) {}

  /** A new code that counts until an instant. */
  public Fresh issue(Instant endsAt) {
    byte[] secret = entropy.secret();
    CredentialId id = entropy.credentialId();
    byte[] whole = whole(id, secret);
    try {
      return new Fresh(
          new Activation(digester.digest(whole), endsAt),
          format.token(TokenFormat.Kind.ACTIVATION, id, secret));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(whole, (byte) 0);
    }
  }

  /** A code that a person presented. */
  public final class Presented implements AutoCloseable {
    private final byte[] whole;

    private Presented(byte[] whole) {
      this.whole = whole;
    }

    /** Whether it is this code; costs the same where there is none. */
    public boolean matches(Optional<Activation> stored) {
      boolean same = digester.matches(whole, stored.orElse(none).digest());
      return same && stored.isPresent();
    }

    @Override
    public void close() {
      Arrays.fill(whole, (byte) 0);
    }
  }

  /** Reads a code; empty for anything that cannot be one. */
  public Optional<Presented> read(Secret presented) {
    char[] text = presented.reveal();
    byte[] secret = new byte[TokenFormat.SECRET_LENGTH];
    try {
      return format
          .read(text, secret)
          .filter(claim -> claim.kind() == TokenFormat.Kind.ACTIVATION)
          .map(claim -> new Presented(whole(claim.id(), secret)));
    } finally {
      Arrays.fill(text, '\0');
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] whole(CredentialId id, byte[] secret) {
    byte[] head = id.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + secret.length);
    System.arraycopy(secret, 0, whole, head.length, secret.length);
    return whole;
  }
}
