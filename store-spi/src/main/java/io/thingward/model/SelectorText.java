package io.thingward.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/* The text form of selectors, and of sets of devices.
 *
 *   set      = "everything" | "nothing" | "all of " group *( "," group )
 *   group    = "[" selector "]"            spaces around a group do not count
 *   selector = term *( "," term )          spaces around a term do not count
 *   term     = half                        a device id; a bare * or - is none
 *            | half "=" half               a tag entry; a half that is a bare * is any
 *   half     = "*" | bare | quoted
 *   bare     = no , = " * and no white space at either end; in a set no ] either
 *   quoted   = a double quote, text in which a double quote is written twice, a double quote
 *
 * Whatever is not surely bare is printed quoted, so printing and parsing are inverse. A * inside a
 * bare half is refused, since whoever writes site=par* expects a prefix match, which does not exist.
 */
final class SelectorText {
  private static final String ALL_OF = "all of ";

  private final String text;
  private final String endsTerm;
  private int at;

  private SelectorText(String text, String endsTerm) {
    this.text = text;
    this.endsTerm = endsTerm;
  }

  /** Parses a set of devices. */
  static DeviceSet parseSet(String text) {
    if (text.equals("everything")) {
      return DeviceSet.everything();
    }
    if (text.equals("nothing")) {
      return DeviceSet.nothing();
    }
    if (!text.startsWith(ALL_OF)) {
      throw error("a set is everything, nothing or all of [...]", 0);
    }
    SelectorText parser = new SelectorText(text, ",]");
    parser.at = ALL_OF.length();
    List<DeviceSelector> selectors = new ArrayList<>();
    int terms = 0;
    do {
      parser.skipSpaces();
      int start = parser.at;
      if (selectors.size() == Limits.SELECTORS_PER_SET) {
        throw error("a set has at most " + Limits.SELECTORS_PER_SET + " selectors", start);
      }
      parser.require('[');
      DeviceSelector.Builder selector = parser.terms();
      parser.require(']');
      DeviceSelector built = valid("selector", start, selector::build);
      terms += built.size();
      if (terms > Limits.TERMS_PER_SET) {
        throw error("a set has at most " + Limits.TERMS_PER_SET + " terms", start);
      }
      selectors.add(built);
      parser.skipSpaces();
    } while (parser.take(','));
    parser.end();
    return DeviceSet.allOf(selectors);
  }

  /** Parses a comma-separated selector. */
  static DeviceSelector parse(String text) {
    SelectorText parser = new SelectorText(text, ",");
    DeviceSelector.Builder selector = parser.terms();
    parser.end();
    return selector.build();
  }

  /** Parses one term, in which a comma is an ordinary character. */
  static void parseTerm(String text, DeviceSelector.Builder selector) {
    SelectorText parser = new SelectorText(text, "");
    parser.term(selector);
    parser.end();
  }

  private DeviceSelector.Builder terms() {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    do {
      skipSpaces();
      term(selector);
      skipSpaces();
    } while (take(','));
    return selector;
  }

  private void term(DeviceSelector.Builder selector) {
    int start = at;
    Optional<String> first = half();
    if (take('=')) {
      Optional<String> second = half();
      selector.tag(valid("term", start, () -> new TagEntry(first, second)));
    } else {
      String bare = text.substring(start, at).strip();
      if (bare.equals("*") || bare.equals("-")) {
        // they mean all and none elsewhere, so who writes them here means no device of that name
        throw error("a lone " + bare + " is no device id", start);
      }
      selector.id(valid("term", start, () -> DeviceId.of(first.orElseThrow())));
    }
  }

  private Optional<String> half() {
    int start = at;
    if (take('"')) {
      return Optional.of(quoted(start));
    }
    while (at < text.length() && text.charAt(at) != '=' && !endsTerm(text.charAt(at))) {
      at++;
    }
    int end = at;
    if (!endsTerm.isEmpty() && (at == text.length() || endsTerm(text.charAt(at)))) {
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

  private boolean endsTerm(char c) {
    return endsTerm.indexOf(c) >= 0;
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

  private void require(char c) {
    if (!take(c)) {
      throw error("a " + c + " is wanted", at);
    }
  }

  private void end() {
    if (at < text.length()) {
      throw error("unexpected text", at);
    }
  }

  /** What a part says, or an error that tells which part of the text broke a rule of its own. */
  private static <T> T valid(String part, int start, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + ", in the " + part + " at index " + start, e);
    }
  }

  private static IllegalArgumentException error(String what, int index) {
    return new IllegalArgumentException(what + ", at index " + index);
  }

  static String print(DeviceSet set) {
    if (set.isEverything()) {
      return "everything";
    }
    if (set.isNothing()) {
      return "nothing";
    }
    return set.selectors().stream()
        .map(selector -> "[" + print(selector) + "]")
        .collect(Collectors.joining(", ", ALL_OF, ""));
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
            && value.chars().noneMatch(c -> ",=\"*]".indexOf(c) >= 0);
    return bare ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static boolean isEdge(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
