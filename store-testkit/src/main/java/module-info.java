/** The store contract as tests: extend them and see whether a store keeps it. */
module io.thingward.testkit {
  requires transitive io.thingward.spi;
  requires org.assertj.core;
  requires org.junit.jupiter.api;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward.store.testkit;

  // the tests are package-private, so that no store weakens one by overriding it
  opens io.thingward.store.testkit to
      org.junit.platform.commons;
}
