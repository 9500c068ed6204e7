package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
  @Test
  @DisplayName("the README shows the compiled program, which has 15 lines of code")
  void program_isTheCompiledOne() throws IOException {
    List<String> region = Pages.region("FirstSteps.java", "README");

    assertThat(Pages.fences("README.md", "java")).containsExactly(region);
    assertThat(region.stream().filter(line -> !line.isBlank())).hasSize(15);
  }

  @Test
  @DisplayName("the program prints what its comments say")
  void program_printsWhatItsCommentsSay() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    FirstSteps.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

    List<String> comments =
        Pages.region("FirstSteps.java", "README").stream()
            .filter(line -> line.startsWith("out.println"))
            .map(line -> line.substring(line.lastIndexOf("?  ") + 3))
            .toList();
    assertThat(printed.toString(StandardCharsets.UTF_8).lines().toList()).isEqualTo(comments);
  }

  @Test
  @DisplayName("the section of the two commands has one block of exactly two lines")
  void twoCommands_areTwoLines() throws IOException {
    List<String> section = Pages.section("README.md", "Two commands");
    int begin = section.indexOf("```sh");

    assertThat(section.stream().filter(line -> line.startsWith("```"))).hasSize(2);
    assertThat(section.subList(begin + 1, section.lastIndexOf("```")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("mvn "));
  }
}
