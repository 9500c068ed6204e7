package io.thingward.internal.live;

import io.thingward.internal.rights.Holdings;
import io.thingward.internal.rights.Positions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports permission names that a store has and the catalog lacks, each once: a newer node may have
 * written them, or an operator may have dropped a permission that is still granted. Thread-safe.
 */
final class UnknownNames {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownNames.class);
  private static final int REMEMBERED = 1_000;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  void report(Holdings holdings, Positions positions) {
    for (String name : positions.unknown(holdings)) {
      if (reported.size() < REMEMBERED && reported.add(name)) {
        LOG.warn("the store grants the permission {}, which is not in the catalog", name);
      }
    }
  }
}
