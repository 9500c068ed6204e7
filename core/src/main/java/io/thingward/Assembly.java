package io.thingward;

import io.thingward.internal.audit.Audit;
import io.thingward.internal.authentication.Activations;
import io.thingward.internal.authentication.Authenticator;
import io.thingward.internal.authentication.Logins;
import io.thingward.internal.live.Aggregate;
import io.thingward.internal.live.CallBounds;
import io.thingward.internal.live.Counters;
import io.thingward.internal.live.FeedReader;
import io.thingward.internal.live.Idleness;
import io.thingward.internal.live.LastUses;
import io.thingward.internal.live.Live;
import io.thingward.internal.live.NodeCache;
import io.thingward.internal.live.Records;
import io.thingward.internal.live.SessionIssuer;
import io.thingward.internal.live.Ticker;
import io.thingward.internal.live.Time;
import io.thingward.internal.live.Watches;
import io.thingward.internal.management.Room;
import io.thingward.internal.password.ActivationCodes;
import io.thingward.internal.password.Guesses;
import io.thingward.internal.password.PasswordParts;
import io.thingward.internal.password.Passwords;
import io.thingward.internal.password.UserRecords;
import io.thingward.internal.rights.Positions;
import io.thingward.internal.throttle.Throttle;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.Entropy;
import io.thingward.internal.token.TokenFormat;
import io.thingward.password.PasswordPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/* The parts of a library, put together; nothing else happens here. */
final class Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final int THREADS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration FLUSH = Duration.ofSeconds(1);
  private static final Duration COARSEST_USE = Duration.ofMinutes(1);

  private final Time time;
  private final Positions positions;
  private final TokenFormat format;
  private final Digester digester;
  private final CallBounds calls;
  private final NodeCache cache;
  private final Records records;
  private final Watches watches;
  private final Ticker ticker;
  private final List<FeedReader> readers;
  private final LastUses keyUses;
  private final LastUses sessionUses;
  private final Authenticator authenticator;
  private final Logins logins;
  private final Activations activations;
  private final Room room;
  private final ScheduledExecutorService scheduler;
  private final boolean ownScheduler;
  private final ScheduledFuture<?> upkeep;
  private final AtomicBoolean open = new AtomicBoolean(true);

  Assembly(ThingwardBuilder built) {
    time = new Time(built.clock, built.monotonic, built.freshness);
    positions = new Positions(built.catalog());
    built.reach.self().forEach(positions::checked);
    built.reach.peers().forEach(positions::checked);
    format = TokenFormat.of(built.brand);
    digester = new Digester(built.peppers);
    ownScheduler = built.scheduler == null;
    scheduler = built.scheduler == null ? daemon() : built.scheduler;
    watches = new Watches(scheduler);
    calls = new CallBounds(built.storeCalls, PATIENCE);
    cache = new NodeCache(time, built.cacheSize);
    keyUses = new LastUses(calls.of(Aggregate.KEYS), built.stores().keyUses(), COARSEST_USE);
    Duration grain = built.policies.sessionIdle().dividedBy(8);
    sessionUses =
        new LastUses(
            calls.of(Aggregate.SESSIONS),
            built.stores().sessionUses(),
            grain.compareTo(COARSEST_USE) < 0 ? grain : COARSEST_USE);
    Idleness idleness = new Idleness(sessionUses, built.policies.sessionIdle(), time);
    Entropy entropy = new Entropy(built.random, time::now);
    records =
        new Records(
            calls,
            built.stores(),
            built.directory,
            cache,
            idleness,
            entropy::after,
            watches::changed);
    ticker = new Ticker(cache, time);
    Live live = new Live(records, positions, built.reach, idleness, watches);
    Audit audit = new Audit(built.listeners);
    authenticator = new Authenticator(format, digester, live, keyUses, sessionUses, audit, time);
    SessionIssuer sessions =
        new SessionIssuer(
            records, live, entropy, digester, format, sessionUses, built.policies.sessionLife());
    PasswordParts parts = passwords(built, entropy, audit);
    logins = new Logins(parts.guesses(), parts.passwords(), sessions, records);
    activations =
        new Activations(
            parts.passwords(),
            parts.codes(),
            parts.users(),
            parts.throttle(),
            entropy,
            audit,
            time);
    room =
        new Room(
            records,
            live,
            positions,
            built.reach,
            entropy,
            digester,
            format,
            keyUses,
            sessionUses,
            sessions,
            parts,
            audit,
            time,
            built.policies,
            built.tags,
            open::get);
    ticker.start();
    readers = FeedReader.of(built.stores(), records, cache, watches::changedAll);
    readers.forEach(FeedReader::start);
    upkeep =
        scheduler.scheduleWithFixedDelay(
            this::keepUp, FLUSH.toMillis(), FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }

  private PasswordParts passwords(ThingwardBuilder built, Entropy entropy, Audit audit) {
    Throttle throttle = new Throttle(built.throttle, built.monotonic, built.random);
    UserRecords users = new UserRecords(records, entropy);
    Passwords passwords =
        built.passwords == null
            ? Passwords.none(digester)
            : Passwords.of(
                built.passwords,
                built.passwordPolicy == null ? PasswordPolicy.ofDefaults() : built.passwordPolicy,
                built.productNames,
                digester,
                entropy);
    return new PasswordParts(
        users,
        passwords,
        new Guesses(passwords, throttle, users, audit, time),
        new ActivationCodes(entropy, digester, format),
        throttle);
  }

  private static ScheduledExecutorService daemon() {
    // more than one, so that a listener or a store that hangs does not hold up the rest
    return Executors.newScheduledThreadPool(
        THREADS,
        task -> {
          Thread thread = new Thread(task, "thingward-scheduler");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void keepUp() {
    survive(keyUses::flush);
    survive(sessionUses::flush);
    survive(watches::rotate);
  }

  /* What escapes here would end the schedule for good, and with it every watch of other nodes. */
  private static void survive(Runnable step) {
    try {
      step.run();
    } catch (Throwable failure) {
      LOG.warn("a step of the upkeep failed; it will be tried again", failure);
    }
  }

  Positions positions() {
    return positions;
  }

  TokenFormat format() {
    return format;
  }

  Records records() {
    return records;
  }

  Watches watches() {
    return watches;
  }

  List<FeedReader> readers() {
    return readers;
  }

  Statistics statistics() {
    Counters counters = cache.counters();
    return new Statistics(
        counters.hits(),
        counters.loads(),
        counters.joins(),
        counters.overtaken(),
        counters.staleDrops(),
        cache.size(),
        calls.inFlight(),
        calls.refused(),
        readers.stream().map(FeedReader::lag).max(Comparator.naturalOrder()),
        readers.stream()
            .map(FeedReader::unverified)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO),
        ticker.lateness(),
        watches.bound(time.bound(), readers));
  }

  Ticker ticker() {
    return ticker;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Logins logins() {
    return logins;
  }

  Activations activations() {
    return activations;
  }

  Room room() {
    return room;
  }

  void requireOpen() {
    if (!open.get()) {
      throw new IllegalStateException("Thingward is closed");
    }
  }

  void close() {
    if (open.compareAndSet(true, false)) {
      upkeep.cancel(false);
      ticker.close();
      readers.forEach(FeedReader::close);
      keyUses.flush();
      sessionUses.flush();
      if (ownScheduler) {
        scheduler.shutdownNow();
      }
      calls.close();
      cache.close();
      digester.close();
    }
  }
}
