package io.thingward.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that holds both node and database is killed; another opens the file. */
class H2CrashTest {
  private static final int KILLED = 128 + 9;

  @Test
  @DisplayName(
      "A process with H2 in a file is killed: every acknowledged change is there, no half change"
          + " is, and the feed goes on without a gap or says that the place is lost")
  void killedProcess_keepsWhatWasAcknowledged(@TempDir Path directory) {
    Path file = directory.resolve("thingward");
    Aftermath aftermath = new Aftermath("H2 in a file");
    Plan.of(2)
        .carryOut(
            (round, random) ->
                aftermath.check(H2Process.database(file), work(file, round, random), round));
    aftermath.checkAll(H2Process.database(file));
  }

  private static Told work(Path file, String round, Random random) throws Exception {
    Process process = H2Process.start(file, round, random.nextLong());
    // its handle, since the process itself would close its output, which is not read to the end
    Told told = new Told(Plan.limit(random), process.toHandle()::destroyForcibly);
    try (BufferedReader journal = process.inputReader()) {
      journal.lines().forEach(line -> Lines.tell(line, told));
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("how the process ended").isEqualTo(KILLED);
    assertThat(told.goesOn()).as("whether it ended before the kill").isFalse();
    return told;
  }
}
