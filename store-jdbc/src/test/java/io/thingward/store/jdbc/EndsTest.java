package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.SessionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndsTest {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00.999Z");
  private static final CredentialId ID = new CredentialId(1, 1);
  private static final SecretDigest DIGEST = new SecretDigest(1, 2, 3, 4, Optional.empty());

  @ParameterizedTest
  @EnumSource
  @DisplayName("B26: no database rounds an end, neither in a record nor where purging looks")
  void end_isKeptToTheMillisecond(Databases database) {
    SessionRecord session =
        new SessionRecord(
            ID,
            Instant.EPOCH,
            PrincipalId.of("ann"),
            DIGEST,
            5,
            END,
            SessionRecord.Origin.PASSWORD);
    AccessKeyRecord key =
        AccessKeyRecord.builder(
                ID,
                new Version(1, new UUID(7, 1)),
                Instant.EPOCH,
                WorkspaceId.of("acme"),
                DeviceScope.all(),
                "Key",
                List.of(new StoredSecret(DIGEST, Optional.empty())))
            .endsAt(Optional.of(END))
            .build();
    try (JdbcStores stores = JdbcStores.of(database.empty())) {
      assertThat(stores.sessions().insert(session)).isTrue();
      assertThat(stores.keys().insert(key)).isTrue();

      assertThat(stores.sessions().find(ID)).contains(session);
      assertThat(stores.keys().find(ID)).contains(key);
      assertThat(stores.sessions().purge(END, 10)).isEmpty();
      assertThat(stores.keys().purge(END, 10)).isEmpty();
      assertThat(stores.sessions().purge(END.plusNanos(1), 10)).containsExactly(ID);
      assertThat(stores.keys().purge(END.plusNanos(1), 10)).containsExactly(ID);
    }
  }
}
