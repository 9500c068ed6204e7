package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class BulkInsertTest {
  private static AccessKeyRecord key(int number) {
    return AccessKeyRecord.builder(
            new CredentialId(number, number),
            new Version(1, new UUID(7, number)),
            Instant.EPOCH,
            WorkspaceId.of("acme"),
            DeviceScope.all(),
            "key",
            List.of(
                new StoredSecret(new SecretDigest(1, 2, 3, 4, Optional.empty()), Optional.empty())))
        .build();
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_14", "POSTGRESQL_18"})
  @DisplayName(
      "S50, S51: each key has its own outcome, also where the driver is told to merge inserts")
  void insertAll_withReWrittenBatches_saysWhichWereKept(Databases database) throws SQLException {
    DataSource source = database.blank();
    source.unwrap(PGSimpleDataSource.class).setReWriteBatchedInserts(true);
    JdbcSchema.apply(source);
    KeyStore keys = JdbcStores.of(source).keys();
    assertThat(keys.insert(key(70))).isTrue();
    List<KeyRecord> fresh = new ArrayList<>();
    List<Boolean> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean again = i == 250; // the one before it
      fresh.add(key(again ? 249 : i));
      expected.add(!again && i != 70);
    }

    assertThat(keys.insertAll(fresh)).isEqualTo(expected);

    assertThat(keys.insertAll(fresh)).hasSize(300).doesNotContain(true);
  }
}
