package io.thingward.filter.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/* The names of the host's tables and columns: the only text of others in what is rendered. */
final class Names {
  private static final String REGULAR = "[\\p{L}_][\\p{L}\\p{N}_$]{0,62}";
  /* Without what other libraries read as a placeholder, and without quotes to double. */
  private static final String QUOTED = "\"[\\p{L}\\p{N}_$ -]{1,63}\"";
  private static final String ONE = "(?:" + REGULAR + "|" + QUOTED + ")";
  private static final Pattern COLUMN = Pattern.compile(ONE);
  private static final Pattern TABLE = Pattern.compile(ONE + "(?:\\." + ONE + "){0,2}");

  private Names() {}

  static String column(String what, String name) {
    return check(what, name, COLUMN.matcher(name));
  }

  /** May have the schema, and the database, in front. */
  static String table(String what, String name) {
    return check(what, name, TABLE.matcher(name));
  }

  private static String check(String what, String name, Matcher matcher) {
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          what
              + " is no name, or not one that is taken here: letters, digits, _ and $, or between"
              + " double quotes also spaces and -: "
              + name);
    }
    return name;
  }
}
