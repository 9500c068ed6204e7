package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.accessKey;
import static io.thingward.store.memory.Samples.credential;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a table promises while it is written to. */
class TableTest {
  private static final int KEYS = 1_000;

  private final KeyStore keys = new MemoryStores().keys();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  @DisplayName("S7: what is present from the first page to the last is listed exactly once")
  void list_whileOthersAreInsertedReplacedAndDeleted_listsThePresentOnce() throws Exception {
    List<CredentialId> present = new ArrayList<>();
    for (int i = 0; i < KEYS; i += 2) {
      assertThat(keys.insert(accessKey(i, ACME))).isTrue();
      present.add(credential(i));
    }

    List<List<List<CredentialId>>> results =
        Race.of(
            3,
            i ->
                switch (i) {
                  case 0 -> this::listManyTimes;
                  case 1 -> untilDone(this::insertAndDeleteAbsent);
                  default -> untilDone(this::replacePresent);
                });

    for (List<CredentialId> listing : results.get(0)) {
      assertThat(listing).doesNotHaveDuplicates().isSorted();
      assertThat(listing.stream().filter(id -> id.high() % 2 == 0)).isEqualTo(present);
    }
  }

  private List<List<CredentialId>> listManyTimes() {
    try {
      return IntStream.range(0, 40)
          .mapToObj(i -> pages(page -> keys.listAccessKeys(ACME, page), 7 + i))
          .map(listing -> listing.stream().map(AccessKeyRecord::id).toList())
          .toList();
    } finally {
      done.set(true);
    }
  }

  private Callable<List<List<CredentialId>>> untilDone(LongConsumer change) {
    return () -> {
      while (!done.get()) {
        LongStream.range(0, KEYS).forEach(change);
      }
      return List.of();
    };
  }

  private void insertAndDeleteAbsent(long number) {
    if (number % 2 == 1) {
      CredentialId id = credential(number);
      boolean changed =
          keys.find(id).isEmpty()
              ? keys.insert(accessKey(number, ACME))
              : keys.delete(id, version(1));
      assertThat(changed).isTrue();
    }
  }

  private void replacePresent(long number) {
    if (number % 2 == 0) {
      KeyRecord key = keys.find(credential(number)).orElseThrow();
      AccessKeyRecord next = ((AccessKeyRecord) key).at(version(key.version().sequence() + 1));
      assertThat(keys.replace(next, key.version())).isTrue();
    }
  }
}
