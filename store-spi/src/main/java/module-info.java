/** What a Thingward store persists and returns, and the contract it keeps. Depends on nothing. */
module io.thingward.spi {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.model;
  exports io.thingward.store;
}
