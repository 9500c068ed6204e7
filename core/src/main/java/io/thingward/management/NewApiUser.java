package io.thingward.management;

import io.thingward.model.Names;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An API user to be created.
 *
 * @param name what people will call it
 * @param rights what it will hold
 * @param endsAt from when on it is as if suspended, if ever
 */
public record NewApiUser(String name, ChangeSet rights, Optional<Instant> endsAt) {
  /** Validates. */
  public NewApiUser {
    Names.check(name);
    Objects.requireNonNull(rights, "rights");
    Objects.requireNonNull(endsAt, "endsAt");
  }

  /** An API user without an end. */
  public static NewApiUser of(String name, ChangeSet rights) {
    return new NewApiUser(name, rights, Optional.empty());
  }

  /** The same with this end. */
  public NewApiUser endsAt(Instant end) {
    return new NewApiUser(name, rights, Optional.of(end));
  }
}
