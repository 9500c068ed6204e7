package io.thingward.internal.management;

import io.thingward.model.DeviceScope;
import io.thingward.model.TagEntry;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a host narrows the texts that tag keys and values may have, beyond the rule of {@link
 * io.thingward.model.Tag}. Checked wherever a scope is given to something.
 *
 * @param keys what a key has to match as a whole
 * @param values what a value has to match as a whole
 */
public record TagRules(Optional<Pattern> keys, Optional<Pattern> values) {
  /** No narrowing. */
  public static TagRules none() {
    return new TagRules(Optional.empty(), Optional.empty());
  }

  /** Refuses a scope whose entries break a rule. */
  public void check(DeviceScope scope) {
    scope
        .selector()
        .ifPresent(
            selector -> {
              for (TagEntry entry : selector.tags()) {
                check("key", keys, entry.key());
                check("value", values, entry.value());
              }
            });
  }

  private static void check(String what, Optional<Pattern> rule, Optional<String> text) {
    if (rule.isPresent() && text.isPresent() && !rule.get().matcher(text.get()).matches()) {
      throw new IllegalArgumentException(
          "the tag " + what + " '" + text.get() + "' does not match " + rule.get());
    }
  }
}
