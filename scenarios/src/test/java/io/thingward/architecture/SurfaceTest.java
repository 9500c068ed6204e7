package io.thingward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the modules export is written down in {@code src/test/resources/surface}. Whoever changes it
 * on purpose writes the lists anew, and has the difference reviewed:
 *
 * <pre>{@code
 * mvn -pl scenarios -am test -Dtest=SurfaceTest -Dsurefire.failIfNoSpecifiedTests=false -Dsurface.write=true
 * }</pre>
 */
class SurfaceTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "surface");

  static List<Path> modules() {
    return Published.places();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("modules")
  @DisplayName("A module exports what its list says, nothing more and nothing less")
  void surface_isWrittenDown(Path place) throws IOException {
    Path list = LISTS.resolve(Published.module(place).name() + ".txt");
    String surface = Surface.of(place);
    if (Boolean.getBoolean("surface.write")) {
      Files.createDirectories(LISTS);
      Files.writeString(list, surface);
    }
    assertThat(surface).isEqualTo(Files.readString(list, StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("There is no list without a module")
  void lists_haveModules() throws IOException {
    try (var lists = Files.list(LISTS)) {
      assertThat(lists.map(list -> list.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Published.places().stream()
                  .map(place -> Published.module(place).name() + ".txt")
                  .toList());
    }
  }
}
