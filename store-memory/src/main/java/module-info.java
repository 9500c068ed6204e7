/** Thingward's stores in memory: the reference, for tests and for use on a single node. */
module io.thingward.store.memory {
  requires transitive io.thingward.spi;
  requires com.google.common;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.store.memory;
}
