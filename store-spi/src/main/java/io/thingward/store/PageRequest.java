package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.Limits;
import java.util.Optional;

/**
 * Asks for one page of a listing.
 *
 * @param from where the page starts, as an earlier {@link Page#next()} said; empty for the first.
 *     S22 A text that cannot be a continuation of this listing is an {@link
 *     IllegalArgumentException} of the listing call where the store can tell, and never yields a
 *     record of another listing. Clients may hold one for long: S23 It stays good when the record
 *     it was made of is deleted
 * @param limit the most items to return, 1 to {@value Limits#PAGE}
 */
public record PageRequest(Optional<String> from, int limit) {
  /** Validates. */
  public PageRequest {
    requireNonNull(from, "from");
    if (limit < 1 || limit > Limits.PAGE) {
      throw new IllegalArgumentException("a page has 1 to " + Limits.PAGE + " items, not " + limit);
    }
  }

  /** The first page. */
  public static PageRequest first(int limit) {
    return new PageRequest(Optional.empty(), limit);
  }

  /** The page after one that named this continuation. */
  public static PageRequest after(String next, int limit) {
    return new PageRequest(Optional.of(next), limit);
  }
}
