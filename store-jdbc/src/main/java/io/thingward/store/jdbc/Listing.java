package io.thingward.store.jdbc;

import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a table whose columns have given values, a page at a time, in the order of one more
 * column, which with them is unique: each page is a range of one index. Thread-safe.
 *
 * @param <R> a record
 */
final class Listing<R> {
  private final Database database;
  private final String name;
  private final String first;
  private final String next;
  private final Database.Reading<R> reading;
  private final Function<R, String> cursor;
  private final Function<String, Object> parse;

  /**
   * Prepares the statements.
   *
   * @param name says which listing a continuation belongs to
   * @param select the statement up to its table
   * @param by the columns that are compared, the first ones of an index
   * @param order the column after them in that index
   * @param reading reads a row
   * @param cursor the value of the last column of a record, as text
   * @param parse the value of such a text
   */
  Listing(
      Database database,
      String name,
      String select,
      List<String> by,
      String order,
      Database.Reading<R> reading,
      Function<R, String> cursor,
      Function<String, Object> parse) {
    this.database = database;
    this.name = name;
    this.reading = reading;
    this.cursor = cursor;
    this.parse = parse;
    String columns = String.join(", ", Stream.concat(by.stream(), Stream.of(order)).toList());
    String rest = " order by " + columns + " limit ?";
    this.first = select + where(by.stream().map(column -> column + " = ?")) + rest;
    this.next =
        select
            + where(
                Stream.concat(
                    by.stream().map(column -> column + " = ?"), Stream.of(order + " > ?")))
            + rest;
  }

  private static String where(Stream<String> conditions) {
    String all = conditions.collect(Collectors.joining(" and "));
    return all.isEmpty() ? "" : " where " + all;
  }

  Page<R> page(List<Object> by, PageRequest request) {
    List<Object> values = new ArrayList<>(by);
    request.from().ifPresent(from -> values.add(parsed(from)));
    values.add(request.limit() + 1); // one more tells whether another page follows
    List<R> found = database.query(request.from().isPresent() ? next : first, values, reading);
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty());
    }
    List<R> items = found.subList(0, request.limit());
    R last = items.get(items.size() - 1);
    return new Page<>(items, Optional.of(name + ":" + cursor.apply(last)));
  }

  private Object parsed(String from) {
    if (!from.startsWith(name + ":")) {
      throw new IllegalArgumentException("no continuation of the listing " + name);
    }
    return parse.apply(from.substring(name.length() + 1));
  }
}
