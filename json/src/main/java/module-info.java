/** Thingward's records as strict JSON: files, fixtures, exports. */
module io.thingward.json {
  requires transitive io.thingward.spi;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.json;
}
