package io.thingward.nodes;

import io.thingward.model.PasswordHash;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A hasher that costs nothing, and counts what a real one would cost. For tests alone. */
final class CountingHasher implements PasswordHasher {
  private final AtomicInteger hashes = new AtomicInteger();
  private volatile int version = 1;

  @Override
  public PasswordHash hash(Password password) {
    hashes.incrementAndGet();
    return new PasswordHash(prefix(version) + encode(password), Optional.empty());
  }

  @Override
  public Verification verify(Password password, PasswordHash stored) {
    hashes.incrementAndGet();
    if (!stored.encoded().endsWith("$" + encode(password))) {
      return Verification.MISMATCH;
    }
    return stored.encoded().startsWith(prefix(version))
        ? Verification.MATCH
        : Verification.MATCH_NEEDS_REHASH;
  }

  private static String prefix(int version) {
    return "$counted$" + version + "$";
  }

  private static String encode(Password password) {
    return Base64.getEncoder().encodeToString(password.reveal());
  }

  /** From now on hashes of earlier versions are outdated. */
  void version(int now) {
    version = now;
  }

  /** The hashes computed since the last time this was asked. */
  int takeHashes() {
    return hashes.getAndSet(0);
  }
}
