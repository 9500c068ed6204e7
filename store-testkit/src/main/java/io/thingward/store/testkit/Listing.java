package io.thingward.store.testkit;

import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreRecord;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One listing of one parent.
 *
 * @param name what it lists
 * @param rule the number of the sentence about what it lists
 * @param paging asks a store for a page
 * @param inserting how a store inserts a record
 * @param mine the record of a number that belongs to the parent; another for each
 * @param strangers records that do not, however close their parents are
 * @param removing takes a record out of this listing; or tells that nothing does
 * @param <S> the store
 * @param <R> the record
 */
record Listing<S, R extends StoreRecord>(
    String name,
    int rule,
    BiFunction<S, PageRequest, Page<R>> paging,
    BiPredicate<S, R> inserting,
    IntFunction<R> mine,
    List<R> strangers,
    BiPredicate<S, R> removing) {

  Page<R> page(S store, PageRequest request) {
    return paging.apply(store, request);
  }

  List<R> all(S store, int limit) {
    return Pages.all(request -> page(store, request), limit);
  }

  List<R> mine(int count) {
    return IntStream.range(0, count).mapToObj(mine).toList();
  }

  boolean insert(S store, R record) {
    return inserting.test(store, record);
  }

  /** Whether the record could be taken out of this listing, and was. */
  boolean remove(S store, R record) {
    return removing.test(store, record);
  }

  @Override
  public String toString() {
    return name;
  }
}
