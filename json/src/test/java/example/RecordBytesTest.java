package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.UserRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordBytesTest {
  private static final Version FIRST = new Version(1, new UUID(7, 1));
  private static final UserRecord ANN =
      UserRecord.builder(PrincipalId.of("ann"), FIRST, Instant.EPOCH)
          .username(Optional.of(new Username("canary")))
          .epoch(Long.MIN_VALUE)
          .build();
  private static final RoleRecord VIEWER =
      RoleRecord.builder(RoleId.of("viewer"), FIRST, Instant.EPOCH)
          .workspace(Optional.of(WorkspaceId.of("acme")))
          .name("\uD83D\uDE00")
          .onAllDevices(Set.of("view"))
          .build();

  private static byte[] changed(StoreRecord record, String from, String to) {
    return new String(RecordBytes.write(record), UTF_8).replace(from, to).getBytes(UTF_8);
  }

  private static void assertUnreadable(byte[] bytes) {
    assertThatExceptionOfType(UnreadableRecordException.class)
        .isThrownBy(() -> RecordBytes.read("user ann", bytes, PrincipalRecord.class))
        .satisfies(
            thrown -> assertThat(thrown.getMessage()).contains("ann").doesNotContain("canary"));
  }

  @Test
  @DisplayName("S4: a record comes back from its bytes equal to what it was")
  void read_written_isEqual() {
    assertThat(RecordBytes.read("ann", RecordBytes.write(ANN), PrincipalRecord.class))
        .isEqualTo(ANN);
    assertThat(RecordBytes.read("viewer", RecordBytes.write(VIEWER), RoleRecord.class))
        .isEqualTo(VIEWER);
  }

  @Test
  @DisplayName("S6: bytes of a newer format, of another kind, cut or doubled are unreadable")
  void read_anythingElse_isUnreadable() {
    byte[] bytes = RecordBytes.write(ANN);
    String record = new String(bytes, UTF_8).lines().toList().get(1);

    assertUnreadable(changed(ANN, "\"version\":1,", "\"version\":2,"));
    assertUnreadable(changed(ANN, "\"state\":\"active\"", "\"state\":\"later\""));
    assertUnreadable(RecordBytes.write(VIEWER));
    assertUnreadable(Arrays.copyOf(bytes, bytes.length - 3));
    assertUnreadable(changed(ANN, record, record + ",\n" + record));
    assertUnreadable(changed(ANN, record, ""));
    assertUnreadable(new byte[0]);
  }
}
