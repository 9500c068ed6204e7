package io.thingward.filter.sql;

/** The databases whose SQL is rendered. */
public enum SqlDialect {
  /** H2 2.x, in its regular mode. */
  H2("varchar array"),

  /** PostgreSQL 14 and later, and what is compatible with it. */
  POSTGRESQL("text[]");

  private final String texts;

  SqlDialect(String texts) {
    this.texts = texts;
  }

  /* Its type is named, because not every way to bind an array tells the database. */
  String arrayParameter() {
    return "cast(? as " + texts + ")";
  }
}
