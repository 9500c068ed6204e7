package io.thingward.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files that were written long ago. */
class Version1Test {
  @Test
  @DisplayName("A stored file of version 1 reads as what was written then")
  void storedFile_isReadable() {
    assertThat(Files.read(Files.resource("version-1.json"))).isEqualTo(Version1.records());
  }

  @Test
  @DisplayName("As long as version 1 is the current one, the same records are the same bytes")
  void storedFile_isWrittenTheSame() throws IOException {
    try (InputStream stored = Files.resource("version-1.json")) {
      assertThat(Files.write(Version1.records()))
          .asString()
          .isEqualToNormalizingNewlines(new String(stored.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  @DisplayName("A stored fixture of version 1 reads as records of today")
  void storedFixture_isReadable() {
    assertThat(Files.read(Files.resource("fixture.json"))).hasSize(10);
  }
}
