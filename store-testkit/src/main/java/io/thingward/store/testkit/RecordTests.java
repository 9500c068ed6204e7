package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.otherVersion;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.thingward.model.Version;
import io.thingward.store.VersionedRecord;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every kind of record with a version has in common. */
final class RecordTests<S, R extends VersionedRecord<R>> {
  private final Supplier<S> stores;
  private final Kind<S, R> kind;

  private RecordTests(Supplier<S> stores, Kind<S, R> kind) {
    this.stores = stores;
    this.kind = kind;
  }

  /** The tests of these kinds, each in an empty store. */
  static <S> Stream<DynamicTest> of(Supplier<S> stores, List<Kind<S, ?>> kinds) {
    return kinds.stream().flatMap(kind -> new RecordTests<>(stores, kind).all());
  }

  private interface Check<S> {
    void in(S store) throws Exception;
  }

  private DynamicTest test(int rule, String sentence, Check<S> check) {
    return dynamicTest(
        "S%d: %s [%s]".formatted(rule, sentence, kind.name()), () -> check.in(stores.get()));
  }

  private Stream<DynamicTest> all() {
    return Stream.of(
        test(5, "absent is a value", this::absentIsEmpty),
        test(kind.find(), "each of many is found by its key", this::eachIsFound),
        test(1, "a read after an insert sees it", this::insertIsSeen),
        test(1, "a read after a replacement sees it", this::replacementIsSeen),
        test(5, "duplicate and stale are values", this::duplicateAndStaleAreValues),
        test(kind.insert(), "a new one is kept", this::insertIsSeen),
        test(kind.insert(), "one that exists stays as it is", this::duplicateChangesNothing),
        test(kind.insert(), "a tombstone exists, too", this::insertOverLaterState),
        test(kind.replace(), "the expected version is replaced", this::replacementIsSeen),
        test(kind.replace(), "a stale replacement changes nothing", this::staleChangesNothing),
        test(kind.replace(), "the version is compared as a whole", this::versionIsWhole),
        test(kind.replace(), "versions at the edges are compared", this::extremeVersions),
        test(kind.replace(), "what is not there is not inserted", this::replaceAbsent),
        test(3, "keys that look alike are different keys", this::hostileKeys),
        test(4, "each comes back equal to what was stored", this::roundTrip),
        test(4, "a replacement comes back equal to what was stored", this::roundTripOfReplacement),
        test(9, "what takes the place of a record stays", this::tombstoneStays),
        test(11, "one is kept alone, though nothing else exists", this::insertIsSeen),
        test(2, "of racing inserts exactly one wins", this::racingInserts),
        test(2, "of racing replacements exactly one wins", this::racingReplacements),
        test(2, "no replacement is lost under contention", this::noLostUpdate),
        test(17, "many threads may insert and find at once", this::manyThreads));
  }

  private void absentIsEmpty(S store) {
    R record = kind.named().apply("absent");
    assertThat(kind.find(store, record)).isEmpty();
    assertThat(kind.insert(store, kind.named().apply("present"))).isTrue();
    assertThat(kind.find(store, record)).isEmpty();
  }

  private void eachIsFound(S store) {
    List<R> records = Stream.of("a", "b", "c", "ab", "abc").map(kind.named()).toList();
    records.forEach(record -> assertThat(kind.insert(store, record)).isTrue());
    records.forEach(record -> assertThat(kind.find(store, record)).contains(record));
  }

