package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import io.thingward.access.Device;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class MainTest {
  private static final int LINES_OF_A_STORY = 45;
  private static final int WIDTH = 100;

  private static String play(String... args) throws IOException, InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    assertThat(run(printed, complaint, args)).isZero();
    assertThat(complaint.size()).isZero();
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static int run(
      ByteArrayOutputStream printed, ByteArrayOutputStream complaint, String... args)
      throws IOException, InterruptedException {
    return Main.run(
        List.of(args),
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        new PrintStream(complaint, true, StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("the stories come out as told, alike in each run but for ids")
  void stories_areAlikeInEachRun() throws IOException, InterruptedException {
    String first = play();

    assertThat(withoutIds(play())).isEqualTo(withoutIds(first));
    assertThat(first).endsWith(" all as told.\n".replace("\n", System.lineSeparator()));
  }

  private static String withoutIds(String printed) {
    return printed.replaceAll("\\.\\.\\.[0-9A-Za-z]{6}", "...");
  }

  @Test
  @DisplayName("an argument names one story, which comes out as it does among all")
  void argument_choosesOneStory() throws IOException, InterruptedException {
    List<String> all = stories(play());

    assertThat(stories(play("iot-open"))).containsExactly(all.get(0));
    assertThat(stories(play("losant"))).containsExactly(all.get(1));
    assertThat(stories(play("datacake"))).containsExactly(all.get(2));
    String last = play("lists");
    assertThat(stories(last)).containsExactly(all.get(3));
    assertThat(last).contains("1 story, ");
  }

  /* Each story without ids, and without the last line of all. */
  private static List<String> stories(String printed) {
    return Arrays.stream(withoutIds(printed).split("(?m)^== "))
        .skip(1)
        .map(story -> story.replaceAll("(?m)^[0-9]+ stor(y|ies), .*$", "").strip())
        .toList();
  }

  @Test
  @DisplayName(
      "any other argument, or more than one, plays nothing, says what there is, and exits 2")
  void unknownArgument_printsUsage() throws IOException, InterruptedException {
    assertUsage("no-such-story");
    assertUsage("");
    assertUsage("losant", "datacake");
  }

  private static void assertUsage(String... args) throws IOException, InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    assertThat(run(printed, complaint, args)).isEqualTo(2);
    assertThat(printed.size()).isZero();
    assertThat(complaint.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("usage: Main [iot-open|losant|datacake|lists]");
  }

  @Test
  @DisplayName("each story fits a screen, in plain ASCII, and shows no secret")
  void stories_fitAScreen() throws IOException, InterruptedException {
    String printed = play();
    Pattern leak;
    try (Platform platform = new Platform()) {
      leak = platform.thingward.leakPattern();
    }

    assertThat(printed).doesNotContainPattern(leak).matches("[ -~\\r\\n]*");
    assertThat(printed.lines()).allMatch(line -> line.length() <= WIDTH);
    assertThat(printed.split("(?m)^== ")).hasSize(5);
    assertThat(stories(printed))
        .allMatch(story -> story.contains(System.lineSeparator() + "With "));
    assertThat(printed.split("(?m)^== "))
        .allMatch(story -> story.lines().count() <= LINES_OF_A_STORY);
  }

  @Test
  @DisplayName("what comes out otherwise than told is a failure")
  void surprise_fails() {
    Screen screen = new Screen(new PrintStream(new ByteArrayOutputStream()));

    assertThatCode(() -> screen.equal("sum", 2, 2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> screen.equal("sum", 2, 3))
        .isInstanceOf(Screen.Surprise.class)
        .hasMessage("sum: 2, expected 3");
    assertThat(screen.shown()).isEqualTo(1);
  }

  @Test
  @DisplayName("the fleet has three workspaces, 240 devices with several tags each, and no twins")
  void fleet_isLargeEnough() throws IOException {
    FleetFile file = FleetFile.read(new ByteArrayInputStream(fleet()));
    assertThat(file.workspaces()).hasSize(3);
    List<FleetFile.Device> devices =
        file.workspaces().stream().flatMap(workspace -> workspace.devices().stream()).toList();

    assertThat(devices).hasSize(240).doesNotHaveDuplicates();
    assertThat(devices).allMatch(device -> device.tags().size() >= 3);
    try (Platform platform = new Platform()) {
      assertThat(platform.fleet.all().stream().map(Device::workspace).collect(Collectors.toSet()))
          .hasSize(3);
      assertThat(platform.fleet.all()).hasSize(240);
    }
  }

  @Test
  @DisplayName("the fleet file is read strictly: unknown, missing, doubled, mistyped or more fails")
  void fleet_isReadStrictly() throws IOException {
    assertStrict(text -> text.replaceFirst("\"username\"", "\"user-name\""));
    assertStrict(text -> text.replaceFirst("\"username\": \"[^\"]*\"", "\"username\": null"));
    assertStrict(text -> text.replaceFirst(", \"username\": \"[^\"]*\"", ""));
    assertStrict(text -> text.replaceFirst("\"username\": \"[^\"]*\"", "\"username\": 1"));
    assertStrict(text -> text.replaceFirst("\"site=paris\"", "null"));
    assertStrict(text -> text.replaceFirst("\"site=paris\"", "true"));
    assertStrict(text -> text.replaceFirst("\"id\"", "\"id\": \"x\", \"id\""));
    assertStrict(text -> text.replaceFirst("\"id\"", "\"password\": \"x\", \"id\""));
    assertStrict(text -> text + "{}");
  }

  private static void assertStrict(UnaryOperator<String> change) throws IOException {
    String text = new String(fleet(), StandardCharsets.UTF_8);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    InputStream json = new ByteArrayInputStream(changed.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> FleetFile.read(json)).isInstanceOf(JacksonException.class);
  }

  private static byte[] fleet() throws IOException {
    try (InputStream json = Objects.requireNonNull(Main.class.getResourceAsStream("fleet.json"))) {
      return json.readAllBytes();
    }
  }
}
