package io.thingward.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.thingward.Thingward;
import io.thingward.databases.Databases;
import io.thingward.store.jdbc.JdbcStores;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What is found in a database that was killed, by a node that has not known it before. */
final class Aftermath {
  private final String name;
  private final List<Told> rounds = new ArrayList<>();
  private long acknowledged;
  private long unanswered;
  private long happened;
  private long lost;

  Aftermath(String name) {
    this.name = name;
  }

  /**
   * After a round.
   *
   * @return whether the feed goes on from the last place that was reached before the crash
   */
  boolean check(DataSource database, Told told, String round) {
    rounds.add(told);
    acknowledged += told.acknowledged();
    unanswered += told.open();
    try (HikariDataSource pool = Databases.pool(database, 2);
        JdbcStores stores = JdbcStores.of(pool);
        Thingward node = Platform.node(stores)) {
      happened += told.check(new Witness(node, 0));
      boolean goesOn = new History(stores, told, round).check();
      lost += goesOn ? 0 : 1;
      return goesOn;
    }
  }

  /** After all rounds: the later crashes took nothing from the earlier ones. */
  void checkAll(DataSource database) {
    try (HikariDataSource pool = Databases.pool(database, 2);
        JdbcStores stores = JdbcStores.of(pool);
        Thingward node = Platform.node(stores)) {
      rounds.forEach(told -> told.check(new Witness(node, 0)));
    }
    System.out.println(
        "%s: %d kills, %d calls acknowledged, %d unanswered (%d happened), %d places lost"
            .formatted(name, rounds.size(), acknowledged, unanswered, happened, lost));
  }
}
