package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks listings. */
final class Pages {
  /* Far more than any walk here needs, also if a store leaves many pages empty. */
  private static final int MOST = 5_000;

  private Pages() {}

  /** All items of a listing, page after page. */
  static <T> List<T> all(Function<PageRequest, Page<T>> listing, int limit) {
    return from(listing, PageRequest.first(limit));
  }

  /** All items of a listing from here on. */
  static <T> List<T> from(Function<PageRequest, Page<T>> listing, PageRequest start) {
    List<T> items = new ArrayList<>();
    PageRequest request = start;
    for (int pages = 1; ; pages++) {
      assertThat(pages).as("pages of a listing that comes to no end").isLessThan(MOST);
      Page<T> page = listing.apply(request);
      assertThat(page.items().size()).as("items of a page").isLessThanOrEqualTo(request.limit());
      items.addAll(page.items());
      if (page.next().isEmpty()) {
        return items;
      }
      request = PageRequest.after(page.next().get(), request.limit());
    }
  }
}
