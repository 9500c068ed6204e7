package io.thingward.management;

import io.thingward.model.DeviceScope;
import io.thingward.model.Names;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An access key to be created.
 *
 * @param name what people will call it
 * @param scope the devices that may use it: all, or a selector
 * @param description what people say about it, may be empty
 * @param endsAt when it ends by plan, if ever
 */
public record NewAccessKey(
    String name, DeviceScope scope, String description, Optional<Instant> endsAt) {
  /** Validates the texts. */
  public NewAccessKey {
    Names.check(name);
    Names.checkDescription(description);
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(endsAt, "endsAt");
  }

  /** A key without description and end. */
  public static NewAccessKey of(String name, DeviceScope scope) {
    return new NewAccessKey(name, scope, "", Optional.empty());
  }

  /** The same with this description. */
  public NewAccessKey description(String text) {
    return new NewAccessKey(name, scope, text, endsAt);
  }

  /** The same with this end. */
  public NewAccessKey endsAt(Instant end) {
    return new NewAccessKey(name, scope, description, Optional.of(end));
  }
}
