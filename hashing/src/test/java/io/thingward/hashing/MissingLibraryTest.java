package io.thingward.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.model.PasswordHash;
import io.thingward.password.Password;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same classes once more, where a library is not on the class path. */
class MissingLibraryTest {
  private static final String NATIVE = "de.mkammerer.";
  private static final String JNA = "com.sun.jna.";
  private static final String BOUNCY_CASTLE = "org.bouncycastle.";

  /** Sees the class path without packages. */
  private static final class Without extends URLClassLoader {
    private final List<String> missing;

    Without(String... missing) throws MalformedURLException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.missing = List.of(missing);
    }

    private static URL[] classPath() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(new File(path).toURI().toURL());
      }
      return urls.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (missing.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    Object call(Class<?> type, String method) throws Exception {
      return loadClass(type.getName()).getMethod(method).invoke(null);
    }

    /** Hashes a password, verifies it, and returns the backend's text. */
    String use() throws Exception {
      Object hasher = call(Argon2Hasher.class, "recommended2026");
      assertThat(hasher.getClass()).isNotEqualTo(Argon2Hasher.class);
      Class<?> passwordType = loadClass(Password.class.getName());
      Class<?> hashType = loadClass(PasswordHash.class.getName());
      Object password =
          passwordType.getMethod("of", CharSequence.class).invoke(null, "correct horse");
      Object hash = hasher.getClass().getMethod("hash", passwordType).invoke(hasher, password);
      Object found =
          hasher
              .getClass()
              .getMethod("verify", passwordType, hashType)
              .invoke(hasher, password, hash);
      assertThat(found).hasToString("MATCH");
      return hasher.getClass().getMethod("backend").invoke(hasher).toString();
    }
  }

  @Test
  void hasher_withoutBouncyCastle_usesTheNativeLibrary() throws Exception {
    try (Without loader = new Without(BOUNCY_CASTLE)) {
      assertThat(loader.use()).isEqualTo("Argon2Backend[native]");
      assertThat(loader.call(LegacyVerifier.class, "pbkdf2")).isNotNull();
    }
  }

  @Test
  void hasher_withoutArgon2Jvm_usesBouncyCastleAndSaysWhy() throws Exception {
    try (Without loader = new Without(NATIVE)) {
      assertThat(loader.use())
          .startsWith("Argon2Backend[bouncy-castle, since the native library does not work")
          .contains("NoClassDefFoundError");
    }
  }

  @Test
  void hasher_withoutJna_usesBouncyCastleAndSaysWhy() throws Exception {
    try (Without loader = new Without(JNA)) {
      assertThat(loader.use())
          .startsWith("Argon2Backend[bouncy-castle, since the native library does not work")
          .contains("com/sun/jna");
    }
  }

  @Test
  void hasher_withNeither_failsAtOnceWithBothCauses() throws Exception {
    try (Without loader = new Without(JNA, BOUNCY_CASTLE)) {
      assertThatThrownBy(() -> loader.call(Argon2Hasher.class, "recommended2026"))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "no Argon2 works here",
              "the native library does not work",
              "com/sun/jna",
              "Bouncy Castle does not work",
              "org/bouncycastle");
    }
  }

  @Test
  void backends_thatAreDemanded_failAtOnceWithTheirCause() throws Exception {
    try (Without loader = new Without(JNA, BOUNCY_CASTLE)) {
      assertThatThrownBy(() -> loader.call(Argon2Backend.class, "nativeLibrary"))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("com/sun/jna");
      assertThatThrownBy(() -> loader.call(Argon2Backend.class, "bouncyCastle"))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("org/bouncycastle");
      assertThatThrownBy(() -> loader.call(LegacyVerifier.class, "bcrypt"))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("bcrypt", "org/bouncycastle");
    }
  }
}
