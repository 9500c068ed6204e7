package io.thingward.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.Limits;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R29: the limits have one table. */
final class LimitsDocumentTest {
  private static final Path PAGE = Path.of("../docs/limits.md");

  /* A row of the table of constants: the constant, then its value. */
  private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` +\\| ([0-9,]+) +\\|.*");

  @Test
  @DisplayName("R29: docs/limits.md lists each constant once, with its value")
  void table_listsEachConstantOnce() throws IOException {
    List<String> listed = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        listed.add(row.group(1) + " = " + row.group(2).replace(",", ""));
      }
    }

    List<String> constants =
        Arrays.stream(Limits.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(LimitsDocumentTest::constant)
            .toList();
    assertThat(constants).isNotEmpty();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(constants);
  }

  private static String constant(Field field) {
    try {
      return field.getName() + " = " + field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("R29: docs/limits.md has the default durations")
  void table_hasTheDefaultDurations() throws IOException {
    Policies defaults = Policies.ofDefaults();
    List<String> page = Files.readAllLines(PAGE);

    assertThat(defaultOf(page, "life of a session")).isEqualTo(defaults.sessionLife());
    assertThat(defaultOf(page, "idle timeout")).isEqualTo(defaults.sessionIdle());
    assertThat(defaultOf(page, "recent login")).isEqualTo(defaults.recentLogin());
    assertThat(defaultOf(page, "life of an activation code")).isEqualTo(defaults.activationLife());
  }

  /* The second column of the one row that starts like this, as "12 hours" or "30 min". */
  private static Duration defaultOf(List<String> page, String start) {
    List<String> rows = page.stream().filter(line -> line.startsWith("| " + start)).toList();
    assertThat(rows).as(start).hasSize(1);
    String[] text = rows.get(0).split("\\|", -1)[2].strip().split(" ", -1);
    long number = Long.parseLong(text[0]);
    return text[1].equals("hours") ? Duration.ofHours(number) : Duration.ofMinutes(number);
  }
}
