package io.thingward.filter.sql;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.DeviceFilter;
import io.thingward.model.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/* A table with a row for each tag of a device.
 *
 * What a selector matches is a union of postings: of one entry each while they are few, which lets
 * PostgreSQL merge rows that an index has sorted, else of all entries of a kind, as an array. A page
 * takes its rows of each posting, in order, before it merges them, so that its cost does not grow
 * with what a tag is on: that needs "lateral", which H2 has not.
 */
final class TagTable extends Layout {
  private static final int FEW = 16;

  private final boolean lateral;
  private final String table;
  private final Optional<String> workspace;
  private final String device;
  private final String key;
  private final String value;

  /**
   * A table.
   *
   * @param workspace the column with the workspace; without one, the members say in which a tag
   *     counts
   */
  TagTable(
      SqlDialect dialect,
      Members members,
      String table,
      Optional<String> workspace,
      String device,
      String key,
      String value) {
    super(members);
    this.lateral = dialect == SqlDialect.POSTGRESQL;
    this.table = table;
    this.workspace = workspace;
    this.device = device;
    this.key = key;
    this.value = value;
  }

  /**
   * Rows of tags, by one entry or by several of a kind.
   *
   * @param entries adds the entries as a table e, if they are several
   * @param condition adds what a row t must be
   */
  private record Posting(
      Optional<Consumer<SqlFragment.Builder>> entries, Consumer<SqlFragment.Builder> condition) {}

  private List<Posting> postings(Selector selector) {
    return selector.entries() <= FEW ? one(selector) : several(selector);
  }

  private List<Posting> one(Selector selector) {
    List<Posting> postings = new ArrayList<>();
    for (Tag tag : selector.tags()) {
      postings.add(
          new Posting(
              Optional.empty(),
              sql -> {
                is(sql, key, tag.key()).add(" and ");
                is(sql, value, tag.value());
              }));
    }
    for (String one : selector.keys()) {
      postings.add(new Posting(Optional.empty(), sql -> is(sql, key, one)));
    }
    for (String one : selector.values()) {
      postings.add(new Posting(Optional.empty(), sql -> is(sql, value, one)));
    }
    return postings;
  }

  @CanIgnoreReturnValue
  private static SqlFragment.Builder is(SqlFragment.Builder sql, String column, String value) {
    return sql.add("t." + column + " = ").text(value);
  }

  private List<Posting> several(Selector selector) {
    List<Posting> postings = new ArrayList<>();
    if (!selector.tags().isEmpty()) {
      postings.add(
          new Posting(
              Optional.of(sql -> tags(sql, selector).add(" e(k, v)")),
              sql -> sql.add("t." + key + " = e.k and t." + value + " = e.v")));
    }
    if (!selector.keys().isEmpty()) {
      postings.add(
          new Posting(
              Optional.of(sql -> sql.add("unnest(").texts(selector.keys()).add(") e(k)")),
              sql -> sql.add("t." + key + " = e.k")));
    }
    if (!selector.values().isEmpty()) {
      postings.add(
          new Posting(
              Optional.of(sql -> sql.add("unnest(").texts(selector.values()).add(") e(v)")),
              sql -> sql.add("t." + value + " = e.v")));
    }
    return postings;
  }

  private static SqlFragment.Builder tags(SqlFragment.Builder sql, Selector selector) {
    sql.add("unnest(").texts(selector.tagKeys()).add(", ");
    return sql.texts(selector.tagValues()).add(")");
  }

  private void entriesAndRows(SqlFragment.Builder sql, Posting posting, String workspaceId) {
    posting.entries.ifPresent(
        entries -> {
          entries.accept(sql);
          sql.add(" cross join ");
        });
    rows(sql, posting, workspaceId);
  }

  /** Adds the rows t of a posting that count in a workspace, from their table to the condition. */
  private void rows(SqlFragment.Builder sql, Posting posting, String workspaceId) {
    sql.add(table + " t");
    workspace.ifPresentOrElse(
        column -> sql.add(" where t." + column + " = ").text(workspaceId),
        () ->
            sql.add(" join " + members.table() + " m on " + members.id() + " = t." + device)
                .add(" where m." + members.workspace() + " = ")
                .text(workspaceId));
    sql.add(" and ");
    posting.condition.accept(sql);
  }

