package io.thingward.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.ManualTime;
import io.thingward.Thingward;
import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.scenarios.Fleet;
import io.thingward.scenarios.HandScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several nodes and threads turn facts over and ask about them, at random, while time passes, feeds
 * fall silent and lose places; each node holds more subjects than its cache has records. No answer
 * may be older than the bound, and on the node of a change none may be older than the change.
 */
class OracleTest {
  private static final Duration BOUND = Duration.ofSeconds(1);
  private static final int NODES = 3;
  private static final int FACTS = 6 * Fact.KINDS;
  private static final int THREADS = 4;
  private static final int CACHED = 10;

  /* Of each thread; -Doracle.calls=20000 takes its time. */
  private static final int CALLS = Integer.getInteger("oracle.calls", 800);

  private final long seed = new Random().nextLong();
  private final ManualTime time = new ManualTime();
  private final AtomicLong order = new AtomicLong();
  private final Fleet fleet = new Fleet();
  private final List<Thingward> nodes = new ArrayList<>();
  private final List<Installation.Silenced> stores = new ArrayList<>();
  private final List<Chronicle> facts = new ArrayList<>();
  private final List<List<Subject>> held = new ArrayList<>();

  private void start(Installation.Opened engine, boolean feeding) {
    for (int i = 0; i < NODES; i++) {
      Installation.Silenced next = engine.next(feeding);
      stores.add(next);
      nodes.add(
          time.set(Thingward.builder())
              .freshness(BOUND)
              .cacheSize(CACHED)
              .permissions(Cast.VIEW, Cast.RECORD, Cast.RULES)
              .devices(DeviceReach.self(Cast.RECORD).peers(Cast.VIEW))
              .directory(fleet)
              .scheduler(new HandScheduler())
              .stores(next)
              .build());
    }
    Thingward first = nodes.get(0);
    for (int i = 0; i < FACTS; i++) {
      Fact fact = Fact.of(i, first.asHost("set up"), fleet);
      facts.add(new Chronicle(fact, first, time::nanos, order, BOUND.toNanos()));
    }
    nodes.forEach(ManualTime::poll);
    for (Thingward node : nodes) {
      held.add(
          facts.stream()
              .map(
                  known ->
                      node.authenticate(known.fact.credential(), RequestContext.none())
                          .orElseThrow())
              .toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F1, F2: no answer is older than the bound, and none at all on the node of a change")
  void answers_areFresh(Installation kind) throws Exception {
    try (Installation.Opened engine = kind.open()) {
      start(engine, kind != Installation.MEMORY_WITHOUT_FEED);
      ExecutorService executor = Executors.newFixedThreadPool(THREADS + 1);
      try {
        AtomicInteger working = new AtomicInteger(THREADS);
        List<Future<String>> workers = new ArrayList<>();
        int calls = kind.name().startsWith("MEMORY") ? CALLS : CALLS / 2;
        for (int i = 0; i < THREADS; i++) {
          workers.add(executor.submit(worker(new Random(seed + i), calls, working)));
        }
        Future<?> reader = executor.submit(() -> readFeeds(new Random(seed - 1), working));
        letTimePass(new Random(~seed), working);
        reader.get(5, TimeUnit.MINUTES);
        for (Future<String> worker : workers) {
          assertThat(worker.get(5, TimeUnit.MINUTES)).as("seed %d", seed).isEmpty();
        }
        requireQuiet();
      } finally {
        executor.shutdownNow();
        nodes.forEach(Thingward::close);
      }
    }
  }

  private Callable<String> worker(Random random, int calls, AtomicInteger working) {
    return () -> {
      try {
        for (int i = 0; i < calls; i++) {
          Chronicle fact = facts.get(random.nextInt(FACTS));
          int number = random.nextInt(NODES);
          Thingward node = nodes.get(number);
          String wrong = "";
          switch (random.nextInt(8)) {
            case 0, 1 -> fact.turn(node);
            case 2, 3 -> wrong = fact.askAnew(node);
            default -> wrong = fact.ask(node, held.get(number).get(facts.indexOf(fact)));
          }
          if (!wrong.isEmpty()) {
            return wrong;
          }
        }
        return "";
      } finally {
        working.decrementAndGet();
      }
    };
  }

  /* Time passes while a feed is read, too. */
  private void readFeeds(Random random, AtomicInteger working) {
    while (working.get() > 0) {
      ManualTime.poll(nodes.get(random.nextInt(NODES)));
    }
  }

  /* No step is longer than a period of the ticker, which comes after each. */
  private void letTimePass(Random random, AtomicInteger working) {
    while (working.get() > 0) {
      time.pass(BOUND.dividedBy(4 + random.nextInt(8)));
      nodes.forEach(ManualTime::tick);
      for (int i = 0; i < NODES; i++) {
        if (random.nextInt(30) == 0) {
          stores.get(i).silent = !stores.get(i).silent;
        }
      }
      if (random.nextInt(40) == 0) {
        stores
            .get(0)
            .feed()
            .ifPresent(feed -> feed.trim(feed.end())); // others may lose their place
      }
    }
  }

  private void requireQuiet() {
    stores.forEach(store -> store.silent = false);
    for (int i = 0; i < 5; i++) {
      time.pass(BOUND.dividedBy(4));
      nodes.forEach(ManualTime::tick);
      nodes.forEach(ManualTime::poll);
    }
    for (int i = 0; i < NODES; i++) {
      for (int f = 0; f < FACTS; f++) {
        Chronicle known = facts.get(f);
        assertThat(known.fact.question().test(held.get(i).get(f)))
            .as("%s on node %d, seed %d", known.fact.name(), i, seed)
            .isEqualTo(known.value());
      }
    }
  }
}
