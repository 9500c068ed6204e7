package io.thingward.filter.sql;

import io.thingward.access.DeviceFilter;
import java.util.List;

/* How the devices of a filter are asked for: one subclass for each way to keep tags. */
abstract class Layout {
  /* As every id is longer, a page after this one is the first. */
  static final String BEFORE_ALL = "";

  /* In a condition it would hide the host's alias if that were the same, so no host may take it. */
  static final String INNER_ALIAS = "tw_o";

  final Members members;

  Layout(Members members) {
    this.members = members;
  }

  /**
   * Adds a condition that holds for exactly those rows whose device a selector matches.
   *
   * @param id the device's id, as an expression
   * @param row the alias of the device table
   */
  abstract void matches(
      SqlFragment.Builder sql, Selector selector, String workspace, String id, String row);

  /** Adds the tables to walk through, with alias m for the members. */
  abstract void rows(SqlFragment.Builder sql);

  /** The alias of the device table among them, if matching asks for it. */
  abstract String row();

  /** Adds a query of one column, id. */
  void page(SqlFragment.Builder sql, DeviceFilter filter, String after, int size) {
    sql.add("select " + members.id() + " as id");
    walk(sql, filter);
    sql.add(" and " + members.id() + " > ").text(after);
    sql.add(" order by " + members.id() + " limit ").number(size);
  }

  /** Adds a query of one number. */
  void count(SqlFragment.Builder sql, DeviceFilter filter) {
    sql.add("select count(*)");
    walk(sql, filter);
  }

  private void walk(SqlFragment.Builder sql, DeviceFilter filter) {
    sql.add(" from ");
    rows(sql);
    sql.add(" where m." + members.workspace() + " = ").text(filter.workspace().value());
    matches(sql, filter, members.id(), row());
  }

  /** Adds "and" with a condition for each selector. */
  final void matches(SqlFragment.Builder sql, DeviceFilter filter, String id, String row) {
    if (filter.set().isNothing()) {
      sql.add(" and 1 = 0");
    }
    for (Selector selector : Selector.of(filter.set())) {
      sql.add(" and ");
      matches(sql, selector, filter.workspace().value(), id, row);
    }
  }

  static void isAnyOf(SqlFragment.Builder sql, String id, List<String> ids) {
    sql.add(id + " = any(").texts(ids).add(")");
  }
}
