package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.model.Limits;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every listing has in common. */
final class ListingTests<S, R extends StoreRecord> {
  /* Several pages of every size that is asked for. */
  private static final int COUNT = 23;

  private static final List<String> GARBAGE =
      List.of(
          "",
          " ",
          "garbage",
          "0",
          "-1",
          "null",
          "acme",
          "%",
          "'",
          "' or ''='",
          "a:b",
          "!!!!",
          "AAAA",
          "\u0000",
          "\uD83D\uDE00",
          "9".repeat(10_000));

  private final Supplier<S> stores;
  private final Listing<S, R> listing;
  private final List<Listing<S, ?>> all;

  private ListingTests(Supplier<S> stores, Listing<S, R> listing, List<Listing<S, ?>> all) {
    this.stores = stores;
    this.listing = listing;
    this.all = all;
  }

  /** The tests of these listings of one store, each in an empty one. */
  static <S> Stream<DynamicTest> of(Supplier<S> stores, List<Listing<S, ?>> listings) {
    return listings.stream().flatMap(one -> new ListingTests<>(stores, one, listings).tests());
  }

  private interface Check<S> {
    void in(S store) throws Exception;
  }

  private DynamicTest test(int rule, String sentence, Check<S> check) {
    return dynamicTest(
        "S%d: %s [%s]".formatted(rule, sentence, listing.name()), () -> check.in(stores.get()));
  }

  private Stream<DynamicTest> tests() {
    return Stream.of(
        test(listing.rule(), "lists what is there", this::listsWhatIsThere),
        test(1, "a listing after an insert has it whole", this::listsWhatIsThere),
        test(16, "lists nothing of another parent", this::listsNoStranger),
        test(7, "lists each once, in pages of any size", this::listsEachOnce),
        test(7, "lists each present one once amid changes", this::listsThePresentOnce),
        test(20, "a page has at most as many as were asked for", this::pageHasAtMostItsLimit),
        test(21, "a listing comes to its end", this::listingEnds),
        test(22, "a text that is no continuation yields nothing else", this::garbage),
        test(22, "a continuation of another listing yields nothing of it", this::foreign),
        test(23, "a continuation stays good when its record is gone", this::continues),
        test(23, "a continuation is good more than once", this::continuesAgain));
  }

  @CanIgnoreReturnValue
  private List<R> fill(S store, int count) {
    List<R> mine = listing.mine(count);
    List<R> strangers = listing.strangers();
    // one of these, one of those
    for (int i = 0; i < Math.max(mine.size(), strangers.size()); i++) {
      if (i < mine.size()) {
        insert(store, mine.get(i));
      }
      if (i < strangers.size()) {
        insert(store, strangers.get(i));
      }
    }
    return mine;
  }

  private void insert(S store, R record) {
    assertThat(listing.insert(store, record)).as("insert of %s", record).isTrue();
  }

  private void listsWhatIsThere(S store) {
    assertThat(listing.all(store, 10)).isEmpty();
    R first = listing.mine().apply(0);
    R second = listing.mine().apply(1);
    insert(store, first);
    assertThat(listing.all(store, 10)).containsExactly(first);
    insert(store, second);
    assertThat(listing.all(store, 10)).containsExactlyInAnyOrder(first, second);
  }

  private void listsNoStranger(S store) {
    listing.strangers().forEach(record -> insert(store, record));
    assertThat(listing.all(store, 10)).isEmpty();
    List<R> mine = listing.mine(COUNT);
    mine.forEach(record -> insert(store, record));
    for (int limit : new int[] {1, 2, 10, Limits.PAGE}) {
      assertThat(listing.all(store, limit)).containsExactlyInAnyOrderElementsOf(mine);
    }
  }

  private void listsEachOnce(S store) {
    List<R> mine = fill(store, COUNT);
    for (int limit = 1; limit <= COUNT + 1; limit++) {
      assertThat(listing.all(store, limit))
          .as("in pages of %s", limit)
          .containsExactlyInAnyOrderElementsOf(mine);
    }
    assertThat(listing.all(store, Limits.PAGE)).containsExactlyInAnyOrderElementsOf(mine);
  }

  private void pageHasAtMostItsLimit(S store) {
    fill(store, COUNT);
    for (int limit = 1; limit <= COUNT; limit++) {
      Page<R> first = listing.page(store, PageRequest.first(limit));
      assertThat(first.items().size()).isLessThanOrEqualTo(limit);
      if (first.next().isPresent()) {
        Page<R> second = listing.page(store, PageRequest.after(first.next().get(), limit));
        assertThat(second.items().size()).isLessThanOrEqualTo(limit);
      }
    }
  }

