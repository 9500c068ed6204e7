package io.thingward.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperationTest {
  /* Surefire runs in the folder of the module. */
  private static final Path TABLE = Path.of("..", "docs", "management-operations.md");

  private static String row(Operation operation) {
    String who =
        switch (operation.who()) {
          case HOST -> "nobody";
          case PERMISSION -> "a holder";
          case OWNER -> "an owner";
          case MEMBER -> "a member";
          case SELF, SELF_RECENT -> "the user";
        };
    String recent = operation.who() == Operation.Who.SELF_RECENT ? "yes" : "";
    String permission = operation.permission().map(name -> "`" + name + "`").orElse("");
    return String.join("|", operation.id(), who, permission, recent);
  }

  private static List<String> table() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|-"))
        .skip(1)
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> String.join("|", cells.subList(1, 5)))
        .toList();
  }

  @Test
  @DisplayName("R20: the table in the docs is what the library does")
  void table_saysWhatTheLibraryDoes() throws IOException {
    assertThat(table())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Operation.values()).map(OperationTest::row).toList());
  }
}
