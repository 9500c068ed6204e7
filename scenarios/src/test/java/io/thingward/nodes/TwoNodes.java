package io.thingward.nodes;

import io.thingward.ManualTime;
import io.thingward.databases.Databases;
import io.thingward.scenarios.Fleet;
import java.time.Duration;
import javax.sql.DataSource;

/** Two nodes on a new database: changes are made here, and followed there. */
final class TwoNodes implements AutoCloseable {
  /** How often a node ticks and polls. */
  static final Duration PERIOD = Node.BOUND.dividedBy(4);

  final ManualTime time = new ManualTime();
  final Fleet fleet = new Fleet();
  final DataSource database;
  final Node here;
  final Node there;
  private int casts;

  TwoNodes(Databases kind) {
    database = kind.create();
    here = new Node(database, time, fleet);
    there = new Node(database, time, fleet);
  }

  /** New people in a new workspace. */
  Cast cast() {
    return new Cast(this, ++casts);
  }

  /** A new user with a password, and nothing else. */
  String user(String password) {
    String name = "user" + ++casts;
    here.changePassword(here.host.users().create(Cast.id(name), name).id(), password);
    return name;
  }

  /** Time passes; nobody reads a feed. */
  void pass(Duration duration) {
    for (Duration left = duration; !left.isZero(); left = left.minus(PERIOD)) {
      time.pass(PERIOD);
      ManualTime.tick(here.thingward);
      ManualTime.tick(there.thingward);
    }
  }

  @Override
  public void close() {
    there.close();
    here.close();
  }
}
