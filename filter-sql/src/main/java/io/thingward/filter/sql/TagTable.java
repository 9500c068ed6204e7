package io.thingward.filter.sql;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.DeviceFilter;
import io.thingward.model.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/* A table with one row for each tag of a device.
 *
 * What a selector matches is a union of postings: of one entry each while they are few, which lets
 * PostgreSQL merge rows that an index has sorted, else of all entries of a kind, as an array. A page
 * takes its rows of each posting, in order, before it merges them, so that its cost does not grow
 * with what a tag is on: where entries are many that needs "lateral", which H2 has not. H2 evaluates
 * "in (postings)" anew for each row, so its condition looks at the tags of the row's device.
 */
final class TagTable extends Layout {
  private static final int FEW = 16;
  private static final String OWN = INNER_ALIAS + ".";

  private final boolean h2;
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
    this.h2 = dialect == SqlDialect.H2;
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
   * @param condition adds what a row with an alias must be
   * @param repeats whether a device may be on several of these rows
   */
  private record Posting(
      Optional<Consumer<SqlFragment.Builder>> entries,
      BiConsumer<SqlFragment.Builder, String> condition,
      boolean repeats) {}

  private static boolean areFew(Selector selector) {
    return selector.entries() <= FEW;
  }

  private List<Posting> postings(Selector selector) {
    return areFew(selector) ? one(selector) : several(selector);
  }

  private List<Posting> one(Selector selector) {
    List<Posting> postings = new ArrayList<>();
    for (Tag tag : selector.tags()) {
      postings.add(
          new Posting(
              Optional.empty(),
              (sql, t) -> {
                is(sql, t, key, tag.key()).add(" and ");
                is(sql, t, value, tag.value());
              },
              false));
    }
    for (String one : selector.keys()) {
      postings.add(new Posting(Optional.empty(), (sql, t) -> is(sql, t, key, one), true));
    }
    for (String one : selector.values()) {
      postings.add(new Posting(Optional.empty(), (sql, t) -> is(sql, t, value, one), true));
    }
    return postings;
  }

  @CanIgnoreReturnValue
  private static SqlFragment.Builder is(
      SqlFragment.Builder sql, String alias, String column, String value) {
    return sql.add(alias + "." + column + " = ").text(value);
  }

  private List<Posting> several(Selector selector) {
    List<Posting> postings = new ArrayList<>();
    if (!selector.tags().isEmpty()) {
      postings.add(
          new Posting(
              Optional.of(
                  sql -> {
                    sql.add("unnest(").texts(selector.tagKeys()).add(", ");
                    sql.texts(selector.tagValues()).add(") e(k, v)");
                  }),
              (sql, t) -> sql.add(t + "." + key + " = e.k and " + t + "." + value + " = e.v"),
              true));
    }
    if (!selector.keys().isEmpty()) {
      postings.add(
          new Posting(
              Optional.of(sql -> sql.add("unnest(").texts(selector.keys()).add(") e(k)")),
              (sql, t) -> sql.add(t + "." + key + " = e.k"),
              true));
    }
    if (!selector.values().isEmpty()) {
      postings.add(
          new Posting(
              Optional.of(sql -> sql.add("unnest(").texts(selector.values()).add(") e(v)")),
              (sql, t) -> sql.add(t + "." + value + " = e.v"),
              true));
    }
    return postings;
  }

  private void entriesAndRows(SqlFragment.Builder sql, Posting posting, String workspaceId) {
    entries(sql, posting);
    rows(sql, posting, workspaceId);
  }

  private static void entries(SqlFragment.Builder sql, Posting posting) {
    posting.entries.ifPresent(
        entries -> {
          entries.accept(sql);
          sql.add(" cross join ");
        });
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
    posting.condition.accept(sql, "t");
  }

