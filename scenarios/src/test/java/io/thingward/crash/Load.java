package io.thingward.crash;

import static io.thingward.crash.Platform.HEAT;
import static io.thingward.crash.Platform.RECORD;
import static io.thingward.crash.Platform.VIEW;

import io.thingward.Thingward;
import io.thingward.credential.Issued;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients of one node at once, on records of their own and on a workspace they share. */
final class Load {
  static final int WORKERS = 4;

  private final Thingward node;
  private final Management host;
  private final String round;
  private final Journal journal;
  private final FeedFollower feed;

  private Load(Thingward node, Stores stores, String round, Journal journal) {
    this.node = node;
    this.host = node.asHost("load");
    this.round = round;
    this.journal = journal;
    this.feed = new FeedFollower(stores.keys().changes().orElseThrow(), journal);
  }

  /**
   * Lets workers work until the database is gone or the journal does not go on. All they touch is
   * new, named after the round.
   */
  static void run(Thingward node, Stores stores, String round, Random random, Journal journal)
      throws InterruptedException, ExecutionException {
    Load load = new Load(node, stores, round, journal);
    List<Worker> workers = load.workers(random);
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> working = new ArrayList<>();
      workers.forEach(worker -> working.add(threads.submit(worker)));
      for (Future<?> worker : working) {
        worker.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A user who does things. */
  static PrincipalId user(String round, int worker) {
    return PrincipalId.of(round + "-user-" + worker);
  }

  /** The workspace with keys, roles and members. */
  static WorkspaceId home(String round) {
    return WorkspaceId.of(round + "-home");
  }

  /** The workspace that everybody owns now and then. */
  static WorkspaceId club(String round) {
    return WorkspaceId.of(round + "-club");
  }

  private List<Worker> workers(Random random) {
    List<Issued<ApiKey>> badges = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      PrincipalId user = user(round, worker);
      host.users().create(user, user.value(), Platform.everybodysHash()).close();
      badges.add(host.apiKeys(user).create(NewApiKey.of("badge")));
    }
    PrincipalId landlord = PrincipalId.of(round + "-landlord");
    host.users().create(landlord, landlord.value()).close();
    host.workspaces().create(home(round), "Home", landlord);
    host.workspaces().create(club(round), "Club", user(round, 0));
    List<Worker> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      workers.add(worker(worker, badges.get(worker), new Random(random.nextLong())));
    }
    return workers;
  }

  private Worker worker(int number, Issued<ApiKey> badge, Random random) {
    PrincipalId user = user(round, number);
    RoleId role = RoleId.of(round + "-role-" + number);
    host.roles(home(round))
        .create(role, "Climate", RoleChanges.builder().allowOnAllDevices(HEAT).build());
    host.members(home(round))
        .add(
            user,
            ChangeSet.builder()
                .assign(role, DeviceScope.all())
                .allow(DeviceScope.anyOf("site=0"), VIEW)
                .allow(DeviceScope.anyOf("room=0"), RECORD)
                .build());
    if (number > 0) {
      host.members(club(round)).add(user, ChangeSet.none());
    }
    try (badge) {
      return new Worker(node, round, number, badge.secret(), role, random, journal, feed);
    }
  }
}