  private void insertIsSeen(S store) {
    R record = kind.named().apply("a");
    assertThat(kind.find(store, record)).isEmpty();
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.find(store, record)).contains(record);
  }

  private void replacementIsSeen(S store) {
    R record = kind.named().apply("a");
    R next = kind.at(record, 2);
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.find(store, record)).contains(record);
    assertThat(kind.replace(store, next, version(1))).isTrue();
    assertThat(kind.find(store, record)).contains(next);
    R last = kind.at(record, 3);
    assertThat(kind.replace(store, last, version(2))).isTrue();
    assertThat(kind.find(store, record)).contains(last);
  }

  private void duplicateAndStaleAreValues(S store) {
    R record = kind.named().apply("a");
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.insert(store, record)).isFalse();
    assertThat(kind.replace(store, kind.at(record, 3), version(2))).isFalse();
  }

  private void duplicateChangesNothing(S store) {
    R record = kind.named().apply("a");
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.insert(store, record)).isFalse();
    assertThat(kind.insert(store, kind.at(record, 2))).isFalse();
    assertThat(kind.find(store, record)).contains(record);
  }

  private void insertOverLaterState(S store) {
    R record = kind.named().apply("a");
    R next = kind.tombstone().map(dead -> dead.apply(record)).orElseGet(() -> kind.at(record, 2));
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.replace(store, next, version(1))).isTrue();
    assertThat(kind.insert(store, record)).isFalse();
    assertThat(kind.insert(store, kind.at(record, 3))).isFalse();
    assertThat(kind.find(store, record)).contains(next);
  }

  private void staleChangesNothing(S store) {
    R first = kind.named().apply("a");
    R second = kind.at(first, 2);
    R third = kind.at(first, 3);
    assertThat(kind.insert(store, first)).isTrue();
    assertThat(kind.replace(store, second, version(1))).isTrue();
    assertThat(kind.replace(store, third, version(1))).isFalse();
    assertThat(kind.replace(store, third, version(3))).isFalse();
    assertThat(kind.find(store, first)).contains(second);
  }

  private void versionIsWhole(S store) {
    R record = kind.named().apply("a");
    R next = kind.at(record, 2);
    Version kept = version(1);
    long high = kept.change().getMostSignificantBits();
    long low = kept.change().getLeastSignificantBits();
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.replace(store, next, otherVersion(1))).as("another change").isFalse();
    assertThat(kind.replace(store, next, new Version(1, new UUID(high, low + 1))))
        .as("a change that differs in its low half")
        .isFalse();
    assertThat(kind.replace(store, next, new Version(2, kept.change())))
        .as("another sequence number")
        .isFalse();
    assertThat(kind.find(store, record)).contains(record);
    assertThat(kind.replace(store, next, kept)).isTrue();
  }

  private void extremeVersions(S store) {
    R record = kind.named().apply("a").at(Samples.VERSIONS.get(0));
    assertThat(kind.insert(store, record)).isTrue();
    Version before = Samples.VERSIONS.get(0);
    for (Version version : Samples.VERSIONS.subList(1, Samples.VERSIONS.size())) {
      R next = record.at(version);
      assertThat(kind.replace(store, next, version)).as("not yet " + version).isFalse();
      assertThat(kind.replace(store, next, before)).as("from " + before).isTrue();
      assertThat(kind.find(store, record)).contains(next);
      before = version;
    }
  }

  private void replaceAbsent(S store) {
    R record = kind.named().apply("absent");
    assertThat(kind.replace(store, record, version(1))).isFalse();
    assertThat(kind.find(store, record)).isEmpty();
    assertThat(kind.insert(store, record)).isTrue();
  }

  private void hostileKeys(S store) {
    List<R> records = kind.hostileKeys().get();
    for (R record : records) {
      assertThat(kind.find(store, record)).as("before %s is there", record).isEmpty();
      assertThat(kind.insert(store, record)).as("insert of %s", record).isTrue();
    }
    records.forEach(record -> assertThat(kind.find(store, record)).contains(record));
    R first = records.get(0);
    assertThat(kind.replace(store, kind.at(first, 2), version(1))).isTrue();
    records.stream()
        .skip(1)
        .forEach(record -> assertThat(kind.find(store, record)).contains(record));
  }

  private void roundTrip(S store) {
    List<R> samples = kind.samples().get();
    for (R record : samples) {
      assertThat(kind.insert(store, record)).as("insert of %s", record).isTrue();
      assertThat(kind.find(store, record)).contains(record);
    }
    // and once more, now that all the others are there
    samples.forEach(record -> assertThat(kind.find(store, record)).contains(record));
  }

  private void roundTripOfReplacement(S store) {
    for (R record : kind.samples().get()) {
      R first = kind.at(record, 7);
      assertThat(kind.insert(store, first)).as("insert of %s", first).isTrue();
      assertThat(kind.replace(store, record, version(7))).as("replaced by %s", record).isTrue();
      assertThat(kind.find(store, record)).contains(record);
    }
  }

  private void tombstoneStays(S store) {
    R record = kind.named().apply("a");
    R dead = kind.tombstone().map(end -> end.apply(record)).orElseGet(() -> kind.at(record, 2));
    assertThat(kind.insert(store, record)).isTrue();
    assertThat(kind.replace(store, dead, version(1))).isTrue();
    for (String other : List.of("b", "c", "d")) {
      assertThat(kind.insert(store, kind.named().apply(other))).isTrue();
    }
    assertThat(kind.find(store, record)).contains(dead);
    assertThat(kind.insert(store, record)).isFalse();
    assertThat(kind.find(store, record)).contains(dead);
  }

  private void racingInserts(S store) throws Exception {
    for (int round = 0; round < Race.ROUNDS; round++) {
      R record = kind.named().apply("race" + round);
      List<Boolean> won = Race.of(i -> () -> kind.insert(store, kind.at(record, 10 + i)));
      assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
      assertThat(kind.find(store, record)).contains(kind.at(record, 10 + won.indexOf(true)));
    }
  }

  private void racingReplacements(S store) throws Exception {
    for (int round = 0; round < Race.ROUNDS; round++) {
      R record = kind.named().apply("race" + round);
      assertThat(kind.insert(store, record)).isTrue();
      List<Boolean> won =
          Race.of(i -> () -> kind.replace(store, kind.at(record, 10 + i), version(1)));
      assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
      assertThat(kind.find(store, record)).contains(kind.at(record, 10 + won.indexOf(true)));
    }
  }

  private void noLostUpdate(S store) throws Exception {
    R record = kind.named().apply("a");
    assertThat(kind.insert(store, record)).isTrue();
    List<Integer> done = Race.of(i -> () -> changes(store, record));
    int changes = done.stream().mapToInt(Integer::intValue).sum();
    assertThat(kind.find(store, record)).contains(kind.at(record, changes + 1));
  }

  /* How often this thread moved the record on by one; who loses reads again. */
  private int changes(S store, R record) {
    int changes = 0;
    for (int tries = 0; changes < 25 && tries < 10_000; tries++) {
      Version now = kind.find(store, record).orElseThrow().version();
      if (kind.replace(store, kind.at(record, now.sequence() + 1), now)) {
        changes++;
      }
    }
    return changes;
  }

  private void manyThreads(S store) throws Exception {
    int each = 50;
    List<Boolean> kept =
        Race.of(
            i ->
                () -> {
                  boolean all = true;
                  for (int n = 0; n < each; n++) {
                    R record = kind.named().apply("t" + i + "n" + n);
                    all &= kind.insert(store, record);
                    all &= kind.find(store, record).filter(record::equals).isPresent();
                  }
                  return all;
                });
    assertThat(kept).doesNotContain(false);
    for (int i = 0; i < kept.size(); i++) {
      for (int n = 0; n < each; n++) {
        R record = kind.named().apply("t" + i + "n" + n);
        assertThat(kind.find(store, record)).contains(record);
      }
    }
  }
}
