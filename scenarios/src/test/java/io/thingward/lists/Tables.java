package io.thingward.lists;

import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.filter.sql.DeviceTables;
import io.thingward.filter.sql.SqlDialect;
import io.thingward.filter.sql.SqlFragment;
import io.thingward.model.DeviceId;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A host's own tables: every way to keep devices and tags that can be described. */
enum Tables {
  /** A table of devices, a table of tags; names that must be quoted. */
  H2_TAG_TABLE(SqlDialect.H2, false) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return tables
          .deviceTable("\"Device\"")
          .deviceId("id")
          .deviceWorkspace("workspace")
          .tagTable("device_tag")
          .tagWorkspace("workspace")
          .tagDevice("device_id")
          .tagKey("\"key\"")
          .tagValue("\"value\"")
          .build();
    }
  },

  /** The same with the order of a language. */
  POSTGRESQL_TAG_TABLE(SqlDialect.POSTGRESQL, false) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return H2_TAG_TABLE.describe(tables);
    }
  },

  /** Tags as a jsonb column of the device table. */
  POSTGRESQL_TAG_COLUMN(SqlDialect.POSTGRESQL, false) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return tables
          .deviceTable("public.\"Device\"")
          .deviceId("id")
          .deviceWorkspace("workspace")
          .tagColumn("tags")
          .build();
    }
  },

  /** Shared devices, with the same tags everywhere. */
  H2_CLAIMS(SqlDialect.H2, true) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return tables
          .deviceTable("thing")
          .deviceId("id")
          .claimTable("claim")
          .claimWorkspace("workspace")
          .claimDevice("thing_id")
          .tagTable("thing_tag")
          .tagDevice("thing_id")
          .tagKey("name")
          .tagValue("content")
          .build();
    }
  },

  POSTGRESQL_CLAIMS(SqlDialect.POSTGRESQL, true) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return H2_CLAIMS.describe(tables);
    }
  },

  /** Shared devices, tagged by each workspace. */
  POSTGRESQL_CLAIMS_TAGS_BY_WORKSPACE(SqlDialect.POSTGRESQL, true) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return tables
          .deviceTable("thing")
          .deviceId("id")
          .claimTable("claim")
          .claimWorkspace("workspace")
          .claimDevice("thing_id")
          .tagTable("claim_tag")
          .tagWorkspace("workspace")
          .tagDevice("thing_id")
          .tagKey("name")
          .tagValue("content")
          .build();
    }
  },

  POSTGRESQL_CLAIMS_TAG_COLUMN(SqlDialect.POSTGRESQL, true) {
    @Override
    DeviceTables describe(DeviceTables.Builder tables) {
      return tables
          .deviceTable("thing")
          .deviceId("id")
          .claimTable("claim")
          .claimWorkspace("workspace")
          .claimDevice("thing_id")
          .tagColumn("tags")
          .build();
    }
  };

  /* The columns of jsonb and the collations are PostgreSQL's; the names are the same. */
  private static final String DDL =
      """
      create table "Device" (workspace TEXT, id TEXT, tags JSON CHECK, primary key (workspace, id));
      create table device_tag (workspace TEXT, device_id TEXT, "key" TEXT, "value" TEXT,
        primary key (workspace, "key", "value", device_id),
        foreign key (workspace, device_id) references "Device" (workspace, id) on delete cascade);
      create table thing (id LOCAL primary key, tags JSON);
      create table claim (workspace LOCAL, thing_id LOCAL references thing (id),
        primary key (workspace, thing_id));
      create table thing_tag (thing_id LOCAL references thing (id), name LOCAL, content LOCAL,
        primary key (thing_id, name, content));
      create table claim_tag (workspace LOCAL, thing_id LOCAL, name LOCAL, content LOCAL,
        primary key (workspace, name, content, thing_id),
        foreign key (workspace, thing_id) references claim (workspace, thing_id));
      """;

  final SqlDialect dialect;
  final boolean claims;

  Tables(SqlDialect dialect, boolean claims) {
    this.dialect = dialect;
    this.claims = claims;
  }

  private DeviceTables description() {
    return describe(DeviceTables.builder(dialect));
  }

  abstract DeviceTables describe(DeviceTables.Builder tables);

  /** Creates the tables of all descriptions. */
  static void create(SqlDialect dialect, Connection connection) throws SQLException {
    boolean h2 = dialect == SqlDialect.H2;
    String ddl =
        DDL.replace("TEXT", h2 ? "varchar(255) not null" : "text collate \"en-x-icu\" not null")
            .replace("LOCAL", h2 ? "varchar(255) not null" : "varchar(255) collate \"C\" not null")
            .replace("CHECK", h2 ? "" : FiltersPage.check())
            .replace("JSON", h2 ? "varchar(100000)" : "jsonb not null");
    for (String statement : ddl.split(";", -1)) {
      if (!statement.isBlank()) {
        try (Statement plain = connection.createStatement()) { // a ? of jsonpath is no parameter
          plain.execute(statement);
        }
      }
    }
  }

  /** Inserts devices; shared ones are one row with claims, and have the same tags everywhere. */
  static void insert(Connection connection, boolean shared, List<Device> devices)
      throws SQLException {
    boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
    String json = h2 ? "?" : "cast(? as jsonb)";
    Map<DeviceId, Device> things = new TreeMap<>();
    for (Device device : devices) {
      String workspace = device.workspace().value();
      String id = device.id().value();
      execute(
          connection,
          "insert into \"Device\" values (?, ?, " + json + ")",
          workspace,
          id,
          json(device));
      for (Tag tag : distinct(device)) {
        execute(
            connection,
            "insert into device_tag values (?, ?, ?, ?)",
            workspace,
            id,
            tag.key(),
            tag.value());
      }
      if (shared) {
        if (things.put(device.id(), device) == null) {
          execute(connection, "insert into thing values (?, " + json + ")", id, json(device));
          for (Tag tag : distinct(device)) {
            execute(
                connection, "insert into thing_tag values (?, ?, ?)", id, tag.key(), tag.value());
          }
        }
        execute(connection, "insert into claim values (?, ?)", workspace, id);
        for (Tag tag : distinct(device)) {
          execute(
              connection,
              "insert into claim_tag values (?, ?, ?, ?)",
              workspace,
              id,
              tag.key(),
              tag.value());
        }
      }
    }
  }

  private static List<Tag> distinct(Device device) {
    return device.tags().stream().distinct().toList();
  }

  /** Keys with one value have it alone, or in an array, as their length decides. */
  private static String json(Device device) {
    Map<String, List<String>> values =
        device.tags().stream()
            .collect(
                Collectors.groupingBy(
                    Tag::key, TreeMap::new, Collectors.mapping(Tag::value, Collectors.toList())));
    for (String key : Scene.TEXTS.subList(0, 20)) {
      values.putIfAbsent(key, List.of()); // a key without a value is no tag
    }
    return values.entrySet().stream()
        .map(
            entry ->
                literal(entry.getKey())
                    + ":"
                    + (entry.getValue().size() == 1 && entry.getKey().length() < 3
                        ? literal(entry.getValue().get(0))
                        : entry.getValue().stream()
                            .map(Tables::literal)
                            .collect(Collectors.joining(",", "[", "]"))))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void execute(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  // --- what a host asks ---

  private String table() {
    return claims ? "thing" : "\"Device\"";
  }

  /** All devices of a workspace, in the order of the database. */
  List<String> inOrder(Connection connection, WorkspaceId workspace) throws SQLException {
    String sql =
        claims
            ? "select thing_id from claim where workspace = ? order by thing_id"
            : "select id from \"Device\" where workspace = ? order by id";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, workspace.value());
      return column(statement);
    }
  }

  /** The condition among other conditions, of another alias, with parameters around it. */
  List<String> where(Connection connection, DeviceFilter filter) throws SQLException {
    SqlFragment condition = description().where(filter, "t");
    String sql =
        "select t.id from "
            + table()
            + " t where t.id <> ? and "
            + condition.sql()
            + " and t.id > ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "");
      int next = condition.bind(statement, 2);
      statement.setString(next, "");
      return column(statement);
    }
  }

  /** The condition as a value for every row there is: the ids of those for which it is true. */
  List<String> value(Connection connection, DeviceFilter filter) throws SQLException {
    SqlFragment condition = description().where(filter, "d");
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select d.id, " + condition.sql() + " from " + table() + " d")) {
      condition.bind(statement, 1);
      List<String> ids = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getBoolean(2)) {
            ids.add(rows.getString(1));
          } else if (rows.wasNull()) {
            ids.add("unknown for " + rows.getString(1));
          }
        }
      }
      return ids;
    }
  }

  /** All pages, one after the other. */
  List<List<String>> pages(Connection connection, DeviceFilter filter, int size)
      throws SQLException {
    List<List<String>> pages = new ArrayList<>();
    Optional<DeviceId> after = Optional.empty();
    do {
      SqlFragment page = description().page(filter, after, size);
      try (PreparedStatement statement = connection.prepareStatement(page.sql())) {
        page.bind(statement, 1);
        List<String> ids = column(statement);
        pages.add(ids);
        after = ids.isEmpty() ? after : Optional.of(DeviceId.of(ids.get(ids.size() - 1)));
      }
    } while (pages.get(pages.size() - 1).size() == size && pages.size() < 100);
    return pages;
  }

  /** The count. */
  int count(Connection connection, DeviceFilter filter) throws SQLException {
    SqlFragment count = description().count(filter);
    try (PreparedStatement statement = connection.prepareStatement(count.sql())) {
      count.bind(statement, 1);
      return Integer.parseInt(column(statement).get(0));
    }
  }

  private static List<String> column(PreparedStatement statement) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
