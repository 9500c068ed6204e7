package io.thingward.store.memory;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Prints what a million access keys of a thousand workspaces take in bytes of heap each, in the
 * store and in a plain map of records. Not a test: run it with {@code -Xms3g -Xmx3g}.
 */
final class AccessKeyMemory {
  private static final int KEYS = 1_000_000;
  private static final int WORKSPACES = 1_000;

  private AccessKeyMemory() {}

  public static void main(String[] args) {
    for (boolean tagged : new boolean[] {false, true}) {
      ConcurrentHashMap<CredentialId, AccessKeyRecord> map = new ConcurrentHashMap<>();
      print(tagged, map, key -> map.put(key.id(), key) == null);
      map.clear();
      MemoryStores stores = new MemoryStores();
      print(tagged, stores, key -> stores.keys().insert(key));
    }
  }

  private static void print(boolean tagged, Object holder, Predicate<AccessKeyRecord> keep) {
    long before = usedHeap();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < KEYS; i++) {
      if (!keep.test(key(i, random, tagged))) {
        throw new AssertionError("two keys have the same id");
      }
    }
    long bytes = (usedHeap() - before) / KEYS;
    String name = holder.getClass().getSimpleName(); // used here, so the holder is still held
    System.out.printf("%s, %s: %d bytes a key%n", name, tagged ? "one tag" : "all", bytes);
  }

  private static AccessKeyRecord key(int i, SplittableRandom random, boolean tagged) {
    int site = random.nextInt(WORKSPACES);
    SecretDigest digest =
        new SecretDigest(
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            Optional.empty());
    // new objects throughout, as a decoder or a management call would make them
    return AccessKeyRecord.builder(
            new CredentialId((1_700_000_000_000L + i) << 16, random.nextLong()),
            new Version(1, new UUID(random.nextLong(), random.nextLong())),
            Instant.ofEpochMilli(1_700_000_000_000L + i),
            WorkspaceId.of("workspace-" + site),
            tagged ? DeviceScope.anyOf("site=" + site) : DeviceScope.all(),
            "Key " + i,
            List.of(new StoredSecret(digest, Optional.empty())))
        .build();
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
