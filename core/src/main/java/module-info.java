/** Who is this, may they, and which devices may they see: the embeddable authorization library. */
module io.thingward.core {
  requires transitive io.thingward.spi;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.thingward;
  exports io.thingward.access;
  exports io.thingward.audit;
  exports io.thingward.authentication;
  exports io.thingward.credential;
  exports io.thingward.error;
  exports io.thingward.management;
  exports io.thingward.password;
  exports io.thingward.permission;
  exports io.thingward.throttle;
}
