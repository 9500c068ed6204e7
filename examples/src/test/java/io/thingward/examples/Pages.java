package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads pages of this repository, and the examples that they show. */
final class Pages {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("src/main/java/io/thingward/examples");

  private Pages() {}

  /** The fenced blocks of a kind on a page, each as its lines without their common indentation. */
  static List<List<String>> fences(String page, String kind) throws IOException {
    List<List<String>> fences = new ArrayList<>();
    List<String> open = null;
    boolean wanted = false;
    for (String line : Files.readAllLines(ROOT.resolve(page))) {
      if (!line.startsWith("```")) {
        if (open != null) {
          open.add(line);
        }
      } else if (open == null) {
        open = new ArrayList<>();
        wanted = line.equals("```" + kind);
      } else {
        if (wanted) {
          fences.add(unindented(open));
        }
        open = null;
      }
    }
    return fences;
  }

  /** The lines of a section of a page, without its heading. */
  static List<String> section(String page, String heading) throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve(page));
    int start = lines.indexOf("## " + heading) + 1;
    if (start == 0) {
      throw new IllegalArgumentException(page + " has no section " + heading);
    }
    int end = start;
    while (end < lines.size() && !lines.get(end).startsWith("## ")) {
      end++;
    }
    return lines.subList(start, end);
  }

  /** The lines of an example. */
  static List<String> source(String file) throws IOException {
    return Files.readAllLines(SOURCES.resolve(file));
  }

  /** The lines of each snippet have to stand in a row in an example, each as it is prepared. */
  static void assertInARow(
      String file, List<List<String>> snippets, UnaryOperator<String> preparation)
      throws IOException {
    List<String> source = source(file).stream().map(preparation).toList();
    assertThat(snippets)
        .allSatisfy(
            snippet ->
                assertThat(
                        Collections.indexOfSubList(
                            source, snippet.stream().map(preparation).toList()))
                    .as("%s", snippet)
                    .isNotNegative());
  }

  /** The lines between two comments that say {@code name: begin} and {@code name: end}. */
  static List<String> region(String file, String name) throws IOException {
    List<String> lines = source(file).stream().map(String::stripTrailing).toList();
    List<String> stripped = lines.stream().map(String::strip).toList();
    int begin = stripped.indexOf("// " + name + ": begin");
    int end = stripped.indexOf("// " + name + ": end");
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(file + " has no region " + name);
    }
    return unindented(lines.subList(begin + 1, end));
  }

  /** These lines, moved to the left as far as all of them can. */
  static List<String> unindented(List<String> lines) {
    int common =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream().map(line -> line.isBlank() ? "" : line.substring(common)).toList();
  }
}
