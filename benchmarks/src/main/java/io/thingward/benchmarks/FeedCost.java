package io.thingward.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.Thingward;
import io.thingward.credential.Issued;
import io.thingward.management.ApiKey;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewUser;
import io.thingward.model.PrincipalId;
import io.thingward.store.jdbc.JdbcStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * What the change feed costs: management writes per second on one PostgreSQL, with the feed and
 * without, in turns, by one client, four, and sixteen. A write is the renaming of an API key: one
 * read, and one compare-and-set.
 */
public final class FeedCost {
  private static final int[] CLIENTS = {1, 4, 16};
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(3);

  private FeedCost() {}

  /** Measures; with an argument, on a server that never waits for its disk. */
  public static void main(String[] arguments) throws Exception {
    try (Server server = new Server(arguments.length == 0);
        HikariDataSource pool = server.pool(20);
        Side with = new Side("with", WithoutFeed.with(pool));
        Side without = new Side("without", WithoutFeed.of(pool))) {
      System.out.printf("%8s %14s %14s %8s%n", "clients", "with, 1/s", "without, 1/s", "ratio");
      for (int clients : CLIENTS) {
        with.run(clients);
        without.run(clients);
        List<Double> rates = new ArrayList<>();
        List<Double> freeRates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          double rate = with.run(clients);
          double free = without.run(clients);
          rates.add(rate);
          freeRates.add(free);
          ratios.add(rate / free);
        }
        System.out.printf(
            Locale.ROOT,
            "%8d %14.0f %14.0f %8.2f%n",
            clients,
            median(rates),
            median(freeRates),
            median(ratios));
      }
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** A node with the feed or without, and a key for each client. */
  private static final class Side implements AutoCloseable {
    private final JdbcStores stores;
    private final Thingward node;
    private final Management host;
    private final List<Client> clients = new ArrayList<>();

    Side(String name, DataSource database) {
      stores = JdbcStores.of(database);
      node = Thingward.builder().permissions(Person.VIEW).stores(stores).build();
      host = node.asHost("benchmark");
      for (int i = 0; i < CLIENTS[CLIENTS.length - 1]; i++) {
        PrincipalId id = PrincipalId.of(name + i);
        try (NewUser user = host.users().create(id, name + i, NewApiKey.of("key"))) {
          clients.add(new Client(id, user.key().orElseThrow()));
        }
      }
    }

    private record Client(PrincipalId user, Issued<ApiKey> key) {}

    /* The writes per second of so many clients. */
    double run(int count) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(count);
      long start = System.nanoTime();
      List<Future<Integer>> running = new ArrayList<>();
      for (Client client : clients.subList(0, count)) {
        running.add(threads.submit(() -> write(client, start)));
      }
      long writes = 0;
      for (Future<Integer> each : running) {
        writes += each.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      threads.shutdown();
      return writes / seconds;
    }

    private int write(Client client, long start) {
      int writes = 0;
      while (System.nanoTime() - start < ROUND.toNanos()) {
        writes++;
        host.apiKeys(client.user).rename(client.key.id(), "name " + writes);
      }
      return writes;
    }

    @Override
    public void close() {
      node.close();
      stores.close();
    }
  }
}
