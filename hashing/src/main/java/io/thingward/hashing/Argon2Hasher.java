package io.thingward.hashing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.PasswordHash;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id, version 19.
 *
 * <pre>{@code
 * PasswordHasher passwords = Argon2Hasher.recommended2026();
 * PasswordHasher imported =
 *     Argon2Hasher.high2026().toBuilder().permits(2).legacy(LegacyVerifier.bcrypt()).build();
 * }</pre>
 *
 * <p>At most {@link #permits} hashes are computed at once, so all of them together take at most
 * that many times the memory of one: outside the Java heap with the native library, so a container
 * is sized for it in addition to {@code -Xmx}. A stored hash that takes several times that memory
 * takes as many permits, or all there are. Who finds no permit free waits in a queue of bounded
 * length, first come first served and for a bounded time, or else is refused by {@link
 * io.thingward.password.HasherBusyException}; an interrupted thread is refused at once.
 *
 * <p>Security: a stored hash is read only if it is Argon2id of version 19 in its one spelling and
 * asks for at most 256 MiB, 10 iterations and 4 lanes, with a salt of 8 to 64 and a tag of 16 to 64
 * bytes; anything else is {@link PasswordHasher.Verification#UNREADABLE} before anything is
 * computed. An empty or malformed password costs one hash and never matches. A failing backend is
 * an exception, never a mismatch. The copy of the password that is hashed is wiped; those that
 * cryptographic libraries make in the Java heap cannot be.
 *
 * <p>Thread-safe.
 */
public final class Argon2Hasher implements PasswordHasher {
  private final Argon2Backend backend;
  private final Argon2Backend engine; // the backend, for as many calls as there are permits
  private final Argon2Cost cost;
  private final Gate gate;
  private final SecureRandom random;
  private final List<LegacyVerifier> legacy;
  private final Builder settings;

  /** For tests: unlike {@link Builder#build} this allows weak parameters. */
  Argon2Hasher(Builder builder) {
    settings = new Builder(builder);
    cost = settings.cost();
    backend = settings.backend != null ? settings.backend : Argon2Backend.fastestWorking();
    long heap = backend.usesHeap() ? Runtime.getRuntime().maxMemory() : Long.MAX_VALUE;
    int permits =
        settings.permits != null
            ? settings.permits
            : defaultPermits(cost, heap, Runtime.getRuntime().availableProcessors());
    checkHeap(cost, heap, permits);
    engine = backend.forCallsAtOnce(permits);
    gate = new Gate(permits, settings.queue, settings.maxWait);
    random = settings.random;
    legacy = settings.legacy;
  }

  static int defaultPermits(Argon2Cost cost, long heap, int processors) {
    long inQuarterOfHeap = heap / 4 / cost.memoryBytes();
    return (int) Math.max(1, Math.min(processors, inQuarterOfHeap));
  }

  static void checkHeap(Argon2Cost cost, long heap, int permits) {
    long needed = permits * cost.memoryBytes();
    if (needed > heap / 2) {
      throw new IllegalArgumentException(
          permits
              + " hashes at once take "
              + needed
              + " bytes of heap, the limit is half of the maximum heap: "
              + heap / 2);
    }
  }

  /** How many permits a stored hash takes: one for each time that it has the current memory. */
  static int permitsFor(Argon2Cost stored, Argon2Cost current, int permits) {
    int times = (stored.memoryKib() + current.memoryKib() - 1) / current.memoryKib();
    return Math.min(times, permits);
  }

  /**
   * The parameters that OWASP and ASVS 5.0 recommend in 2026: 19 MiB, 2 iterations, 1 lane; the
   * rest as {@link #builder} says.
   *
   * @throws IllegalStateException if no backend works here, with the reasons
   */
  public static Argon2Hasher recommended2026() {
    return builder().build();
  }

  /**
   * Parameters for few logins and much memory, in 2026: 64 MiB, 3 iterations, 1 lane; about five
   * times the work of {@link #recommended2026}; the rest as {@link #builder} says.
   *
   * @throws IllegalStateException if no backend works here, with the reasons
   */
  public static Argon2Hasher high2026() {
    return builder().cost(Argon2Cost.HIGH_2026).build();
  }

  /** Starts a hasher with the parameters of {@link #recommended2026}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a copy of this hasher, with a queue of its own. */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** What computes the hashes. */
  public Argon2Backend backend() {
    return backend;
  }

  /** How many hashes are computed at once, at most. */
  public int permits() {
    return gate.permits();
  }

  /** How many callers wait for a permit now: a gauge for monitoring. */
  public int waiting() {
    return gate.waiting();
  }

  /** How many calls were refused as busy so far: a counter for monitoring. */
  public long refusals() {
    return gate.refusals();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the password is empty or malformed
   */
  @Override
  public PasswordHash hash(Password password) {
    Objects.requireNonNull(password, "password");
    if (!canMatch(password)) {
      throw new IllegalArgumentException("an empty, over-long or malformed password is not hashed");
    }
    byte[] salt = new byte[cost.saltBytes()];
    random.nextBytes(salt);
    byte[] tag = bounded(1, password, bytes -> engine.hash(bytes, salt, cost));
    return new PasswordHash(new Argon2Hash(cost, salt, tag).encoded(), Optional.empty());
  }

  @Override
  public Verification verify(Password password, PasswordHash stored) {
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(stored, "stored");
    Optional<Argon2Hash> own = Argon2Hash.read(stored.encoded());
    if (own.isPresent()) {
      return verify(password, own.get());
    }
    for (LegacyVerifier verifier : legacy) {
      Optional<LegacyVerifier.Comparison> comparison = verifier.read(stored.encoded());
      if (comparison.isPresent()) {
        boolean right = bounded(1, password, comparison.get()::matches) && canMatch(password);
        return right ? Verification.MATCH_NEEDS_REHASH : Verification.MISMATCH;
      }
    }
    return Verification.UNREADABLE;
  }

  private Verification verify(Password password, Argon2Hash stored) {
    byte[] tag =
        bounded(
            permitsFor(stored.cost(), cost, permits()),
            password,
            bytes -> engine.hash(bytes, stored.salt(), stored.cost()));
    boolean right = MessageDigest.isEqual(tag, stored.tag()) && canMatch(password);
    if (!right) {
      return Verification.MISMATCH;
    }
    return stored.cost().equals(cost) ? Verification.MATCH : Verification.MATCH_NEEDS_REHASH;
  }

  private static boolean canMatch(Password password) {
    return password.form() == Password.Form.VALID && password.codePoints() > 0;
  }

  private <T> T bounded(int permits, Password password, Function<byte[], T> work) {
    gate.enter(permits);
    try {
      byte[] bytes = password.reveal();
      try {
        /* Backends want a byte. What it hashes to is not looked at. */
        return work.apply(bytes.length == 0 ? new byte[1] : bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    } finally {
      gate.leave(permits);
    }
  }

  @Override
  public String toString() {
    return "Argon2Hasher["
        + cost
        + ", "
        + backend
        + ", permits="
        + permits()
        + ", queue="
        + settings.queue
        + ", maxWait="
        + settings.maxWait
        + "]";
  }

  /**
   * Makes an {@link Argon2Hasher}. What is set twice counts as set last. Not thread-safe.
   *
   * <p>Unless set: the parameters of {@link #recommended2026}; the {@linkplain
   * Argon2Backend#fastestWorking fastest backend that works}; as many permits as there are
   * processors, but with a backend in the heap no more than fit a quarter of it; 32 callers that
   * wait; 2 seconds; a new {@link SecureRandom}; no legacy hashes.
   */
  public static final class Builder {
    private int memoryKib;
    private int iterations;
    private int parallelism;
    private int saltBytes;
    private int tagBytes;
    private @Nullable Argon2Backend backend;
    private @Nullable Integer permits;
    private int queue = 32;
    private Duration maxWait = Duration.ofSeconds(2);
    private SecureRandom random;
    private List<LegacyVerifier> legacy = List.of();

    private Builder() {
      random = new SecureRandom();
      cost(Argon2Cost.RECOMMENDED_2026);
    }

    private Builder(Builder other) {
      cost(other.cost());
      backend = other.backend;
      permits = other.permits;
      queue = other.queue;
      maxWait = other.maxWait;
      random = other.random;
      legacy = other.legacy;
    }

    @CanIgnoreReturnValue
    private Builder cost(Argon2Cost cost) {
      memoryKib = cost.memoryKib();
      iterations = cost.iterations();
      parallelism = cost.parallelism();
      saltBytes = cost.saltBytes();
      tagBytes = cost.tagBytes();
      return this;
    }

    private Argon2Cost cost() {
      return new Argon2Cost(memoryKib, iterations, parallelism, saltBytes, tagBytes);
    }

    /** Sets the memory of one hash, in KiB; at most 262,144. */
    @CanIgnoreReturnValue
    public Builder memoryKib(int memoryKib) {
      this.memoryKib = memoryKib;
      return this;
    }

    /** Sets the passes over the memory; at most 10. */
    @CanIgnoreReturnValue
    public Builder iterations(int iterations) {
      this.iterations = iterations;
      return this;
    }

    /** Sets the lanes, each of which the native library computes in a thread; at most 4. */
    @CanIgnoreReturnValue
    public Builder parallelism(int parallelism) {
      this.parallelism = parallelism;
      return this;
    }

    /** Sets the length of new salts, in bytes; 16 to 64. */
    @CanIgnoreReturnValue
    public Builder saltBytes(int saltBytes) {
      this.saltBytes = saltBytes;
      return this;
    }

    /** Sets the length of new tags, in bytes; 32 to 64. */
    @CanIgnoreReturnValue
    public Builder tagBytes(int tagBytes) {
      this.tagBytes = tagBytes;
      return this;
    }

    /** Demands a backend. */
    @CanIgnoreReturnValue
    public Builder backend(Argon2Backend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
      return this;
    }

    /**
     * Sets how many hashes are computed at once; 1 to 1,024. More than there are processors only
     * costs memory.
     */
    @CanIgnoreReturnValue
    public Builder permits(int permits) {
      this.permits = permits;
      return this;
    }

    /** Sets how many callers wait for a permit, at most; 0 to 10,000. */
    @CanIgnoreReturnValue
    public Builder queue(int queue) {
      this.queue = queue;
      return this;
    }

    /** Sets how long a caller waits for a permit, at most; up to a minute. */
    @CanIgnoreReturnValue
    public Builder maxWait(Duration maxWait) {
      this.maxWait = Objects.requireNonNull(maxWait, "maxWait");
      return this;
    }

    /** Sets where salts come from. */
    @CanIgnoreReturnValue
    public Builder random(SecureRandom random) {
      this.random = Objects.requireNonNull(random, "random");
      return this;
    }

    /**
     * Sets which hashes of other systems are verified, too; the first that reads one verifies it.
     * Take them away when the last imported hash is gone.
     */
    @CanIgnoreReturnValue
    public Builder legacy(LegacyVerifier... verifiers) {
      this.legacy = List.of(verifiers);
      return this;
    }

    /**
     * Makes the hasher.
     *
     * @throws IllegalArgumentException if a value is beyond its bounds, or the parameters are
     *     weaker than each of: 46 MiB; 19 MiB and 2 iterations; 12 MiB and 3 iterations; and with
     *     more than one lane weaker than 64 MiB and 3 iterations
     * @throws IllegalStateException if no backend was set and none works here, with the reasons
     */
    public Argon2Hasher build() {
      checkBounds();
      if (!cost().isStrong()) {
        throw new IllegalArgumentException(
            "Argon2id with "
                + cost()
                + " is too weak; the least is m=47104,t=1,p=1 or m=19456,t=2,p=1 or"
                + " m=12288,t=3,p=1 or m=65536,t=3,p=4, salt of 16 bytes, tag of 32 bytes");
      }
      return new Argon2Hasher(this);
    }

    private void checkBounds() {
      checkRange("parallelism", parallelism, 1, Argon2Cost.MAX_PARALLELISM);
      checkRange("memoryKib", memoryKib, 8 * parallelism, Argon2Cost.MAX_MEMORY_KIB);
      checkRange("iterations", iterations, 1, Argon2Cost.MAX_ITERATIONS);
      checkRange("saltBytes", saltBytes, Argon2Cost.MIN_SALT_BYTES, Argon2Cost.MAX_SALT_BYTES);
      checkRange("tagBytes", tagBytes, Argon2Cost.MIN_TAG_BYTES, Argon2Cost.MAX_TAG_BYTES);
      checkRange("permits", permits != null ? permits : 1, 1, 1_024);
      checkRange("queue", queue, 0, 10_000);
      if (maxWait.isNegative() || maxWait.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException("maxWait is 0 to 1 minute, not " + maxWait);
      }
    }

    private static void checkRange(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + " is " + least + " to " + most + ", not " + value);
      }
    }

    @Override
    public String toString() {
      return "Argon2Hasher.Builder[" + cost() + "]";
    }
  }
}
