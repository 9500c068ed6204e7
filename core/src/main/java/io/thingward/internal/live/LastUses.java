package io.thingward.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingward.access.RequestContext;
import io.thingward.error.UnavailableException;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when credentials are used: coarsely, in memory, and written by whoever calls {@link
 * #flush}, never by the thread that authenticates. A first use is written ahead of later ones and
 * is not dropped before them; when too much waits, later uses are lost. Thread-safe.
 */
public final class LastUses {
  private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
  private static final int WAITING = 100_000;

  private final StoreCalls calls;
  private final LastUseStore store;
  private final Duration grain;
  private final Cache<CredentialId, Instant> noted =
      Caffeine.newBuilder().maximumSize(WAITING).executor(Runnable::run).build();
  private final Map<CredentialId, LastUse> first = new ConcurrentHashMap<>();
  private final Map<CredentialId, LastUse> later = new ConcurrentHashMap<>();

  /** Notes uses for this store; two uses less than a grain apart may count as one. */
  public LastUses(StoreCalls calls, LastUseStore store, Duration grain) {
    this.calls = calls;
    this.store = store;
    this.grain = grain;
  }

  /** A credential was used. Costs no I/O and never fails. */
  public void note(CredentialId id, RequestContext context, Instant now) {
    Instant last = noted.getIfPresent(id);
    if (last != null && now.isBefore(last.plus(grain))) {
      return;
    }
    Map<CredentialId, LastUse> waiting = last == null ? first : later;
    if (waiting.size() < WAITING) {
      noted.put(id, now);
      waiting.put(id, new LastUse(now, context.source(), context.agent()));
    }
  }

  /** The last use that this node knows of: one of its own, or one it has learned of. */
  Optional<Instant> noted(CredentialId id) {
    return Optional.ofNullable(noted.getIfPresent(id));
  }

  /** Another node saw a use. */
  void learn(CredentialId id, Instant at) {
    noted.asMap().merge(id, at, (known, seen) -> seen.isAfter(known) ? seen : known);
  }

  /** When these credentials were last used, as far as the store knows. */
  Map<CredentialId, LastUse> read(Collection<CredentialId> ids) {
    return calls.ask("last uses", () -> store.find(ids));
  }

  /**
   * The same where it can be had: last uses decorate an answer, and a change that was made is told
   * whether or not their store answers.
   */
  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
    try {
      return read(ids);
    } catch (UnavailableException unknown) {
      return Map.of();
    }
  }

  /** Writes what waits. What the store refuses is lost. */
  public void flush() {
    write(first);
    write(later);
  }

  private void write(Map<CredentialId, LastUse> waiting) {
    Map<CredentialId, LastUse> chunk = new HashMap<>();
    for (Map.Entry<CredentialId, LastUse> use : waiting.entrySet()) {
      chunk.put(use.getKey(), use.getValue());
      if (chunk.size() == Limits.PAGE) {
        write(waiting, chunk);
        chunk = new HashMap<>();
      }
    }
    if (!chunk.isEmpty()) {
      write(waiting, chunk);
    }
  }

  private void write(Map<CredentialId, LastUse> waiting, Map<CredentialId, LastUse> chunk) {
    chunk.forEach(waiting::remove);
    try {
      boolean kept =
          calls.tell(
              "last uses",
              () -> {
                store.record(chunk);
                return true;
              });
      assert kept;
    } catch (RuntimeException lost) {
      LOG.debug("{} last uses were lost: {}", chunk.size(), lost.getClass().getName());
    }
  }

  /** Forgets credentials that are gone. */
  public void forget(Collection<CredentialId> ids) {
    noted.invalidateAll(ids);
    ids.forEach(first::remove);
    ids.forEach(later::remove);
    try {
      boolean gone =
          calls.tell(
              "last uses",
              () -> {
                store.delete(ids);
                return true;
              });
      assert gone;
    } catch (RuntimeException left) {
      LOG.debug("last uses of {} were left behind: {}", ids, left.getClass().getName());
    }
  }

  /** Forgets uses before an instant, at most so many: those of what is long gone. */
  public int purge(Instant usedBefore, int limit) {
    return calls.tell("last uses", () -> store.purge(usedBefore, limit));
  }
}
