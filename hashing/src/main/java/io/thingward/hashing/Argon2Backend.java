package io.thingward.hashing;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An implementation of Argon2id. Whoever has one, has one that works: each is made to compute the
 * test vector of RFC 9106 before it is handed out, so that a missing library or a {@code noexec}
 * mount fails at the start of the program and not at the first login.
 *
 * <p>Thread-safe.
 */
public abstract class Argon2Backend {
  /*
   * Below, lambdas rather than method references to constructors: those would link classes whose
   * libraries may be absent where the lambda is made, not where it is run.
   */

  Argon2Backend() {}

  /**
   * The C reference implementation, from argon2-jvm (LGPL-3.0) through JNA. Its memory lies outside
   * the Java heap, so {@code -Xmx} does not bound it; a hasher calls it in as many daemon threads
   * of its own as it has permits. A libargon2 of the system goes before the one in the jar. From
   * JDK 24 on, the virtual machine wants {@code --enable-native-access} for it: of {@code
   * ALL-UNNAMED} on the class path, of {@code com.sun.jna} on the module path.
   *
   * @throws IllegalStateException if it does not work here, with the reason
   */
  public static Argon2Backend nativeLibrary() {
    return working("the native library", () -> new NativeArgon2());
  }

  /**
   * Bouncy Castle: pure Java, slower, its memory lies in the heap. Bouncy Castle is an optional
   * dependency, which the host adds to its class path or module path.
   *
   * @throws IllegalStateException if it does not work here, with the reason
   */
  public static Argon2Backend bouncyCastle() {
    return working("Bouncy Castle", () -> new BouncyCastleArgon2(""));
  }

  /**
   * The native library, or Bouncy Castle where that does not work; {@link #toString} then says why.
   *
   * @throws IllegalStateException if neither works here, with both reasons
   */
  public static Argon2Backend fastestWorking() {
    return fastestWorking(Argon2Backend::nativeLibrary, why -> new BouncyCastleArgon2(why));
  }

  static Argon2Backend fastestWorking(
      Supplier<Argon2Backend> preferred, Function<String, Argon2Backend> substitute) {
    try {
      return preferred.get();
    } catch (IllegalStateException e) {
      String reason = Objects.requireNonNull(e.getMessage());
      try {
        return working("Bouncy Castle", () -> substitute.apply(reason));
      } catch (IllegalStateException e2) {
        IllegalStateException neither =
            new IllegalStateException(
                "no Argon2 works here: " + reason + "; " + e2.getMessage(), e);
        neither.addSuppressed(e2);
        throw neither;
      }
    }
  }

  static Argon2Backend working(String what, Supplier<Argon2Backend> maker) {
    Argon2Backend backend;
    boolean right;
    try {
      backend = maker.get();
      right = KnownAnswer.isComputedBy(backend);
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(what + " does not work (" + chain(e) + ")", e);
    }
    if (!right) {
      throw new IllegalStateException(what + " does not work (it computes a wrong hash)");
    }
    return backend;
  }

  /* What is wrong is often said by an inner cause only: that a library cannot be mapped. */
  static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    for (Throwable e = failure.getCause(); e != null; e = e.getCause()) {
      text.append(", caused by ").append(e);
    }
    return text.toString();
  }

  /** A word for logs: {@code native} or {@code bouncy-castle}. */
  public abstract String name();

  /** Whether a hash takes its memory from the Java heap. */
  abstract boolean usesHeap();

  /**
   * Computes a tag. Any failure is an exception, whose message tells nothing of the arguments.
   *
   * @param password at least one byte; neither changed nor kept
   * @param secret the key of RFC 9106, if any
   * @param data the associated data of RFC 9106, if any
   */
  abstract byte[] hash(
      byte[] password,
      byte[] salt,
      byte @Nullable [] secret,
      byte @Nullable [] data,
      Argon2Cost cost);

  final byte[] hash(byte[] password, byte[] salt, Argon2Cost cost) {
    return hash(password, salt, null, null, cost);
  }

  /** The same for that many calls at once. */
  Argon2Backend forCallsAtOnce(int calls) {
    return this;
  }

  @Override
  public String toString() {
    return "Argon2Backend[" + name() + "]";
  }

  /** The test vector of RFC 9106, section 5.3. */
  private static final class KnownAnswer {
    private static final Argon2Cost COST = new Argon2Cost(32, 3, 4, 16, 32);
    private static final byte[] TAG =
        HexFormat.of().parseHex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");

    static boolean isComputedBy(Argon2Backend backend) {
      byte[] tag =
          backend.hash(bytes(32, 1), bytes(COST.saltBytes(), 2), bytes(8, 3), bytes(12, 4), COST);
      return MessageDigest.isEqual(tag, TAG);
    }

    private static byte[] bytes(int length, int value) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) value);
      return bytes;
    }
  }
}
