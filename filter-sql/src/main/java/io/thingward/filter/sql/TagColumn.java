package io.thingward.filter.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/* A jsonb column of the device table: an object from key to a value, or to an array of values.
 *
 * Terms are asked as jsonpath, because one expression then finds a value alone or in an array, and
 * because its operator, unlike those for keys, has no question mark, which JDBC would take. Each
 * path is a parameter; what stands in it is escaped as a text of jsonpath, where only the quote and
 * the backslash have a meaning, and control characters do not occur.
 */
final class TagColumn extends Layout {
  private final String column;
  private final Optional<String> join;

  /**
   * A column.
   *
   * @param join how claims find their rows of the device table, whose alias is then d
   */
  TagColumn(Members members, String column, Optional<String> join) {
    super(members);
    this.column = column;
    this.join = join;
  }

  @Override
  void matches(
      SqlFragment.Builder sql, Selector selector, String workspace, String id, String row) {
    boolean byId = !selector.ids().isEmpty();
    boolean byTag = selector.entries() > 0;
    sql.add(byId && byTag ? "(" : "");
    if (byId) {
      isAnyOf(sql, id, selector.ids());
    }
    sql.add(byId && byTag ? " or " : "");
    if (byTag) {
      sql.add(row + "." + column + " @@ any(cast(").texts(paths(selector)).add(" as jsonpath[]))");
    }
    sql.add(byId && byTag ? ")" : "");
  }

  private static List<String> paths(Selector selector) {
    List<String> paths = new ArrayList<>();
    selector
        .tags()
        .forEach(t -> paths.add("$." + literal(t.key()) + "[*] == " + literal(t.value())));
    // every text starts with nothing; no number, null or empty array does
    selector.keys().forEach(key -> paths.add("$." + literal(key) + "[*] starts with \"\""));
    selector.values().forEach(value -> paths.add("$.*[*] == " + literal(value)));
    return paths;
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  void rows(SqlFragment.Builder sql) {
    sql.add(members.table() + " m" + join.orElse(""));
  }

  @Override
  String row() {
    return join.isPresent() ? "d" : "m";
  }
}
