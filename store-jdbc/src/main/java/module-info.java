/** Thingward's stores in H2 and PostgreSQL, over any data source. */
module io.thingward.store.jdbc {
  requires transitive io.thingward.spi;
  requires transitive java.sql;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.store.jdbc;
}
