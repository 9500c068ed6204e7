package io.thingward.json;

import io.thingward.model.Version;
import java.time.Instant;
import java.util.UUID;

/**
 * What stands in for what a record of a hand-written file leaves out.
 *
 * @param created when it was created
 * @param number which record of the file it is, from 1
 */
record Fixture(Instant created, long number) {
  Fixture next() {
    return new Fixture(created, number + 1);
  }

  /** The version of a new record. Its change is no random one: a test finds the same every time. */
  Version version() {
    return new Version(1, new UUID(0, number));
  }
}
