package io.thingward.json;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Optional;

/** The beginning of a file: what it is, of which version, and whether it is hand-written. */
final class Header {
  static final String FORMAT = "thingward-records";
  static final int VERSION = 1;

  private static final Codec<Fixture> FIXTURE = fixture();

  private Header() {}

  private static Codec<Fixture> fixture() {
    Shape.Builder<Fixture> shape = new Shape.Builder<>();
    var created = shape.field("created", Fixture::created, Codecs.INSTANT);
    return shape.makes(read -> new Fixture(read.get(created), 0));
  }

  /** Reads the beginning, up to that of the array of records. */
  static void read(In in) {
    in.advance();
    in.require(JsonToken.START_OBJECT, "an object");
    in.requireField("format");
    if (!in.text().equals(FORMAT)) {
      throw in.wrong("the format is " + FORMAT + "; this is another file");
    }
    in.requireField("version");
    long version = in.number();
    if (version != VERSION) {
      throw in.wrong(
          version > VERSION
              ? "version "
                  + version
                  + " is newer than this library, which reads versions up to "
                  + VERSION
              : "there is no version " + version);
    }
    Optional<String> field = in.nextField();
    if (field.equals(Optional.of("fixture"))) {
      in.advance();
      in.isFixture(FIXTURE.read(in));
      field = in.nextField();
    }
    if (!field.equals(Optional.of("records"))) {
      throw in.wrong("the records are wanted here");
    }
    in.advance();
    in.require(JsonToken.START_ARRAY, "an array");
  }
}