  private void listingEnds(S store) {
    assertThat(listing.all(store, 1)).isEmpty();
    List<R> mine = fill(store, COUNT);
    // a full last page, too
    for (int limit : new int[] {1, COUNT, COUNT + 1}) {
      assertThat(listing.all(store, limit)).hasSameSizeAs(mine);
    }
  }

  private void garbage(S store) {
    List<R> mine = fill(store, COUNT);
    for (String text : GARBAGE) {
      assertOnly(store, mine, text);
    }
    // what comes close to a real one
    String real = listing.page(store, PageRequest.first(3)).next().orElse("none");
    assertOnly(store, mine, real + "x");
    assertOnly(store, mine, real + real);
    assertOnly(store, mine, real.substring(1));
    assertOnly(store, mine, real.substring(0, real.length() - 1));
  }

  private void foreign(S store) {
    List<R> mine = fill(store, COUNT);
    for (Listing<S, ?> other : all) {
      for (String continuation : continuations(store, other)) {
        assertOnly(store, mine, continuation);
      }
    }
  }

  private static <S, T extends StoreRecord> List<String> continuations(
      S store, Listing<S, T> other) {
    for (T record : other.mine(9)) {
      var unused = other.insert(store, record); // false where a test has it already
    }
    List<String> continuations = new ArrayList<>();
    other.page(store, PageRequest.first(2)).next().ifPresent(continuations::add);
    other.page(store, PageRequest.first(5)).next().ifPresent(continuations::add);
    return continuations;
  }

  /* Refused, or a page of this listing like any other. */
  private void assertOnly(S store, List<R> mine, String continuation) {
    Page<R> page;
    try {
      page = listing.page(store, PageRequest.after(continuation, 10));
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat(page.items().size()).isLessThanOrEqualTo(10);
    assertThat(page.items()).as("from \"%s\" on", continuation).isSubsetOf(mine);
  }

  private void continues(S store) {
    List<R> mine = fill(store, COUNT);
    Page<R> first = listing.page(store, PageRequest.first(7));
    String next = first.next().orElseThrow();
    for (R record : first.items()) {
      boolean removed = listing.remove(store, record);
      assertThat(removed).isEqualTo(!listing.strangers().isEmpty());
    }
    List<R> rest = Pages.from(page -> listing.page(store, page), PageRequest.after(next, 7));
    List<R> expected = new ArrayList<>(mine);
    expected.removeAll(first.items());
    assertThat(rest).containsExactlyInAnyOrderElementsOf(expected);
  }

  private void continuesAgain(S store) {
    fill(store, COUNT);
    String next = listing.page(store, PageRequest.first(7)).next().orElseThrow();
    List<R> once = Pages.from(page -> listing.page(store, page), PageRequest.after(next, 5));
    List<R> again = Pages.from(page -> listing.page(store, page), PageRequest.after(next, 3));
    assertThat(again).containsExactlyInAnyOrderElementsOf(once).isNotEmpty();
  }

  private void listsThePresentOnce(S store) throws Exception {
    int count = 200;
    List<R> present = new ArrayList<>();
    for (int i = 0; i < count; i += 2) {
      present.add(listing.mine().apply(i));
      insert(store, listing.mine().apply(i));
    }
    AtomicBoolean done = new AtomicBoolean();
    List<List<List<R>>> results =
        Race.of(
            3,
            i ->
                () -> {
                  if (i > 0) {
                    change(store, i, done);
                    return List.of();
                  }
                  try {
                    return Stream.of(3, 7, 20, 50, 100, 3, 7, 20, 50, 100)
                        .map(limit -> listing.all(store, limit))
                        .toList();
                  } finally {
                    done.set(true);
                  }
                });
    for (List<R> listed : results.get(0)) {
      assertThat(listed).doesNotHaveDuplicates();
      assertThat(listed).containsAll(present);
    }
  }

  /* Inserts and, where it can be done, removes those that are not there throughout. */
  private void change(S store, int thread, AtomicBoolean done) {
    // never the same one twice: what was removed may have left a tombstone
    for (int i = thread * 2 - 1; i < 2_000 && !done.get(); i += 4) {
      R record = listing.mine().apply(i);
      if (listing.insert(store, record)) {
        var unused = listing.remove(store, record);
      }
    }
  }
}
