package io.thingward.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/* A sorted array of 64-bit digests: eight bytes for an entry, and a look-up makes no String of the
 * password. That a password not on the list is taken for one that is has a chance of 1 in 10^15. */
final class BundledBlocklist implements PasswordBlocklist {
  static final String LONG = "common-passwords-15.txt";
  static final String SHORT = "common-passwords-8.txt";

  private final long[] digests;

  private BundledBlocklist(long[] digests) {
    this.digests = digests;
  }

  static BundledBlocklist load() {
    return new BundledBlocklist(
        LongStream.concat(read(LONG), read(SHORT)).sorted().distinct().toArray());
  }

  @Override
  public boolean contains(Password password) {
    byte[] folded = FoldedText.of(password);
    try {
      return Arrays.binarySearch(digests, digest(folded)) >= 0;
    } finally {
      Arrays.fill(folded, (byte) 0);
    }
  }

  /* Entries are in lower case, one a line; a line that starts with "# " is none. */
  private static LongStream read(String resource) {
    try (InputStream in = BundledBlocklist.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(in, resource), StandardCharsets.UTF_8))) {
      long[] read =
          lines
              .lines()
              .filter(line -> !line.startsWith("# "))
              .mapToLong(line -> digest(line.getBytes(StandardCharsets.UTF_8)))
              .toArray();
      return Arrays.stream(read);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private static long digest(byte[] folded) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(folded)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
