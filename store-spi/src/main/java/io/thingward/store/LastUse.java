package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.Limits;
import io.thingward.model.Names;
import io.thingward.model.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * When and from where a credential was last used. Coarse and losable.
 *
 * @param at when, to the millisecond
 * @param source the source address as the host gave it, at most {@value Limits#NAME_LENGTH}
 *     characters
 * @param agent the user agent as the host gave it, at most {@value Limits#NAME_LENGTH} characters
 */
public record LastUse(Instant at, Optional<String> source, Optional<String> agent) {
  /** Validates. */
  public LastUse {
    Times.check(requireNonNull(at, "at"));
    source.ifPresent(Names::check);
    agent.ifPresent(Names::check);
  }
}
