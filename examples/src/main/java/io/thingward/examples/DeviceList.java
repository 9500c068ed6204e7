package io.thingward.examples;

import io.thingward.access.DeviceFilter;
import io.thingward.filter.sql.DeviceTables;
import io.thingward.filter.sql.SqlDialect;
import io.thingward.filter.sql.SqlFragment;
import io.thingward.model.DeviceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What a platform shows as "my devices": a page with names, the total, and a search, all filtered
 * by the database; with plain JDBC, with Jdbi and with jOOQ.
 */
public final class DeviceList {
  private final DeviceTables tables;

  /** Describes the platform's tables, once. */
  public DeviceList(SqlDialect dialect) {
    tables =
        DeviceTables.builder(dialect)
            .deviceTable("device")
            .deviceId("id")
            .deviceWorkspace("workspace")
            .tagTable("device_tag")
            .tagWorkspace("workspace")
            .tagDevice("device_id")
            .tagKey("tag_key")
            .tagValue("tag_value")
            .build();
  }

  /** The same for devices that are shared between workspaces. */
  public static DeviceTables shared(SqlDialect dialect) {
    return DeviceTables.builder(dialect)
        .deviceTable("device")
        .deviceId("id")
        .claimTable("device_claim")
        .claimWorkspace("workspace")
        .claimDevice("device_id")
        .tagTable("device_tag")
        .tagDevice("device_id") // no workspace: the same tags everywhere
        .tagKey("tag_key")
        .tagValue("tag_value")
        .build();
  }

  /** A device on the screen. */
  public record Row(String id, String name) {}

  /**
   * A page of the list.
   *
   * @param next after which device the next page begins; empty if this is the last one
   */
  public record Page(List<Row> rows, Optional<DeviceId> next) {
    /* By the ids, of which none is left out: a device that is gone just then has no name. */
    private static Page of(List<Row> found, int size) {
      return new Page(
          found.stream().filter(row -> row.name() != null).toList(),
          found.size() < size
              ? Optional.empty()
              : Optional.of(DeviceId.of(found.get(size - 1).id())));
    }
  }

  private static String withNames(SqlFragment page) {
    // a left join leaves no id of the page out
    return "select p.id, d.name from ("
        + page.sql()
        + ") p left join device d on d.workspace = ? and d.id = p.id order by p.id";
  }

  // jdbc: begin
  /** A page, with plain JDBC. */
  public Page page(Connection database, DeviceFilter filter, Optional<DeviceId> after, int size)
      throws SQLException {
    List<Row> found = new ArrayList<>();
    SqlFragment page = tables.page(filter, after, size);
    try (PreparedStatement statement = database.prepareStatement(withNames(page))) {
      int index = page.bind(statement, 1);
      statement.setString(index, filter.workspace().value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new Row(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return Page.of(found, size);
  }

  /** The total, beside each page. */
  public long total(Connection database, DeviceFilter filter) throws SQLException {
    SqlFragment count = tables.count(filter);
    try (PreparedStatement statement = database.prepareStatement(count.sql())) {
      count.bind(statement, 1);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** All of them, page after page. */
  public List<Row> all(Connection database, DeviceFilter filter) throws SQLException {
    List<Row> all = new ArrayList<>();
    Optional<DeviceId> after = Optional.empty();
    do {
      Page page = page(database, filter, after, 50);
      all.addAll(page.rows());
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  /** A page in another order: the condition stands in a query of the platform's own. */
  public List<Row> byName(Connection database, DeviceFilter filter, Row after, int size)
      throws SQLException {
    List<Row> found = new ArrayList<>();
    SqlFragment mine = tables.where(filter, "d");
    String sql =
        "select d.id, d.name from device d where "
            + mine.sql()
            + " and (d.name, d.id) > (?, ?) order by d.name, d.id limit ?";
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      int index = mine.bind(statement, 1);
      statement.setString(index++, after.name()); // for the first page empty, like the id
      statement.setString(index++, after.id());
      statement.setInt(index, size);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new Row(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return found;
  }

  // jdbc: end

  // jdbi: begin
  /** A page, with Jdbi. */
  public Page page(Handle handle, DeviceFilter filter, Optional<DeviceId> after, int size) {
    SqlFragment page = tables.page(filter, after, size);
    Query query = handle.createQuery(withNames(page));
    return Page.of(
        query
            .bind(bind(query, page), filter.workspace().value())
            .map((row, context) -> new Row(row.getString(1), row.getString(2)))
            .list(),
        size);
  }

  /** A search of the platform's own, with Jdbi: the condition stands beside others. */
  public List<String> namesWithJdbi(Handle handle, DeviceFilter filter, String prefix) {
    SqlFragment mine = tables.where(filter, "d");
    Query query =
        handle.createQuery(
            "select d.name from device d where "
                + mine.sql()
                + " and d.name like ? order by d.name");
    return query.bind(bind(query, mine), prefix + "%").mapTo(String.class).list();
  }

  private static int bind(Query query, SqlFragment fragment) {
    int index = 0;
    for (Object parameter : fragment.parameters()) {
      if (parameter instanceof List<?> texts) {
        query.bindArray(
            index++, String.class, texts); // after registerArrayType(String.class, "varchar")
      } else {
        query.bind(index++, parameter);
      }
    }
    return index;
  }

  // jdbi: end

  // jooq: begin
  /** A page, with jOOQ. */
  public Page page(DSLContext jooq, DeviceFilter filter, Optional<DeviceId> after, int size) {
    SqlFragment page = tables.page(filter, after, size);
    return Page.of(
        jooq.fetch(withNames(page), values(page, filter.workspace().value()))
            .map(row -> new Row(row.get(0, String.class), row.get(1, String.class))),
        size);
  }

  /** A search with jOOQ, which has a condition made of it. */
  public List<String> namesWithJooq(DSLContext jooq, DeviceFilter filter, String prefix) {
    SqlFragment mine = tables.where(filter, "d");
    return jooq.select(DSL.field("d.name", String.class))
        .from("device d")
        .where(DSL.condition(mine.sql(), values(mine)))
        .and(DSL.field("d.name", String.class).startsWith(prefix))
        .orderBy(DSL.field("d.name"))
        .fetchInto(String.class);
  }

  private static Object[] values(SqlFragment fragment, String... after) {
    Stream<Object> values =
        fragment.parameters().stream()
            .map(p -> p instanceof List<?> texts ? texts.toArray(new String[0]) : p);
    return Stream.concat(values, Stream.of(after)).toArray();
  }

  // jooq: end
}
