package io.thingward.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a listing.
 *
 * @param items S20 At most as many as were asked for; may be fewer, or none, though more follow
 * @param next S21 Where the next page starts; empty if this is the last, to which every listing
 *     comes
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** Copies. */
  public Page {
    requireNonNull(next, "next");
    items = List.copyOf(items);
  }

  /** The same page of something else. */
  public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
    return new Page<>(items.stream().<R>map(mapping).toList(), next);
  }
}
