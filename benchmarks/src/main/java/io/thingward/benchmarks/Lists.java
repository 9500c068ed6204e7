package io.thingward.benchmarks;

import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.filter.sql.DeviceTables;
import io.thingward.filter.sql.SqlDialect;
import io.thingward.filter.sql.SqlFragment;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSet;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lists among a million devices with five tags each: in memory, and on PostgreSQL a first page, a
 * deep page and a count, each next to the best query that a person would write, and to a round
 * trip. The argument {@code plans} prints the plans as well.
 */
public final class Lists {
  private static final int DEVICES = 1_000_000;
  private static final int SIZE = 50;
  private static final int ROUNDS = 7;
  private static final long ROUND_NANOS = 300_000_000;
  private static final WorkspaceId ACME = WorkspaceId.of("acme");

  private static final String DDL =
      """
      create table device (workspace text collate "C" not null, id text collate "C" not null, tags jsonb not null);
      create table device_tag (workspace text collate "C" not null, device_id text collate "C" not null,
        key text collate "C" not null, value text collate "C" not null);
      insert into device select 'acme', 'd' || lpad(to_hex((i::bigint * 2654435761) % 4294967296), 8, '0'),
        jsonb_build_object('site', 's' || (i % 100), 'line', 'l' || (i / 100 % 100),
          'batch', 'b' || (i / 10000 % 100), 'floor', 'f' || (i % 7), 'model', 'm' || (i % 1013))
        from generate_series(1, 1000000) i;
      insert into device_tag select d.workspace, d.id, t.key, t.value from device d, jsonb_each_text(d.tags) t;
      alter table device add primary key (workspace, id);
      alter table device_tag add primary key (workspace, key, value, device_id);
      create index device_tag_of_device on device_tag (workspace, device_id, key, value);
      create index device_tag_by_key on device_tag (workspace, key, device_id);
      create index device_tag_by_value on device_tag (workspace, value, device_id);
      create index device_tags on device using gin (tags);
      vacuum analyze device;
      vacuum analyze device_tag""";

  private static final DeviceTables TAG_TABLE =
      DeviceTables.builder(SqlDialect.POSTGRESQL)
          .deviceTable("device")
          .deviceId("id")
          .deviceWorkspace("workspace")
          .tagTable("device_tag")
          .tagWorkspace("workspace")
          .tagDevice("device_id")
          .tagKey("key")
          .tagValue("value")
          .build();

  private static final DeviceTables TAG_COLUMN =
      DeviceTables.builder(SqlDialect.POSTGRESQL)
          .deviceTable("device")
          .deviceId("id")
          .deviceWorkspace("workspace")
          .tagColumn("tags")
          .build();

  /* What a person would write by hand: $ stands for the last id, and there are no parameters. */
  private static final String POSTING =
      "select device_id from device_tag where workspace = 'acme' and key = '%s' and value = '%s'";

  private record Question(String name, String set, String pageByHand, String countByHand) {}

  private final Connection connection;
  private final boolean plans;

  private Lists(Connection connection, boolean plans) {
    this.connection = connection;
    this.plans = plans;
  }

