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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What a platform shows as "my devices": a page with names, and the total, both filtered by the
 * database. The same query with plain JDBC, with Jdbi and with jOOQ.
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

  /** A device on the screen. */
  public record Row(String id, String name) {}

  /**
   * A page of the list.
   *
   * @param next after which device the next page begins; empty if this is the last one
   */
  public record Page(List<Row> rows, Optional<DeviceId> next, long total) {}

  // list: begin
  /** A page and the total: two queries, whatever the number of devices. */
  public Page list(Connection database, DeviceFilter filter, Optional<DeviceId> after, int size)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    SqlFragment page = tables.page(filter, after, size);
    String sql =
        "select id, name from device where workspace = ? and id in ("
            + page.sql()
            + ") order by id";
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setString(1, filter.workspace().value());
      page.bind(statement, 2);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(new Row(found.getString(1), found.getString(2)));
        }
      }
    }
    Optional<DeviceId> next =
        rows.size() < size ? Optional.empty() : Optional.of(DeviceId.of(rows.get(size - 1).id()));
    return new Page(rows, next, total(database, filter));
  }

  private long total(Connection database, DeviceFilter filter) throws SQLException {
    SqlFragment count = tables.count(filter);
    try (PreparedStatement statement = database.prepareStatement(count.sql())) {
      count.bind(statement, 1);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  // list: end

  // jdbi: begin
  /** A search of the platform's own, with Jdbi: the condition stands beside others. */
  public List<String> namesWithJdbi(Handle handle, DeviceFilter filter, String prefix) {
    SqlFragment mine = tables.where(filter, "d");
    Query query =
        handle.createQuery(
            "select d.name from device d where "
                + mine.sql()
                + " and d.name like ? order by d.name");
    int index = 0;
    for (Object parameter : mine.parameters()) {
      if (parameter instanceof List<?> texts) {
        query.bindArray(
            index++, String.class, texts); // after registerArrayType(String.class, "varchar")
      } else {
        query.bind(index++, parameter);
      }
    }
    return query.bind(index, prefix + "%").mapTo(String.class).list();
  }

  // jdbi: end

  // jooq: begin
  /** The same with jOOQ, which has a condition made of it. */
  public List<String> namesWithJooq(DSLContext jooq, DeviceFilter filter, String prefix) {
    SqlFragment mine = tables.where(filter, "d");
    Object[] values =
        mine.parameters().stream()
            .map(p -> p instanceof List<?> texts ? texts.toArray(new String[0]) : p)
            .toArray();
    return jooq.select(DSL.field("d.name", String.class))
        .from("device d")
        .where(DSL.condition(mine.sql(), values))
        .and(DSL.field("d.name", String.class).startsWith(prefix))
        .orderBy(DSL.field("d.name"))
        .fetchInto(String.class);
  }

  // jooq: end
}
