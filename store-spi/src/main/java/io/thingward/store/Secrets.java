package io.thingward.store;

import io.thingward.model.Limits;
import io.thingward.model.StoredSecret;
import java.util.List;

/** The rule for the secrets of a key. */
final class Secrets {
  private Secrets() {}

  /** Returns a copy, in which the newest secret comes first and only older ones have an end. */
  static List<StoredSecret> copy(List<StoredSecret> secrets) {
    if (secrets.isEmpty() || secrets.size() > Limits.SECRETS_PER_KEY) {
      throw new IllegalArgumentException(
          "a key has 1 to " + Limits.SECRETS_PER_KEY + " secrets, not " + secrets.size());
    }
    if (secrets.get(0).endsAt().isPresent()) {
      throw new IllegalArgumentException("the newest secret of a key has no end of its own");
    }
    if (secrets.stream().skip(1).anyMatch(older -> older.endsAt().isEmpty())) {
      throw new IllegalArgumentException("an older secret of a key has an end of its own");
    }
    return List.copyOf(secrets);
  }
}