  public static void main(String[] args) throws IOException, SQLException {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "2GB")
                .setServerConfig("max_wal_size", "8GB")
                .setServerConfig("jit", "off")
                .setServerConfig("max_parallel_workers_per_gather", "0")
                .start();
        Connection connection = server.getPostgresDatabase().getConnection()) {
      Lists lists = new Lists(connection, List.of(args).contains("plans"));
      lists.load();
      lists.onPostgreSql();
      lists.inMemory();
    }
  }

  private void load() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : DDL.split(";\\s*", -1)) {
        statement.execute(sql);
      }
    }
  }

  // --- PostgreSQL ---

  private static String ids(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> String.format(Locale.ROOT, "d%08x", (i * 99_991L * 2654435761L) % 4294967296L))
        .collect(Collectors.joining("', '"));
  }

  private static List<Question> questions() {
    String ids = "select id from device where workspace = 'acme' and id in ('" + ids(10) + "')";
    String site = String.format(POSTING, "site", "s1");
    String line = String.format(POSTING, "line", "l1");
    String batch = String.format(POSTING, "batch", "b1");
    String model = String.format(POSTING, "model", "m77");
    String floor =
        "select distinct device_id from device_tag where workspace = 'acme' and key = 'floor'";
    String next = " and device_id > $ order by device_id limit 50";
    String onFloor =
        " and exists (select 1 from device_tag o where o.workspace = 'acme'"
            + " and o.device_id = device_tag.device_id and o.key = 'floor' and o.value = 'f3')";
    String mixed = ids(10).replace("'", "") + ", site=s1, line=l1, batch=b1";
    return List.of(
        new Question(
            "10 ids",
            "all of [" + ids(10).replace("'", "") + "]",
            ids + " and id > $ order by id limit 50",
            ids.replace("select id", "select count(*)")),
        new Question(
            "1 tag",
            "all of [model=m77]",
            model + next,
            model.replace("select device_id", "select count(*)")),
        new Question(
            "10 ids or 3 tags",
            "all of [" + mixed + "]",
            "select id from (("
                + site
                + next
                + ") union ("
                + line
                + next
                + ") union ("
                + batch
                + next
                + ") union ("
                + ids.replace("id from", "id as device_id from")
                + " and id > $ order by id limit 50)) u(id) order by id limit 50",
            "select count(*) from ("
                + site
                + " union "
                + line
                + " union "
                + batch
                + " union "
                + ids
                + ") u"),
        new Question(
            "the same, on floor 3",
            "all of [" + mixed + "], [floor=f3]",
            "select id from (("
                + site
                + onFloor
                + next
                + ") union ("
                + line
                + onFloor
                + next
                + ") union ("
                + batch
                + onFloor
                + next
                + ") union ("
                + ids
                + onFloor.replace("device_tag.device_id", "device.id")
                + " and id > $ order by id limit 50)) u(id) order by id limit 50",
            "select count(*) from (("
                + site
                + " union "
                + line
                + " union "
                + batch
                + " union "
                + ids
                + ") intersect ("
                + String.format(POSTING, "floor", "f3")
                + ")) u"),
        new Question(
            "a key, on all",
            "all of [floor=*]",
            floor + next,
            "select count(*) from (" + floor + ") u"),
        new Question(
            "everything",
            "everything",
            "select id from device where workspace = 'acme' and id > $ order by id limit 50",
            "select count(*) from device where workspace = 'acme'"));
  }

  private interface Query {
    int run() throws SQLException;
  }

  /* A statement that is prepared once and run often; how many rows, or which number, it gives. */
  private Query query(String sql, List<Object> parameters, boolean number) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) instanceof List<?> texts) {
        statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
      } else {
        statement.setObject(i + 1, parameters.get(i));
      }
    }
    return () -> {
      int rows = 0;
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows = number ? found.getInt(1) : rows + 1;
        }
      }
      return rows;
    };
  }

  private Query query(SqlFragment fragment, boolean number) throws SQLException {
    if (plans) {
      explain(fragment);
    }
    return query(fragment.sql(), fragment.parameters(), number);
  }

  private Query byHand(String sql, String after, boolean number) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (int i = sql.indexOf('$'); i >= 0; i = sql.indexOf('$', i + 1)) {
      parameters.add(after);
    }
    return query(sql.replace('$', '?'), parameters, number);
  }

  private void explain(SqlFragment fragment) throws SQLException {
    String sql =
        "explain (analyze, costs off, buffers off, timing off, summary off) " + fragment.sql();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fragment.bind(statement, 1);
      System.out.println();
      try (ResultSet plan = statement.executeQuery()) {
        while (plan.next()) {
          System.out.println(plan.getString(1));
        }
      }
    }
  }

  private void onPostgreSql() throws SQLException {
    Query roundTrip = query("select 1", List.of(), false);
    System.out.println(
        "| devices of | query | result | round trip, us | by hand, us | tag table, us | in round trips"
            + " | ratio by hand | tag column, us |");
    System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|");
    for (Question question : questions()) {
      DeviceFilter filter = DeviceFilter.of(ACME, DeviceSet.parse(question.set));
      for (String after : List.of("", "de0000000")) {
        Optional<DeviceId> last =
            after.isEmpty() ? Optional.empty() : Optional.of(DeviceId.of(after));
        print(
            question.name,
            after.isEmpty() ? "first page" : "deep page",
            roundTrip,
            byHand(question.pageByHand, after, false),
            query(TAG_TABLE.page(filter, last, SIZE), false),
            query(TAG_COLUMN.page(filter, last, SIZE), false));
      }
      print(
          question.name,
          "count",
          roundTrip,
          byHand(question.countByHand, "", true),
          query(TAG_TABLE.count(filter), true),
          query(TAG_COLUMN.count(filter), true));
    }
  }

  private static void print(String name, String what, Query... queries) throws SQLException {
    Set<Integer> results = new HashSet<>();
    for (Query query : Arrays.asList(queries).subList(1, queries.length)) {
      results.add(query.run());
    }
    if (results.size() != 1) {
      throw new IllegalStateException(name + ", " + what + ": " + results);
    }
    double[] us = medians(queries);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,d | %.0f | %,.0f | %,.0f | %.1f | %.2f | %,.0f |%n",
        name,
        what,
        results.iterator().next(),
        us[0],
        us[1],
        us[2],
        us[2] / us[0],
        us[2] / us[1],
        us[3]);
  }

  /* In turns, so that what disturbs one disturbs all: the median of each, in microseconds. */
  private static double[] medians(Query... queries) throws SQLException {
    List<List<Double>> rounds = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      rounds.add(new ArrayList<>());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < queries.length; i++) {
        List<Double> single = new ArrayList<>();
        long end = System.nanoTime() + ROUND_NANOS;
        do {
          long start = System.nanoTime();
          int ignored = queries[i].run();
          single.add((System.nanoTime() - start) / 1e3);
        } while (System.nanoTime() < end);
        if (round > 0) { // the first one warms up
          rounds.get(i).add(median(single));
        }
      }
    }
    return rounds.stream().mapToDouble(Lists::median).toArray();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  // --- memory ---

  private void inMemory() throws SQLException {
    List<Device> devices = new ArrayList<>(DEVICES);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select device_id, array_agg(key order by key), array_agg(value order by key)"
                    + " from device_tag group by device_id order by device_id")) {
      while (rows.next()) {
        String[] keys = (String[]) rows.getArray(2).getArray();
        String[] values = (String[]) rows.getArray(3).getArray();
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
          tags.add(Tag.of(keys[i], values[i]));
        }
        devices.add(new Device(ACME, DeviceId.of(rows.getString(1)), tags));
      }
    }
    Set<String> ids = new HashSet<>(List.of(ids(10).split("', '", -1)));
    Set<Tag> tags = Set.of(Tag.of("site", "s1"), Tag.of("line", "l1"), Tag.of("batch", "b1"));
    Set<DeviceId> deviceIds =
        ids.stream().map(DeviceId::of).collect(Collectors.toCollection(HashSet::new));
    Set<Tag> hashed = new HashSet<>(tags);
    DeviceFilter filter =
        DeviceFilter.of(
            ACME,
            DeviceSet.parse("all of [" + String.join(", ", ids) + ", site=s1, line=l1, batch=b1]"));
    double[] us =
        medians(
            () -> loop(devices, deviceIds, hashed),
            () -> {
              int count = 0;
              for (int i = 0; i < devices.size(); i++) {
                count += filter.test(devices.get(i)) ? 1 : 0;
              }
              return count;
            });
    System.out.printf(
        Locale.ROOT,
        "%nin memory, 10 ids or 3 tags: by hand %.1f ms, filter %.1f ms, ratio %.2f; %,d devices%n",
        us[0] / 1e3,
        us[1] / 1e3,
        us[1] / us[0],
        loop(devices, deviceIds, hashed));
  }

  private static int loop(List<Device> devices, Set<DeviceId> ids, Set<Tag> tags) {
    int count = 0;
    for (int i = 0; i < devices.size(); i++) {
      Device device = devices.get(i);
      boolean matches = ids.contains(device.id());
      List<Tag> own = device.tags();
      for (int t = 0; !matches && t < own.size(); t++) {
        matches = tags.contains(own.get(t));
      }
      count += matches ? 1 : 0;
    }
    return count;
  }
}
