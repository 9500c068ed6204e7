package io.thingward.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.Thingward;
import io.thingward.access.Subject;
import io.thingward.hashing.Argon2Hasher;
import io.thingward.store.jdbc.JdbcStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a change is acknowledged on one node another one sees it: by the first check on a
 * subject that it holds, and by the first authentication. Two nodes at default settings on one
 * PostgreSQL.
 */
public final class RevocationDelay {
  private static final int OF_EACH = 100;
  private static final int THREADS = 4;
  private static final int CONNECTIONS = 10;

  /* A change comes at any moment between two readings of the feed, which are 250 ms apart. */
  private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();
  private static final long BETWEEN_CHECKS = Duration.ofNanos(100_000).toNanos();

  private final Thingward here;
  private final Thingward there;

  private RevocationDelay(Thingward here, Thingward there) {
    this.here = here;
    this.there = there;
  }

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    try (Server server = new Server(true);
        HikariDataSource herePool = server.pool(CONNECTIONS);
        HikariDataSource therePool = server.pool(CONNECTIONS);
        JdbcStores hereStores = JdbcStores.of(herePool);
        JdbcStores thereStores = JdbcStores.of(therePool);
        Thingward here = node(hereStores);
        Thingward there = node(thereStores)) {
      print(new RevocationDelay(here, there).measure());
      System.out.printf("the ticker was late by at most %s%n", there.statistics().tickerLateness());
    }
  }

  private static Thingward node(JdbcStores stores) {
    return Thingward.builder()
        .permissions(Person.VIEW, Person.RECORD, Person.RULES)
        .passwords(Argon2Hasher.recommended2026())
        .stores(stores)
        .build();
  }

  /** What was seen of one change, in nanoseconds after it was acknowledged. */
  private record Seen(Change change, long held, long fresh) {}

  private List<Seen> measure() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Seen>> running = new ArrayList<>();
    AtomicInteger number = new AtomicInteger();
    for (int i = 0; i < OF_EACH; i++) {
      for (Change change : Change.values()) {
        running.add(threads.submit(() -> see(change, Person.on(here, number.incrementAndGet()))));
      }
    }
    List<Seen> all = new ArrayList<>();
    for (Future<Seen> each : running) {
      all.add(each.get());
    }
    threads.shutdown();
    return all;
  }

  private Seen see(Change change, Person person) {
    Subject subject = change.authenticate(person, there).orElseThrow();
    requireThat(change.isAsBefore(person, subject));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
    change.happen(person, here);
    long acknowledged = System.nanoTime();
    long held = -1;
    long fresh = -1;
    while (held < 0 || fresh < 0) {
      long start = System.nanoTime() - acknowledged;
      if (held < 0 && !change.isAsBefore(person, subject)) {
        held = start;
      }
      start = System.nanoTime() - acknowledged;
      if (fresh < 0 && !isAsBeforeAnew(change, person)) {
        fresh = start;
      }
      LockSupport.parkNanos(BETWEEN_CHECKS);
    }
    return new Seen(change, held, fresh);
  }

  private static void requireThat(boolean before) {
    if (!before) {
      throw new IllegalStateException("it happened before it did");
    }
  }

  private boolean isAsBeforeAnew(Change change, Person person) {
    return change
        .authenticate(person, there)
        .toOptional()
        .filter(subject -> change.isAsBefore(person, subject))
        .isPresent();
  }

  private static void print(List<Seen> all) {
    System.out.printf(
        "%-18s %8s   %26s   %26s%n", "", "", "held subject, ms", "authentication, ms");
    System.out.printf(
        "%-18s %8s   %8s %8s %8s   %8s %8s %8s%n",
        "change", "number", "p50", "p99", "max", "p50", "p99", "max");
    Arrays.stream(Change.values())
        .forEach(
            change ->
                print(
                    change.toString(),
                    all.stream().filter(seen -> seen.change == change).toList()));
    print("all", all);
  }

  private static void print(String name, List<Seen> all) {
    Delays held = new Delays(all.stream().map(Seen::held).toList());
    Delays fresh = new Delays(all.stream().map(Seen::fresh).toList());
    System.out.printf("%-18s %8d   %s   %s%n", name, all.size(), held, fresh);
  }
}
