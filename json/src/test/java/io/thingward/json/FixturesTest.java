package io.thingward.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.KeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.memory.MemoryStores;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hand-written files, put into stores as they are. */
class FixturesTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final PrincipalId ANN = PrincipalId.of("ann");
  private static final PrincipalId ROBOT = PrincipalId.of("robot");
  private static final WorkspaceId ACME = WorkspaceId.of("acme");
  private static final CredentialId PARIS = new CredentialId(0, 2);

  private final Stores stores = new MemoryStores();

  private static Version version(long number) {
    return new Version(1, new UUID(0, number));
  }

  @Test
  @DisplayName("One line loads a fixture, and what it leaves out is as for a new record")
  void fixture_isLoadedInOneLine() {
    Fixtures.load(FixturesTest.class.getResourceAsStream("fixture.json"), stores);

    Username name = Username.parse("ann@acme.example");
    assertThat(stores.principals().find(ANN))
        .contains(UserRecord.builder(ANN, version(1), CREATED).username(Optional.of(name)).build());
    assertThat(stores.principals().findClaim(name))
        .contains(new UsernameClaim(name, version(2), ANN));
    assertThat(stores.workspaces().find(ACME))
        .contains(
            WorkspaceRecord.builder(ACME, version(3), CREATED)
                .name("Acme")
                .owners(Set.of(ANN))
                .build());
    assertThat(stores.workspaces().findMembership(new MembershipId(ACME, ANN)))
        .contains(
            MembershipRecord.builder(new MembershipId(ACME, ANN), version(4), CREATED).build());
    assertThat(stores.workspaces().findMembership(new MembershipId(ACME, ROBOT)))
        .contains(
            MembershipRecord.builder(new MembershipId(ACME, ROBOT), version(7), CREATED)
                .permissions(Set.of("rules"))
                .roles(
                    Set.of(
                        new RoleAssignment(
                            RoleId.of("crew"), DeviceScope.anyOf("site=rome", "site=paris"))))
                .grants(Set.of(new Grant(DeviceScope.all(), Set.of("device.view"))))
                .build());
    ApiKeyRecord key = (ApiKeyRecord) stores.keys().find(new CredentialId(0, 1)).orElseThrow();
    assertThat(key.restriction()).isEqualTo(Restriction.unrestricted());
    assertThat(key.suspended()).isFalse();
    assertThat(key.endsAt()).isEmpty();
    assertThat(key.secrets().get(0).digest().pepper()).isEmpty();
    assertThat(stores.keyUses().find(Set.of(PARIS)))
        .containsEntry(
            PARIS,
            new LastUse(
                Instant.parse("2026-01-02T03:04:05.678Z"), Optional.empty(), Optional.empty()));
  }

  @Test
  @DisplayName("Every kind of record is loaded, as it is in the file")
  void everyKind_isLoaded() {
    int count = Fixtures.load(Files.resource("version-1.json"), stores);

    assertThat(count).isEqualTo(Version1.records().size());
    Version1.records().forEach(record -> assertThat(Stored.has(record, stores)).isTrue());
  }

  @Test
  @DisplayName("A fixture still has to say what no new record is without")
  void fixture_leavingOutTooMuch_isRefused() {
    String begun =
        "{\"format\":\"thingward-records\",\"version\":1,"
            + "\"fixture\":{\"created\":\"2026-01-01T00:00:00.000Z\"},\"records\":[";
    String digest = "\"secrets\":[{\"digest\":{\"hex\":\"" + "0".repeat(64) + "\"}}]";
    List<String> records =
        List.of(
            "{\"kind\":\"user\",\"id\":\"ann\"}", // username
            "{\"kind\":\"api-user\",\"id\":\"a\",\"name\":\"A\"}", // workspace
            "{\"kind\":\"role\",\"id\":\"a\",\"name\":\"A\"}", // workspace: null would be shared
            "{\"kind\":\"workspace\",\"id\":\"a\",\"name\":\"A\"}", // owners
            "{\"kind\":\"api-key\",\"id\":\"0000000000000000000001\",\"principal\":\"ann\","
                + "\"name\":\"a\","
                + digest
                + "}", // restriction
            "{\"kind\":\"access-key\",\"id\":\"0000000000000000000001\",\"workspace\":\"a\","
                + "\"name\":\"a\","
                + digest
                + "}", // scope
            "{\"kind\":\"membership\",\"workspace\":\"a\",\"principal\":\"a\","
                + "\"grants\":[{\"permissions\":[\"a\"]}]}", // scope
            "{\"kind\":\"membership\",\"workspace\":\"a\",\"principal\":\"a\","
                + "\"roles\":[{\"role\":\"a\"}]}"); // scope
    for (String record : records) {
      assertThatExceptionOfType(RecordFormatException.class)
          .isThrownBy(() -> Fixtures.load(Files.of(begun + record + "]}"), stores))
          .withMessageMatching(
              ".*the field (username|workspace|owners|restriction|scope) is missing");
    }
    assertThat(stores).hasToString(new MemoryStores().toString());
  }

  @Test
  @DisplayName("Claims come before users, rights before workspaces, in the order of the file else")
  void records_areInsertedInOrder() {
    List<String> order =
        Files.read(Files.resource("version-1.json")).stream()
            .sorted(Comparator.comparingInt(Kind::order))
            .map(Kind::describe)
            .toList();
    assertThat(order)
        .containsSubsequence(
            "username-claim ann@acme.example",
            "user ann",
            "user ben",
            "api-user robot \uD83E\uDD16",
            "role crew",
            "membership ann in acme",
            "workspace acme",
            "workspace closed",
            "api-key 0000000000000000000004",
            "access-key 0000000000000000000006",
            "session 0000000000000000000005",
            "last-use 030SIrlgK2uHznWbCt80fZ");
  }

  @Test
  @DisplayName("A record that is there already is named, and so is what was inserted before")
  void takenKey_isNamed() {
    assertThat(
            stores
                .principals()
                .insert(
                    UserRecord.builder(ANN, version(9), CREATED)
                        .username(Optional.of(Username.parse("other")))
                        .build()))
        .isTrue();

    FixtureConflictException conflict =
        catchThrowableOfType(
            FixtureConflictException.class,
            () -> Fixtures.load(Files.resource("fixture.json"), stores));

    assertThat(conflict)
        .hasMessage(
            "user ann is there already; inserted before it: username-claim ann@acme.example");
    assertThat(conflict.inserted()).isEqualTo(1);
    assertThat(((UserRecord) stores.principals().find(ANN).orElseThrow()).username())
        .contains(Username.parse("other"));
    assertThat(stores.workspaces().find(ACME)).isEmpty();
  }

  @Test
  @DisplayName("A fixture is loaded once: each kind of record is refused where it is there")
  void everyKind_twice_isRefused() {
    for (var record : Version1.records()) {
      Stores fresh = new MemoryStores();
      byte[] file = Files.write(List.of(record));
      Fixtures.load(new ByteArrayInputStream(file), fresh);
      assertThatExceptionOfType(FixtureConflictException.class)
          .isThrownBy(() -> Fixtures.load(new ByteArrayInputStream(file), fresh))
          .withMessage(Kind.describe(record) + " is there already; nothing was inserted");
    }
  }

  @Test
  @DisplayName("The first twenty of what was inserted are named, and the rest counted")
  void longList_isCut() {
    List<StoreRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      records.add(
          UserRecord.builder(PrincipalId.of("u" + i), version(1), CREATED)
              .username(Optional.of(new Username("u" + i)))
              .build());
    }
    records.add(records.get(0));
    assertThatExceptionOfType(FixtureConflictException.class)
        .isThrownBy(() -> Fixtures.load(new ByteArrayInputStream(Files.write(records)), stores))
        .withMessageStartingWith("user u0 is there already; inserted before it: user u0, user u1,")
        .withMessageEndingWith("user u19 and 5 more");
  }

  @Test
  @DisplayName("Nothing is inserted of a file that cannot be read whole; it is closed all the same")
  void brokenFile_insertsNothing() {
    AtomicBoolean closed = new AtomicBoolean();
    String broken =
        new String(Files.write(Version1.records()), StandardCharsets.UTF_8).replace("\n]}\n", "\n");
    InputStream file =
        new FilterInputStream(Files.of(broken)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> Fixtures.load(file, stores))
        .withMessageContaining("the file ends too early");
    assertThat(stores).hasToString(new MemoryStores().toString());
    assertThat(closed).isTrue();
  }

  /** Whether stores hold a record, by its key. */
  private static final class Stored {
    static boolean has(StoreRecord record, Stores stores) {
      if (record instanceof UsernameClaim claim) {
        return stores.principals().findClaim(claim.username()).equals(Optional.of(claim));
      } else if (record instanceof PrincipalRecord principal) {
        return stores.principals().find(principal.id()).equals(Optional.of(principal));
      } else if (record instanceof WorkspaceRecord workspace) {
        return stores.workspaces().find(workspace.id()).equals(Optional.of(workspace));
      } else if (record instanceof MembershipRecord member) {
        return stores.workspaces().findMembership(member.id()).equals(Optional.of(member));
      } else if (record instanceof RoleRecord role) {
        return stores.workspaces().findRole(role.id()).equals(Optional.of(role));
      } else if (record instanceof KeyRecord key) {
        return stores.keys().find(key.id()).equals(Optional.of(key));
      } else if (record instanceof SessionRecord session) {
        return stores.sessions().find(session.id()).equals(Optional.of(session));
      } else if (record instanceof CredentialUse use && use.of() == CredentialUse.Of.KEY) {
        return stores.keyUses().find(Set.of(use.credential())).containsValue(use.use());
      }
      CredentialUse use = (CredentialUse) record;
      return stores.sessionUses().find(Set.of(use.credential())).containsValue(use.use());
    }
  }
}
