package io.thingward.hashing;

/**
 * The parameters of one Argon2id hash.
 *
 * @param memoryKib the memory, in KiB
 * @param iterations the passes over the memory
 * @param parallelism the lanes
 * @param saltBytes the length of the salt
 * @param tagBytes the length of the result
 */
record Argon2Cost(int memoryKib, int iterations, int parallelism, int saltBytes, int tagBytes) {
  static final Argon2Cost RECOMMENDED_2026 = new Argon2Cost(19_456, 2, 1, 16, 32);
  static final Argon2Cost HIGH_2026 = new Argon2Cost(65_536, 3, 1, 16, 32);

  /* What a stored hash may ask for: a forged one could otherwise ask for gigabytes and hours. */
  static final int MAX_MEMORY_KIB = 262_144;
  static final int MAX_ITERATIONS = 10;
  static final int MAX_PARALLELISM = 4;
  static final int MIN_SALT_BYTES = 8;
  static final int MIN_TAG_BYTES = 16;
  static final int MAX_SALT_BYTES = 64;
  static final int MAX_TAG_BYTES = 64;

  /* Argon2 wants two blocks in each of the four slices of a lane. */
  private static final int MIN_MEMORY_KIB_PER_LANE = 8;

  /** Whether a stored hash with these parameters is computed at all. */
  boolean isTrusted() {
    return iterations >= 1
        && iterations <= MAX_ITERATIONS
        && parallelism >= 1
        && parallelism <= MAX_PARALLELISM
        && memoryKib >= MIN_MEMORY_KIB_PER_LANE * parallelism
        && memoryKib <= MAX_MEMORY_KIB
        && saltBytes >= MIN_SALT_BYTES
        && saltBytes <= MAX_SALT_BYTES
        && tagBytes >= MIN_TAG_BYTES
        && tagBytes <= MAX_TAG_BYTES;
  }

  /**
   * Whether new hashes may have these parameters: at or above one of the rows of OWASP ASVS 5.0,
   * appendix C, which are for one lane, or the second choice of RFC 9106, section 4.
   */
  boolean isStrong() {
    boolean enough =
        parallelism == 1
            ? (memoryKib >= 47_104
                || (memoryKib >= 19_456 && iterations >= 2)
                || (memoryKib >= 12_288 && iterations >= 3))
            : memoryKib >= 65_536 && iterations >= 3;
    return enough && saltBytes >= 16 && tagBytes >= 32;
  }

  long memoryBytes() {
    return memoryKib * 1_024L;
  }

  @Override
  public String toString() {
    return "m="
        + memoryKib
        + ",t="
        + iterations
        + ",p="
        + parallelism
        + ", salt of "
        + saltBytes
        + " bytes, tag of "
        + tagBytes
        + " bytes";
  }
}
