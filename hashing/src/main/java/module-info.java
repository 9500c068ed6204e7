/** Argon2id for passwords, bounded in memory and concurrency. */
@SuppressWarnings("requires-automatic") // argon2-jvm names itself in its manifest only
module io.thingward.hashing {
  requires transitive io.thingward.core;
  // Holds nothing but the native libraries, which JNA does not find unless it is required.
  requires de.mkammerer.argon2;
  requires de.mkammerer.argon2.nolibs;
  requires static org.bouncycastle.provider;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.hashing;
}
