package io.thingward.crash;

import io.thingward.model.Limits;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Walks listings. */
final class Pages {
  private Pages() {}

  /** All items, page after page. */
  static <T> List<T> all(Function<PageRequest, Page<T>> listing) {
    List<T> items = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(Limits.PAGE));
    while (next.isPresent()) {
      Page<T> page = listing.apply(next.get());
      items.addAll(page.items());
      next = page.next().map(from -> PageRequest.after(from, Limits.PAGE));
    }
    return items;
  }
}