  @Override
  void matches(
      SqlFragment.Builder sql, Selector selector, String workspaceId, String id, String row) {
    if (selector.entries() == 0) {
      isAnyOf(sql, id, selector.ids());
      return;
    }
    sql.add(id + " in (");
    String next = "";
    for (Posting posting : postings(selector)) {
      sql.add(next + "select t." + device + " from ");
      entriesAndRows(sql, posting, workspaceId);
      next = " union all ";
    }
    if (!selector.ids().isEmpty()) {
      sql.add(next + "select * from unnest(").texts(selector.ids()).add(")");
    }
    sql.add(")");
  }

  @Override
  void rows(SqlFragment.Builder sql) {
    sql.add(members.table() + " m");
  }

  @Override
  String row() {
    return "m";
  }

  @Override
  void count(SqlFragment.Builder sql, DeviceFilter filter) {
    List<Selector> selectors = Selector.of(filter.set());
    if (selectors.isEmpty()) {
      super.count(sql, filter);
      return;
    }
    sql.add("select count(*) from (");
    String next = "(";
    for (Selector selector : selectors) {
      sql.add(next);
      ids(sql, selector, filter.workspace().value());
      next = ") intersect (";
    }
    sql.add(")) p");
  }

  /** Adds a query of the ids of a selector's devices, each once. */
  private void ids(SqlFragment.Builder sql, Selector selector, String workspaceId) {
    String next = "select distinct "; // one part alone has nothing that makes its rows distinct
    for (Posting posting : postings(selector)) {
      sql.add(next + "t." + device + " as id from ");
      entriesAndRows(sql, posting, workspaceId);
      next = " union select ";
    }
    if (!selector.ids().isEmpty()) {
      sql.add(next + members.id() + " as id");
      named(sql, selector, workspaceId);
    }
  }

  /** Adds the members whose ids a selector names, from "from" to the condition. */
  private void named(SqlFragment.Builder sql, Selector selector, String workspaceId) {
    sql.add(" from " + members.table() + " m where m." + members.workspace() + " = ");
    sql.text(workspaceId).add(" and ");
    isAnyOf(sql, members.id(), selector.ids());
  }

  @Override
  void page(SqlFragment.Builder sql, DeviceFilter filter, String after, int size) {
    List<Selector> selectors = new ArrayList<>(Selector.of(filter.set()));
    if (!lateral || selectors.isEmpty()) {
      super.page(sql, filter, after, size);
      return;
    }
    selectors.sort(Comparator.comparingLong(Selector::width)); // walk the one, look up the others
    Selector walked = selectors.remove(0);
    String workspaceId = filter.workspace().value();
    String id = "t." + device;
    sql.add("select distinct p.id from (");
    String next = "";
    for (Posting posting : several(walked)) {
      sql.add(next + "select x.id from ");
      posting.entries.orElseThrow().accept(sql);
      sql.add(" cross join lateral (select distinct " + id + " as id from ");
      rows(sql, posting, workspaceId);
      next(sql, id, selectors, workspaceId, after, size);
      sql.add(") x");
      next = " union all ";
    }
    if (!walked.ids().isEmpty()) {
      sql.add(next + "(select " + members.id() + " as id");
      named(sql, walked, workspaceId);
      next(sql, members.id(), selectors, workspaceId, after, size);
      sql.add(")");
    }
    sql.add(") p order by p.id limit ").number(size);
  }

  /** Adds conditions and order of the next rows of one part of a page. */
  private void next(
      SqlFragment.Builder sql,
      String id,
      List<Selector> others,
      String workspaceId,
      String after,
      int size) {
    sql.add(" and " + id + " > ").text(after);
    for (Selector other : others) {
      sql.add(" and (");
      isAnyOf(sql, id, other.ids());
      if (other.entries() > 0) {
        sql.add(" or exists (select 1 from " + table + " o where o." + device + " = " + id);
        workspace.ifPresent(column -> sql.add(" and o." + column + " = ").text(workspaceId));
        sql.add(" and ((o." + key + ", o." + value + ") in (select * from ");
        tags(sql, other).add(") or o." + key + " = any(").texts(other.keys());
        sql.add(") or o." + value + " = any(").texts(other.values()).add(")))");
      }
      sql.add(")");
    }
    sql.add(" order by " + id + " limit ").number(size);
  }
}