  @Override
  void matches(
      SqlFragment.Builder sql, Selector selector, String workspaceId, String id, String row) {
    if (selector.entries() == 0 || h2) {
      lookUp(sql, selector, workspaceId, id);
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
    List<Posting> postings = postings(selector);
    boolean alone = postings.size() == 1 && selector.ids().isEmpty(); // else a union is distinct
    String next = "";
    for (Posting posting : postings) {
      sql.add(next + (alone && posting.repeats ? "select distinct t." : "select t."));
      sql.add(device + " as id from ");
      entriesAndRows(sql, posting, workspaceId);
      next = " union ";
    }
    if (!selector.ids().isEmpty()) {
      sql.add(next + "select " + members.id() + " as id");
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
    selectors.sort(Comparator.comparingLong(Selector::width));
    String workspaceId = filter.workspace().value();
    if (selectors.isEmpty()) {
      super.page(sql, filter, after, size);
    } else if (!h2 && selectors.size() > 1 && isOpen(selectors.get(0), selectors.get(1))) {
      race(sql, selectors, workspaceId, after, size);
    } else {
      walk(sql, selectors, 0, workspaceId, after, size);
    }
  }

  private static boolean isOpen(Selector first, Selector second) {
    return first.entries() > 0 && areFew(first) && areFew(second) && !first.isNarrower(second);
  }

  /**
   * Adds a page that walks through one of the first two selectors: the terms do not tell which of
   * them is on fewer devices, but where the next page of each alone would end does. The one that
   * gets further is walked; of the other walk nothing is executed.
   */
  private void race(
      SqlFragment.Builder sql,
      List<Selector> selectors,
      String workspaceId,
      String after,
      int size) {
    String next = "with tw_r as materialized (select (";
    for (Selector selector : selectors.subList(0, 2)) {
      sql.add(next + "select max(r.id) from (");
      walk(sql, List.of(selector), 0, workspaceId, after, size);
      sql.add(") r having count(*) = ").number(size);
      next = ") as a, (";
    }
    sql.add(") as b) select x.id from (");
    walk(sql, selectors, 0, workspaceId, after, size);
    String first = "(select coalesce(a >= b, a is null) from tw_r)";
    sql.add(") x where " + first + " union all select x.id from (");
    walk(sql, selectors, 1, workspaceId, after, size);
    sql.add(") x where not " + first + " order by id");
  }

  /** Adds a page that walks through one selector, and looks the others up. */
  private void walk(
      SqlFragment.Builder sql,
      List<Selector> selectors,
      int position,
      String workspaceId,
      String after,
      int size) {
    List<Selector> others = new ArrayList<>(selectors);
    Selector walked = others.remove(position);
    List<Posting> postings = postings(walked);
    boolean alone = areFew(walked) && postings.size() + (walked.ids().isEmpty() ? 0 : 1) == 1;
    String next = alone ? "" : "select distinct p.id from ((";
    for (Posting posting : postings) {
      boolean lateral = posting.entries.isPresent() && !h2;
      sql.add(next);
      if (lateral) {
        sql.add("select x.id from ");
        entries(sql, posting);
        sql.add("lateral (");
      }
      sql.add(posting.repeats ? "select distinct t." : "select t.").add(device + " as id from ");
      if (!lateral) {
        entries(sql, posting);
      }
      rows(sql, posting, workspaceId);
      next(sql, "t." + device, others, workspaceId, after, size);
      sql.add(lateral ? ") x" : "");
      next = ") union all (";
    }
    if (!walked.ids().isEmpty()) {
      sql.add(next + "select " + members.id() + " as id");
      named(sql, walked, workspaceId);
      next(sql, members.id(), others, workspaceId, after, size);
    }
    if (!alone) {
      sql.add(")) p order by p.id limit ").number(size);
    }
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
      sql.add(" and ");
      lookUp(sql, other, workspaceId, id);
    }
    sql.add(" order by " + id + " limit ").number(size);
  }

  /** Adds a condition that looks at the tags of one device: for rows that are few, and in H2. */
  private void lookUp(SqlFragment.Builder sql, Selector selector, String workspaceId, String id) {
    if (selector.entries() == 0) {
      isAnyOf(sql, id, selector.ids());
      return;
    }
    sql.add("(");
    if (!selector.ids().isEmpty()) {
      isAnyOf(sql, id, selector.ids());
      sql.add(" or ");
    }
    sql.add(
        "exists (select 1 from "
            + table
            + " "
            + INNER_ALIAS
            + " where "
            + OWN
            + device
            + " = "
            + id);
    workspace.ifPresent(column -> sql.add(" and " + OWN + column + " = ").text(workspaceId));
    String next = " and (";
    for (Consumer<SqlFragment.Builder> entry : areFew(selector) ? each(selector) : any(selector)) {
      entry.accept(sql.add(next));
      next = " or ";
    }
    // keeps PostgreSQL from reading all postings, as if every row of the walk were looked at
    sql.add(h2 ? ")))" : ") offset 0))");
  }

  private List<Consumer<SqlFragment.Builder>> each(Selector selector) {
    return one(selector).stream()
        .<Consumer<SqlFragment.Builder>>map(
            posting -> sql -> posting.condition.accept(sql, INNER_ALIAS))
        .toList();
  }

  private List<Consumer<SqlFragment.Builder>> any(Selector selector) {
    return List.of(
        h2 ? sql -> isAnyOf(sql, joined(), joined(selector)) : sql -> isAnyPair(sql, selector),
        sql -> isAnyOf(sql, OWN + key, selector.keys()),
        sql -> isAnyOf(sql, OWN + value, selector.values()));
  }

  private void isAnyPair(SqlFragment.Builder sql, Selector selector) {
    sql.add("(" + OWN + key + ", " + OWN + value + ") in (select * from unnest(");
    sql.texts(selector.tagKeys()).add(", ").texts(selector.tagValues()).add("))");
  }

  /* H2 compares one column with an array, not two: a tag as one text, its key as long as it says. */
  private String joined() {
    return "concat(1000 + char_length(" + OWN + key + "), " + OWN + key + ", " + OWN + value + ")";
  }

  private static List<String> joined(Selector selector) {
    return selector.tags().stream()
        .map(tag -> (1000 + tag.key().length()) + tag.key() + tag.value())
        .toList();
  }
}
