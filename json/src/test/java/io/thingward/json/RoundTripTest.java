package io.thingward.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.model.PrincipalId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever a record holds, it comes back, and equal records are equal bytes. */
class RoundTripTest {
  @Test
  @DisplayName("S4: any record reads back equal")
  void anyRecord_readsBackEqual() {
    qt().withExamples(500)
        .forAll(longs().all())
        .checkAssert(
            seed -> {
              List<StoreRecord> records = new RandomRecords(seed).each();
              byte[] file = Files.write(records);
              assertThat(Files.read(file)).isEqualTo(records);
              assertThat(Files.write(Files.read(file))).isEqualTo(file);
            });
  }

  @Test
  @DisplayName("A record is one line, whatever texts it holds")
  void anyRecord_isOneLine() {
    qt().withExamples(100)
        .forAll(longs().all())
        .checkAssert(
            seed -> {
              List<StoreRecord> records = new RandomRecords(seed).each();
              assertThat(Arrays.asList(new String(Files.write(records), UTF_8).split("\r\n|\r|\n")))
                  .hasSize(records.size() + 2);
            });
  }

  @Test
  @DisplayName("Owners are written in the order of their ids")
  void owners_areSorted() {
    WorkspaceRecord workspace =
        (WorkspaceRecord)
            Files.read(
                    Files.with(
                        """
                        {"kind":"workspace","id":"acme",
                         "version":{"sequence":1,"change":"00000000-0000-0000-0000-000000000001"},
                         "created":"2026-01-01T00:00:00.000Z","state":"active","name":"Acme",
                         "owners":["cy","ann","ben"]}"""))
                .get(0);
    assertThat(workspace.owners())
        .containsExactlyInAnyOrder(
            PrincipalId.of("ann"), PrincipalId.of("ben"), PrincipalId.of("cy"));
    assertThat(new String(Files.write(List.of(workspace)), UTF_8))
        .contains("\"owners\":[\"ann\",\"ben\",\"cy\"]");
  }

  @Test
  @DisplayName("R6: a membership of 10,000 grants with 50,000 terms reads back equal")
  void largestMembership_readsBackEqual() {
    MembershipRecord like = (MembershipRecord) new RandomRecords(1).each().get(4);
    MembershipRecord largest = RandomRecords.largest(like);
    assertThat(Files.read(Files.write(List.of(largest)))).containsExactly(largest);
  }

  @Test
  @DisplayName("A file without records is a file")
  void noRecords_isAFile() {
    assertThat(Files.read(Files.write(List.of()))).isEmpty();
    assertThat(Files.write(List.of()))
        .isEqualTo(Files.with("").replace("[\n\n", "[\n").getBytes(UTF_8));
  }
}
