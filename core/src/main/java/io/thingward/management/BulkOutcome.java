package io.thingward.management;

import io.thingward.error.ThingwardException;
import java.util.Optional;

/**
 * What became of one item of a bulk call.
 *
 * @param result what was made of it
 * @param failure why nothing was made of it, else: an {@link IllegalArgumentException} or a {@link
 *     ThingwardException}
 * @param <T> what is made of an item
 */
public record BulkOutcome<T>(Optional<T> result, Optional<RuntimeException> failure) {
  static <T> BulkOutcome<T> of(T result) {
    return new BulkOutcome<>(Optional.of(result), Optional.empty());
  }

  static <T> BulkOutcome<T> failed(RuntimeException failure) {
    return new BulkOutcome<>(Optional.empty(), Optional.of(failure));
  }

  /** What was made of the item; throws why not, else. */
  public T orElseThrow() {
    return result.orElseThrow(failure::orElseThrow);
  }
}
