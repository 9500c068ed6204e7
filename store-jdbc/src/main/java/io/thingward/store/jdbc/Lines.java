package io.thingward.store.jdbc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The text that holds a record: a line for each thing it says, made of a name and parts, with a tab
 * between them. No text of a record has a control character, so nothing is escaped.
 *
 * <pre>
 * created	1789000000000
 * name	Paris
 * scope	site=paris, t1
 * </pre>
 *
 * <p>Reading is strict: a line that is missing, unknown or there once too often is an {@link
 * IllegalArgumentException}, and so is a part.
 */
final class Lines {
  private Lines() {}

  /** Writes lines. Whoever sorts sets makes equal records equal texts. */
  static final class Writer {
    private final StringBuilder text = new StringBuilder();

    @CanIgnoreReturnValue
    Writer line(String name, Collection<String> parts) {
      text.append(name);
      parts.forEach(part -> text.append('\t').append(part));
      text.append('\n');
      return this;
    }

    @CanIgnoreReturnValue
    Writer line(String name, String... parts) {
      return line(name, Arrays.asList(parts));
    }

    @CanIgnoreReturnValue
    Writer text(String name, Optional<String> part) {
      part.ifPresent(present -> line(name, present));
      return this;
    }

    @CanIgnoreReturnValue
    Writer flag(String name, boolean set) {
      return set ? line(name) : this;
    }

    @CanIgnoreReturnValue
    Writer time(String name, Instant time) {
      return line(name, millis(time));
    }

    @CanIgnoreReturnValue
    Writer time(String name, Optional<Instant> time) {
      return text(name, time.map(Lines::millis));
    }

    /* Nothing for none. */
    @CanIgnoreReturnValue
    Writer names(String name, Set<String> names) {
      return names.isEmpty() ? this : line(name, names.stream().sorted().toList());
    }

    String done() {
      return text.toString();
    }
  }

  /** Reads lines, each once. */
  static final class Reader {
    private final Map<String, List<List<String>>> lines = new LinkedHashMap<>();

    Reader(String text) {
      int from = 0;
      while (from < text.length()) {
        int end = text.indexOf('\n', from);
        if (end < 0) {
          throw new IllegalArgumentException("the last line has no end");
        }
        List<String> parts = Arrays.asList(text.substring(from, end).split("\t", -1));
        lines
            .computeIfAbsent(parts.get(0), name -> new ArrayList<>())
            .add(parts.subList(1, parts.size()));
        from = end + 1;
      }
    }

    /** Every line of this name. */
    List<List<String>> all(String name) {
      List<List<String>> found = lines.remove(name);
      return found == null ? List.of() : found;
    }

    /** The line of this name, if there is one. */
    Optional<List<String>> line(String name) {
      List<List<String>> found = all(name);
      if (found.size() > 1) {
        throw new IllegalArgumentException("more than one line " + name);
      }
      return found.stream().findFirst();
    }

    Optional<String> text(String name) {
      return line(name).map(parts -> only(name, parts));
    }

    String required(String name) {
      return text(name).orElseThrow(() -> new IllegalArgumentException("no line " + name));
    }

    boolean flag(String name) {
      return line(name).map(parts -> requireCount(name, parts, 0)).isPresent();
    }

    Instant time(String name) {
      return Lines.time(required(name));
    }

    Optional<Instant> optionalTime(String name) {
      return text(name).map(Lines::time);
    }

    Set<String> names(String name) {
      return Set.copyOf(line(name).orElse(List.of()));
    }

    /** Refuses what nobody asked for. */
    void end() {
      if (!lines.isEmpty()) {
        throw new IllegalArgumentException("unknown lines " + lines.keySet());
      }
    }

    private static String only(String name, List<String> parts) {
      return requireCount(name, parts, 1).get(0);
    }
  }

  @CanIgnoreReturnValue
  static List<String> requireCount(String name, List<String> parts, int count) {
    if (parts.size() != count) {
      throw new IllegalArgumentException(name + " has " + parts.size() + " parts");
    }
    return parts;
  }

  static String millis(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  static Instant time(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
