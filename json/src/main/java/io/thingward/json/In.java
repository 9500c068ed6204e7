package io.thingward.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a file, one at a time, each asked for as what it has to be: nothing is converted,
 * skipped or read ahead. So nothing nests deeper, and no list grows longer, than records do. Not
 * thread-safe.
 */
final class In implements AutoCloseable {
  /* The format nests six deep, and no field's name has more than 20 characters. */
  private static final int DEPTH = 16;
  private static final int NAME = 100;
  private static final int DIGITS = 20;

  private final Utf8Text text;
  private final JsonParser parser;
  private final int longest;
  private Optional<Fixture> fixture = Optional.empty();

  /** Reads a file of which no record is longer than so many characters. */
  In(InputStream in, int longest) {
    this.text = new Utf8Text(in);
    this.longest = longest;
    text.allow(longest);
    try {
      parser = factory(longest).createParser(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static JsonFactory factory(int longest) {
    return JsonFactory.builder()
        // names are few and known; a table of what a stranger writes can be made to collide
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        // buffers hold digests and hashes: none is kept for somebody else
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNameLength(NAME)
                .maxNumberLength(DIGITS)
                .maxStringLength(longest)
                .build())
        .build();
  }

  /** A record begins or ends here: the next one may have its whole length. */
  void nextRecord() {
    text.allow(longest);
    fixture = fixture.map(Fixture::next);
  }

  /** From now on records may leave out what a new one does not need. */
  void isFixture(Fixture first) {
    fixture = Optional.of(first);
  }

  /** What stands in for what a record leaves out, if it may. */
  Optional<Fixture> fixture() {
    return fixture;
  }

  /** Goes to the next token; the end of the file is none. */
  void advance() {
    try {
      JsonToken ignored = parser.nextToken();
    } catch (IOException failure) {
      throw told(failure);
    }
  }

  private RuntimeException told(IOException failure) {
    if (failure instanceof Utf8Text.Flaw flaw) {
      return flaw.at(pointer());
    } else if (failure instanceof StreamConstraintsException) {
      return place().wrong("this is longer or nests deeper than anything in a record");
    } else if (failure instanceof JsonEOFException eof) {
      return at(eof.getLocation()).wrong("the file ends too early");
    } else if (failure instanceof JsonProcessingException syntax) {
      return at(syntax.getLocation()).wrong("this is not JSON (RFC 8259)");
    }
    return new UncheckedIOException(failure);
  }

  /** Where the current token begins. */
  Place place() {
    return at(parser.currentTokenLocation());
  }

  private Place at(JsonLocation location) {
    return new Place(
        Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1), pointer());
  }

  private String pointer() {
    StringBuilder pointer = new StringBuilder();
    for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
      if (at.inArray() && at.hasCurrentIndex()) {
        pointer.insert(0, at.getCurrentIndex()).insert(0, '/');
      } else if (at.inObject() && at.hasCurrentName()) {
        pointer.insert(0, plain(at.getCurrentName())).insert(0, '/');
      }
    }
    return pointer.toString();
  }

  /* A name that is none of ours may be a digest in the wrong place, so it is quoted only if not. */
  private static String plain(String name) {
    return name.matches("[A-Za-z-]{1,30}") ? name : "?";
  }

  RecordFormatException wrong(String what) {
    return place().wrong(what);
  }

  boolean is(JsonToken token) {
    return parser.currentToken() == token;
  }

  /** The current token is this one. */
  void require(JsonToken token, String wanted) {
    if (!is(token)) {
      throw wrong(wanted + " is wanted here, not " + describe(parser.currentToken()));
    }
  }

  private static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "the end of the file";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case END_OBJECT -> "the end of an object";
      case END_ARRAY -> "the end of an array";
      case FIELD_NAME -> "another field";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
    };
  }

  /** Goes to the next token, which ends the file. */
  void requireEnd() {
    advance();
    if (parser.currentToken() != null) {
      throw wrong("nothing follows the records");
    }
  }

  /** Goes on in an object: the name of the next field, or empty at its end. */
  Optional<String> nextField() {
    advance();
    if (is(JsonToken.END_OBJECT)) {
      return Optional.empty();
    }
    require(JsonToken.FIELD_NAME, "a field");
    return Optional.of(string());
  }

  /** Goes on in an object: the next field is this one; goes to its value. */
  void requireField(String name) {
    if (!nextField().equals(Optional.of(name))) {
      throw wrong("the field " + name + " is wanted here");
    }
    advance();
  }

  /** The value is a string. */
  String text() {
    require(JsonToken.VALUE_STRING, "a string");
    return string();
  }

  private String string() {
    try {
      return parser.getText();
    } catch (IOException failure) {
      throw told(failure);
    }
  }

  /** The value is a whole number, written as one. */
  long number() {
    require(JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      return parser.getLongValue();
    } catch (IOException outOfRange) {
      throw wrong("this number does not fit into 64 bits");
    }
  }

  /** The value is true or false. */
  boolean flag() {
    if (!is(JsonToken.VALUE_TRUE)) {
      require(JsonToken.VALUE_FALSE, "true or false");
    }
    return is(JsonToken.VALUE_TRUE);
  }

  @Override
  public void close() {
    try {
      parser.close(); // and with it the text, and the stream
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
