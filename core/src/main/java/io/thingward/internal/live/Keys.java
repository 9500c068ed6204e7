package io.thingward.internal.live;

import io.thingward.model.StoredSecret;
import io.thingward.store.KeyRecord;
import java.time.Instant;
import java.util.function.Predicate;

/** Whether keys stand. */
public final class Keys {
  private Keys() {}

  /** Whether a key, and a secret of it that is of this sort, are not past their ends. */
  public static boolean isAlive(KeyRecord key, Predicate<StoredSecret> sort, Instant now) {
    return LiveCredential.isBefore(now, key.endsAt())
        && key.secrets().stream()
            .anyMatch(secret -> sort.test(secret) && LiveCredential.isBefore(now, secret.endsAt()));
  }
}
