package io.thingward.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.audit.AuditKind;
import io.thingward.internal.password.Passwords;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R24, R26: reasons, audit words and audit kinds have one table each. */
final class ReasonsDocumentTest {
  private static final Path PAGE = Path.of("../docs/reasons.md");
  private static final Path SOURCES = Path.of("src/main/java/io/thingward");

  /* A row of a table: its first cell is one code. */
  private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\|.*");

  /* No other text of these packages is in capitals alone. */
  private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Z_]+)\"");

  @Test
  @DisplayName("R24: docs/reasons.md lists each reason once, and no other")
  void reasons_areListedOnce() throws IOException {
    List<String> codes =
        Arrays.stream(Reason.class.getFields()).map(ReasonsDocumentTest::code).toList();

    assertThat(codes).isNotEmpty();
    assertThat(listed("Reasons")).containsExactlyInAnyOrderElementsOf(codes);
  }

  private static String code(Field constant) {
    try {
      String code = ((Reason) constant.get(null)).code();
      assertThat(code).isEqualTo(constant.getName());
      return code;
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("R26: docs/reasons.md lists each audit word once, and no other")
  void auditWords_areListedOnce() throws IOException {
    Set<String> words = new TreeSet<>(literals("internal"));
    words.addAll(literals("management"));
    Arrays.stream(Passwords.Check.values())
        .filter(check -> !check.isMatch())
        .forEach(check -> words.add(check.name()));

    assertThat(words).contains("OK", "UNKNOWN", "WRONG_PASSWORD");
    assertThat(listed("Audit words")).containsExactlyInAnyOrderElementsOf(words);
  }

  private static Set<String> literals(String packages) throws IOException {
    Set<String> words = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES.resolve(packages))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        WORD.matcher(Files.readString(file))
            .results()
            .map((MatchResult found) -> found.group(1))
            .forEach(words::add);
      }
    }
    return words;
  }

  @Test
  @DisplayName("R27: docs/reasons.md lists each kind of audit event once, and no other")
  void auditKinds_areListedOnce() throws IOException {
    assertThat(listed("Kinds of audit events"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AuditKind.values()).map(AuditKind::name).toList());
  }

  /* What the rows of a section begin with. */
  private static List<String> listed(String section) throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    List<String> codes = new ArrayList<>();
    assertThat(page).contains("## " + section);
    for (String line : page.subList(page.indexOf("## " + section) + 1, page.size())) {
      if (line.startsWith("## ")) {
        break;
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        codes.add(row.group(1));
      }
    }
    return codes;
  }
}
