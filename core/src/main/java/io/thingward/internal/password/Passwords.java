package io.thingward.internal.password;

import io.thingward.error.UnavailableException;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.Entropy;
import io.thingward.model.PasswordHash;
import io.thingward.model.Username;
import io.thingward.password.HasherBusyException;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import io.thingward.password.PasswordPolicy;
import io.thingward.password.PasswordRejectedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one place where passwords are hashed and compared. A comparison costs exactly one hash,
 * whether there is something to compare with or not, so that its time says nothing.
 *
 * <p>What the hasher throws, beside {@link HasherBusyException}, and a null it returns, become an
 * {@link UnavailableException}. Thread-safe.
 */
public final class Passwords {
  private final Optional<Parts> parts;
  private final Digester digester;

  /* What there is with a hasher only. */
  private record Parts(
      PasswordHasher hasher,
      PasswordPolicy policy,
      Set<String> contextWords,
      Password filler,
      PasswordHash dummy) {}

  private Passwords(Optional<Parts> parts, Digester digester) {
    this.parts = parts;
    this.digester = digester;
  }

  /** For a library built without passwords. */
  public static Passwords none(Digester digester) {
    return new Passwords(Optional.empty(), digester);
  }

  /** Computes one hash, with the hasher's present parameters, to waste work on. */
  public static Passwords of(
      PasswordHasher hasher,
      PasswordPolicy policy,
      Collection<String> contextWords,
      Digester digester,
      Entropy entropy) {
    Password filler = random(entropy);
    try (Password other = random(entropy);
        Password keyed = digester.keyed(other, digester.passwordPepper()).orElseThrow()) {
      PasswordHash dummy = ask(() -> hasher.hash(keyed));
      return new Passwords(
          Optional.of(new Parts(hasher, policy, Set.copyOf(contextWords), filler, dummy)),
          digester);
    }
  }

  private static Password random(Entropy entropy) {
    byte[] secret = entropy.secret();
    try {
      return Password.copyOf(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What a comparison found. */
  public enum Check {
    /** The password is right. */
    MATCH,
    /** The password is right; the stored hash has other parameters or another pepper than today. */
    MATCH_OUTDATED,
    /** The password is wrong. */
    WRONG_PASSWORD,
    /** The presented text can be no password: empty, over-long, half a character. */
    MALFORMED_PASSWORD,
    /** There is no stored hash. */
    NO_PASSWORD,
    /** The stored hash names a pepper that this node does not know. */
    UNKNOWN_PEPPER,
    /** The hasher cannot read the stored hash. */
    UNREADABLE_HASH;

    /** Whether the password is right. */
    public boolean isMatch() {
      return this == MATCH || this == MATCH_OUTDATED;
    }
  }

  /** Whether there is a hasher. */
  public boolean isAvailable() {
    return parts.isPresent();
  }

  /** {@link IllegalStateException} if there is no hasher. */
  public void requireAvailable() {
    if (parts.isEmpty()) {
      throw new IllegalStateException("built without passwords: give the builder a hasher");
    }
  }

  private Parts parts() {
    requireAvailable();
    return parts.orElseThrow();
  }

  /** Compares, at the cost of one hash. */
  public Check check(Password presented, Optional<PasswordHash> stored) {
    if (presented.form() != Password.Form.VALID || presented.codePoints() == 0) {
      return wasteOn(Check.MALFORMED_PASSWORD);
    }
    if (stored.isEmpty()) {
      return wasteOn(Check.NO_PASSWORD);
    }
    Optional<Password> keyed = digester.keyed(presented, stored.get().pepper());
    if (keyed.isEmpty()) {
      return wasteOn(Check.UNKNOWN_PEPPER);
    }
    try (Password text = keyed.get()) {
      return switch (verify(text, stored.get())) {
        case MATCH ->
            stored.get().pepper().equals(digester.passwordPepper())
                ? Check.MATCH
                : Check.MATCH_OUTDATED;
        case MATCH_NEEDS_REHASH -> Check.MATCH_OUTDATED;
        case MISMATCH -> Check.WRONG_PASSWORD;
        case UNREADABLE -> wasteOn(Check.UNREADABLE_HASH);
      };
    }
  }

  private Check wasteOn(Check found) {
    PasswordHasher.Verification ignored = verify(parts().filler, parts().dummy);
    return found;
  }

  /** The hash to store for a password, keyed with the present pepper. */
  public PasswordHash hash(Password fresh) {
    Optional<String> pepper = digester.passwordPepper();
    try (Password keyed = digester.keyed(fresh, pepper).orElseThrow()) {
      PasswordHash made = ask(() -> parts().hasher.hash(keyed));
      return new PasswordHash(made.encoded(), pepper);
    }
  }

  /**
   * Refuses a password that may not be chosen.
   *
   * @throws PasswordRejectedException with the reason
   */
  public void requireAcceptable(Password fresh, Optional<Username> user) {
    Set<String> words = new HashSet<>(parts().contextWords);
    user.map(Username::value).ifPresent(words::add);
    parts().policy.check(fresh, words);
  }

  /** Refuses a hash from elsewhere that no login could ever match. Costs a hash. */
  public void requireReadable(PasswordHash brought) {
    boolean keyed = digester.keyed(parts().filler, brought.pepper()).map(this::wiped).isPresent();
    if (!keyed) {
      throw new IllegalArgumentException("the hash names a pepper that is not known here");
    }
    if (verify(parts().filler, brought) == PasswordHasher.Verification.UNREADABLE) {
      throw new IllegalArgumentException("the hasher cannot read the hash");
    }
  }

  private boolean wiped(Password keyed) {
    keyed.close();
    return true;
  }

  private PasswordHasher.Verification verify(Password password, PasswordHash stored) {
    return ask(() -> parts().hasher.verify(password, stored));
  }

  /* No cause: what a hasher throws may quote what it was given. */
  private static <T> T ask(Supplier<T> call) {
    T answer;
    try {
      answer = call.get();
    } catch (HasherBusyException busy) {
      throw busy;
    } catch (RuntimeException | Error failure) {
      throw new UnavailableException(
          "the password hasher failed with " + failure.getClass().getName());
    }
    if (answer == null) {
      throw new UnavailableException("the password hasher answered null");
    }
    return answer;
  }
}
