package io.thingward.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/* The text form of selectors.
 *
 *   selector = term *( "," term )          spaces around a term do not count
 *   term     = half                        a device id; a bare * or - is none
 *            | half "=" half               a tag entry; a half that is a bare * is any
 *   half     = "*" | bare | quoted
 *   bare     = no , = " * and no white space at either end
 *   quoted   = a double quote, text in which a double quote is written twice, a double quote
 *
 * Whatever is not surely bare is printed quoted, so printing and parsing are inverse. A * inside a
 * bare half is refused, since whoever writes site=par* expects a prefix match, which does not exist.
 */
final class SelectorText {
  private final String text;
  private final boolean list;
  private int at;

  private SelectorText(String text, boolean list) {
    this.text = text;
    this.list = list;
  }

  /** Parses a comma-separated selector. */
  static DeviceSelector parse(String text) {
    SelectorText parser = new SelectorText(text, true);
    DeviceSelector.Builder selector = DeviceSelector.builder();
    do {
      parser.skipSpaces();
      parser.term(selector);
      parser.skipSpaces();
    } while (parser.take(','));
    parser.end();
    return selector.build();
  }

  /** Parses one term, in which a comma is an ordinary character. */
  static void parseTerm(String text, DeviceSelector.Builder selector) {
    SelectorText parser = new SelectorText(text, false);
    parser.term(selector);
    parser.end();
  }

  private void term(DeviceSelector.Builder selector) {
    int start = at;
    Optional<String> first = half();
    if (take('=')) {
      Optional<String> second = half();
      selector.tag(valid(start, () -> new TagEntry(first, second)));
    } else {
      String bare = text.substring(start, at).strip();
      if (bare.equals("*") || bare.equals("-")) {
        // they mean all and none elsewhere, so who writes them here means no device of that name
        throw error("a lone " + bare + " is no device id", start);
      }
      selector.id(valid(start, () -> DeviceId.of(first.orElseThrow())));
    }
  }

  private Optional<String> half() {
    int start = at;
    if (take('"')) {
      return Optional.of(quoted(start));
    }
    while (at < text.length() && !isDelimiter(text.charAt(at))) {
      at++;
    }
    int end = at;
    if (list && (at == text.length() || text.charAt(at) == ',')) {
      while (end > start && text.charAt(end - 1) == ' ') {
        end--;
      }
    }
    String bare = text.substring(start, end);
    if (bare.equals("*")) {
      return Optional.empty();
    }
    if (bare.isEmpty()) {
      throw error("a term or a half of one is empty", start);
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '"') {
        throw error("a * or a quote inside a term must be quoted", i);
      }
      if (isEdge(c) && (i == start || i == end - 1)) {
        throw error("white space at the edge of a term must be quoted", i);
      }
    }
    return Optional.of(bare);
  }

  private String quoted(int start) {
    StringBuilder unquoted = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        unquoted.append(c);
      } else if (take('"')) {
        unquoted.append('"');
      } else {
        return unquoted.toString();
      }
    }
    throw error("a quote is not closed", start);
  }

  private boolean isDelimiter(char c) {
    return c == '=' || (list && c == ',');
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void end() {
    if (at < text.length()) {
      throw error("unexpected text", at);
    }
  }

  /** What a term says, or an error that tells which term of the text broke a rule of its own. */
  private static <T> T valid(int start, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", in the term at index " + start, e);
    }
  }

  private static IllegalArgumentException error(String what, int index) {
    return new IllegalArgumentException(what + ", at index " + index);
  }

  static String print(DeviceSelector selector) {
    List<String> terms = new ArrayList<>(selector.size());
    selector.ids().forEach(id -> terms.add(half(id.value())));
    selector.tags().forEach(entry -> terms.add(print(entry)));
    return String.join(", ", terms);
  }

  static String print(TagEntry entry) {
    return entry.key().map(SelectorText::half).orElse("*")
        + "="
        + entry.value().map(SelectorText::half).orElse("*");
  }

  /** The text of one half: bare where that is sure to be read back, else quoted. */
  static String half(String value) {
    boolean bare =
        !value.equals("-")
            && !isEdge(value.charAt(0))
            && !isEdge(value.charAt(value.length() - 1))
            && value.chars().noneMatch(c -> c == ',' || c == '=' || c == '"' || c == '*');
    return bare ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static boolean isEdge(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
