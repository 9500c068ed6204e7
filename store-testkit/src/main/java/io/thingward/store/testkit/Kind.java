package io.thingward.store.testkit;

import io.thingward.model.Version;
import io.thingward.store.VersionedRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One kind of record with a version, and how a store keeps it.
 *
 * @param name what it is called
 * @param find the number of the sentence about finding one
 * @param insert that about inserting
 * @param replace that about replacing
 * @param samples all that such a record may be, each with another key
 * @param hostileKeys records whose keys are easily taken for each other
 * @param named an ordinary record of version 1 whose key is made of a text of lower-case letters
 * @param tombstone what takes its place when it is deleted for good; empty if nothing does
 * @param inserting how a store inserts one
 * @param replacing how a store replaces one
 * @param finding how a store finds one with the key of this one
 * @param <S> the store
 * @param <R> the record
 */
record Kind<S, R extends VersionedRecord<R>>(
    String name,
    int find,
    int insert,
    int replace,
    Supplier<List<R>> samples,
    Supplier<List<R>> hostileKeys,
    Function<String, R> named,
    Optional<Function<R, R>> tombstone,
    BiPredicate<S, R> inserting,
    Replacing<S, R> replacing,
    BiFunction<S, R, Optional<R>> finding) {

  /** How a store replaces a record. */
  @FunctionalInterface
  interface Replacing<S, R> {
    boolean replace(S store, R record, Version expected);
  }

  /** The same, where other kinds may share the space of keys: one that none of them has. */
  R apart(String text) {
    return named.apply(text + name.length());
  }

  boolean insert(S store, R record) {
    return inserting.test(store, record);
  }

  boolean replace(S store, R record, Version expected) {
    return replacing.replace(store, record, expected);
  }

  Optional<R> find(S store, R record) {
    return finding.apply(store, record);
  }

  R at(R record, long sequence) {
    return record.at(Samples.version(sequence));
  }

  @Override
  public String toString() {
    return name;
  }
}
