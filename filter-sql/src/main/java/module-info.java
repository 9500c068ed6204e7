/** Device filters as SQL for the host's own tables. */
module io.thingward.filter.sql {
  requires transitive io.thingward.core;
  requires transitive java.sql;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.filter.sql;
}
