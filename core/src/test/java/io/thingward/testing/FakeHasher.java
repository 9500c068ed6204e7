package io.thingward.testing;

import io.thingward.model.PasswordHash;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A hasher that costs nothing and counts what a real one would cost. */
public final class FakeHasher implements PasswordHasher {
  private final AtomicInteger hashes = new AtomicInteger();
  private final AtomicLong salts = new AtomicLong();
  private volatile int version = 1;
  private volatile Disturbance beforeHash = () -> false;
  private volatile Disturbance beforeVerify = () -> false;

  /** Runs before a computation; may throw; true makes the hasher answer null. */
  @FunctionalInterface
  public interface Disturbance {
    /** Runs. */
    boolean run();
  }

  @Override
  public PasswordHash hash(Password password) {
    if (beforeHash.run()) {
      return null;
    }
    hashes.incrementAndGet();
    return new PasswordHash(encode(version, salts.incrementAndGet(), password), Optional.empty());
  }

  @Override
  public Verification verify(Password password, PasswordHash stored) {
    if (beforeVerify.run()) {
      return null;
    }
    String[] parts = stored.encoded().split("\\$", -1);
    if (parts.length != 5 || !parts[1].equals("fake")) {
      return Verification.UNREADABLE;
    }
    hashes.incrementAndGet();
    int made = Integer.parseInt(parts[2]);
    if (!encode(made, Long.parseLong(parts[3]), password).equals(stored.encoded())) {
      return Verification.MISMATCH;
    }
    return made == version ? Verification.MATCH : Verification.MATCH_NEEDS_REHASH;
  }

  private static String encode(int version, long salt, Password password) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((byte) salt);
      String digest = new BigInteger(1, sha256.digest(password.reveal())).toString(16);
      return "$fake$" + version + "$" + salt + "$" + digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A hash as another system or an earlier version made it. */
  public static PasswordHash made(int version, String password) {
    try (Password text = Password.of(password)) {
      return new PasswordHash(encode(version, 0, text), Optional.empty());
    }
  }

  /** From now on hashes of another version are outdated. */
  public void version(int now) {
    version = now;
  }

  /** From now on this runs before each hash that is made. */
  public void beforeHash(Disturbance run) {
    beforeHash = run;
  }

  /** From now on this runs before each comparison. */
  public void beforeVerify(Disturbance run) {
    beforeVerify = run;
  }

  /** The hashes computed since the last time this was asked, made and compared. */
  public int takeHashes() {
    return hashes.getAndSet(0);
  }
}
