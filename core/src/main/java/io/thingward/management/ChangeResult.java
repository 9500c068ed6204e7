package io.thingward.management;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a change set made of a member or an API user.
 *
 * @param value the member or API user after the call
 * @param outcomes one outcome per change, in the order of {@link ChangeSet#changes()}
 * @param <T> what was changed
 */
public record ChangeResult<T>(T value, List<ChangeSet.Outcome> outcomes) {
  /** Copies. */
  public ChangeResult {
    requireNonNull(value, "value");
    outcomes = List.copyOf(outcomes);
  }
}
