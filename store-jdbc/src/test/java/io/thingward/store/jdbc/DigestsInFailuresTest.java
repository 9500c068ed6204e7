package io.thingward.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Activation;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A database that quotes what it refuses. */
class DigestsInFailuresTest {
  private static final byte[] BYTES =
      HexFormat.of().parseHex("3b94c1d7e80f5a26bd173c4988fe60a27d05e9b14ca8362f91d07be345fc186a");
  private static final SecretDigest DIGEST =
      SecretDigest.of(ByteBuffer.wrap(BYTES), Optional.empty());
  private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo";
  private static final Version FIRST = new Version(1, new UUID(7, 1));

  private static AccessKeyRecord key(int id) {
    return AccessKeyRecord.builder(
            new CredentialId(id, id),
            FIRST,
            Instant.EPOCH,
            WorkspaceId.of("a"),
            DeviceScope.all(),
            "n",
            List.of(new StoredSecret(DIGEST, Optional.empty())))
        .build();
  }

  private static UserRecord user(String id) {
    return UserRecord.builder(PrincipalId.of(id), FIRST, Instant.EPOCH)
        .username(Optional.of(new Username(id)))
        .password(Optional.of(new PasswordHash(HASH, Optional.empty())))
        .activation(Optional.of(new Activation(DIGEST, Instant.EPOCH)))
        .build();
  }

  private static final Map<String, Consumer<Stores>> CALLS =
      Map.of(
          "insert a key", stores -> assertThat(stores.keys().insert(key(2))).isFalse(),
          "insert keys",
              stores -> assertThat(stores.keys().insertAll(List.of(key(3), key(4)))).isEmpty(),
          "replace a key", stores -> assertThat(stores.keys().replace(key(1), FIRST)).isFalse(),
          "insert a session",
              stores ->
                  assertThat(
                          stores
                              .sessions()
                              .insert(
                                  new SessionRecord(
                                      new CredentialId(5, 5),
                                      Instant.EPOCH,
                                      PrincipalId.of("u"),
                                      DIGEST,
                                      7,
                                      Instant.EPOCH,
                                      SessionRecord.Origin.PASSWORD)))
                      .isFalse(),
          "insert a user", stores -> assertThat(stores.principals().insert(user("v"))).isFalse(),
          "replace a user",
              stores -> assertThat(stores.principals().replace(user("u"), FIRST)).isFalse());

  @TestFactory
  @DisplayName("No failure quotes a digest, whatever the database says")
  Stream<DynamicTest> failure_quotesNoDigest() {
    return Databases.all()
        .flatMap(
            database -> {
              Stores stores = refusing(database);
              return CALLS.entrySet().stream()
                  .map(
                      call ->
                          DynamicTest.dynamicTest(
                              database + ": " + call.getKey(),
                              () -> requireSilence(stores, call.getValue())));
            });
  }

  private static void requireSilence(Stores stores, Consumer<Stores> call) {
    StoreUnavailableException failure =
        catchThrowableOfType(StoreUnavailableException.class, () -> call.accept(stores));
    assertThat(failure).isNotNull().hasCauseInstanceOf(SQLException.class);
    assertThat(((SQLException) failure.getCause()).getSQLState()).isNotEmpty();
    String said = everythingOf(failure);
    assertThat(secrets().filter(said::contains)).isEmpty();
  }

  /* Pieces of the digest as text, as PostgreSQL and Java may write it, and of the password's hash. */
  private static Stream<String> secrets() {
    StringBuilder escaped = new StringBuilder();
    for (byte each : BYTES) {
      escaped.append(String.format(Locale.ROOT, "\\%03o", each & 0xff));
    }
    return Stream.of(
            HexFormat.of().formatHex(BYTES),
            escaped.toString(),
            Base64.getEncoder().encodeToString(BYTES),
            Arrays.toString(BYTES),
            HASH)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .flatMap(
            text ->
                IntStream.rangeClosed(0, text.length() - 10)
                    .mapToObj(i -> text.substring(i, i + 10)));
  }

  /* In lower case. */
  private static String everythingOf(Throwable failure) {
    StringWriter said = new StringWriter();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>(List.of(failure));
    while (!left.isEmpty()) {
      Throwable next = left.pop();
      if (seen.add(next)) {
        next.printStackTrace(new PrintWriter(said, true));
        said.append(next.getMessage());
        Stream.of(next.getSuppressed()).forEach(left::push);
        Optional.ofNullable(next.getCause()).ifPresent(left::push);
        if (next instanceof SQLException sql) {
          Optional.ofNullable(sql.getNextException()).ifPresent(left::push);
        }
      }
    }
    return said.toString().toLowerCase(Locale.ROOT);
  }

  /* Has a key and a user already. */
  private static Stores refusing(Databases database) {
    DataSource source = database.blank();
    JdbcSchema.apply(source);
    Stores stores = JdbcStores.of(source);
    assertThat(stores.keys().insert(key(1)) && stores.principals().insert(user("u"))).isTrue();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (database == Databases.H2) {
        for (String table : List.of("key", "session", "principal")) {
          statement.execute(
              "alter table thingward_"
                  + table
                  + " add constraint short_"
                  + table
                  + " check (cast(body[1] as decimal) > 0) nocheck");
        }
      } else {
        statement.execute(
            "create function refuse() returns trigger language plpgsql as"
                + " 'begin raise exception ''no %'', new.body; end'");
        for (String table : List.of("key", "session", "principal")) {
          statement.execute(
              "create trigger refuse before insert or update on thingward_"
                  + table
                  + " for each row execute function refuse()");
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return stores;
  }
}
