package io.thingward.hashing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts its calls, keeps the arrays that it is given, and computes something fast instead. */
class FakeBackend extends Argon2Backend {
  final AtomicInteger calls = new AtomicInteger();
  final List<byte[]> passwords = new CopyOnWriteArrayList<>();
  final List<Argon2Cost> costs = new CopyOnWriteArrayList<>();

  /** Runs while a permit is held. */
  void during() {}

  @Override
  public String name() {
    return "fake";
  }

  @Override
  boolean usesHeap() {
    return false;
  }

  @Override
  byte[] hash(byte[] password, byte[] salt, byte[] secret, byte[] data, Argon2Cost cost) {
    calls.incrementAndGet();
    passwords.add(password);
    costs.add(cost);
    during();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(cost.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(salt);
      return Arrays.copyOf(digest.digest(password), cost.tagBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
