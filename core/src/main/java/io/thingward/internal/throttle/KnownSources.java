package io.thingward.internal.throttle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/* What is remembered of an account that a login succeeded to. Belongs to the lock of its stripe. */
final class KnownSources {
  private final List<KnownSource> latestFirst = new ArrayList<>(2);
  private Tally all = new Tally();

  private record KnownSource(Key source, Tally tally) {}

  /* All failures of the account since its last success. */
  Tally all() {
    return all;
  }

  @Nullable Tally of(Key source) {
    for (KnownSource known : latestFirst) {
      if (known.source().equals(source)) {
        return known.tally();
      }
    }
    return null;
  }

  void succeeded(@Nullable Source source, int limit) {
    all = new Tally();
    if (source == null || limit == 0) {
      return;
    }
    latestFirst.removeIf(known -> known.source().equals(source.key()));
    latestFirst.add(0, new KnownSource(source.key(), new Tally()));
    if (latestFirst.size() > limit) {
      latestFirst.remove(limit);
    }
  }

  boolean isEmpty() {
    return latestFirst.isEmpty();
  }
}
