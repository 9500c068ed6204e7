package io.thingward.lists;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables that {@code docs/filters.md} shows. */
final class FiltersPage {
  private static final Path PAGE = Path.of("..", "docs", "filters.md");
  private static final Pattern DDL = Pattern.compile("(?s)```sql\n(create .*?)```");
  private static final Pattern CHECK =
      Pattern.compile("(?s) jsonb not null (check \\(.*?\n  \\)),");

  private FiltersPage() {}

  /** The page's blocks of tables: tags in a table, tags in a column, claims. */
  static List<String> ddl() {
    return found(DDL, page());
  }

  /** What the column of tags has to be. */
  static String check() {
    return found(CHECK, page()).get(0);
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
