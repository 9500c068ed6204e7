package io.thingward.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.StoreRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import io.thingward.store.memory.MemoryStores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everything that stores list, in an order in which it can be taken in again. */
class StoreExportTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Version V1 = new Version(1, new UUID(1, 1));

  private final Stores stores = new MemoryStores();

  private static List<StoreRecord> export(Stores stores) {
    List<StoreRecord> records = new ArrayList<>();
    StoreExport.forEach(stores, records::add);
    return records;
  }

  private static List<String> names(List<StoreRecord> records) {
    return records.stream().map(Kind::describe).toList();
  }

  private static void require(boolean done) {
    assertThat(done).isTrue();
  }

  @Test
  @DisplayName("An export holds every kind of record, and loads into other stores equal")
  void export_loadsEqual() {
    Fixtures.load(Files.resource("version-1.json"), stores);
    ByteArrayOutputStream file = new ByteArrayOutputStream();

    long count = StoreExport.write(stores, file);

    List<StoreRecord> records = Files.read(file.toByteArray());
    assertThat(records).hasSize((int) count).doesNotHaveDuplicates().isEqualTo(export(stores));
    Set<String> lacking =
        Set.of(
            "membership robot \uD83E\uDD16 in acme", // removed
            "api-user scrapped", // deleted
            "role gone"); // deleted, and no membership names it
    List<StoreRecord> expected = new ArrayList<>(Version1.records());
    expected.removeIf(record -> lacking.contains(Kind.describe(record)));
    assertThat(records).containsExactlyInAnyOrderElementsOf(expected);
    Stores others = new MemoryStores();
    Fixtures.load(new ByteArrayInputStream(file.toByteArray()), others);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    StoreExport.write(others, again);
    assertThat(again.toByteArray()).isEqualTo(file.toByteArray());
  }

  @Test
  @DisplayName(
      "A user comes after its claim, a workspace after its owners' memberships, the rest then")
  void order_isThatOfAnImport() {
    Fixtures.load(Files.resource("fixture.json"), stores);
    assertThat(names(export(stores)))
        .containsExactly(
            "username-claim ann@acme.example",
            "user ann",
            "membership ann in acme",
            "workspace acme",
            "role crew",
            "api-user robot",
            "api-key 0000000000000000000001",
            "membership robot in acme",
            "access-key 0000000000000000000002",
            "last-use 0000000000000000000002");
  }

  @Test
  @DisplayName(
      "R1: a deleted role that a membership names is exported, or it would come back to it")
  void deletedRole_thatIsNamed_isExported() {
    WorkspaceId acme = WorkspaceId.of("acme");
    RoleId gone = RoleId.of("gone");
    Fixtures.load(Files.resource("fixture.json"), stores);
    RoleRecord tombstone = RoleRecord.builder(gone, V1, CREATED).deleted(true).build();
    require(stores.workspaces().insertRole(tombstone));
    for (String name : List.of("cy", "dan")) {
      require(
          stores
              .workspaces()
              .insertMembership(
                  MembershipRecord.builder(
                          new MembershipId(acme, PrincipalId.of(name)), V1, CREATED)
                      .roles(
                          Set.of(
                              new RoleAssignment(gone, DeviceScope.all()),
                              new RoleAssignment(gone, DeviceScope.none()),
                              new RoleAssignment(RoleId.of("crew"), DeviceScope.all()),
                              new RoleAssignment(RoleId.of("never"), DeviceScope.all())))
                      .build()));
    }

    List<StoreRecord> records = export(stores);

    assertThat(records).containsOnlyOnce(tombstone).doesNotHaveDuplicates();
    assertThat(names(records)).containsSubsequence("role gone", "membership cy in acme");
  }

  @Test
  @DisplayName("R1: a deleted API user whose membership was left behind is exported before it")
  void deletedApiUser_withMembership_isExported() {
    Fixtures.load(Files.resource("fixture.json"), stores);
    PrincipalId scrapped = PrincipalId.of("scrapped");
    ApiUserRecord tombstone =
        ApiUserRecord.builder(scrapped, V1, CREATED).state(LifecycleState.DELETED).build();
    require(stores.principals().insert(tombstone));
    require(
        stores
            .workspaces()
            .insertMembership(
                MembershipRecord.builder(
                        new MembershipId(WorkspaceId.of("acme"), scrapped), V1, CREATED)
                    .build()));
    assertThat(names(export(stores)))
        .containsSubsequence("api-user scrapped", "membership scrapped in acme")
        .containsOnlyOnce("api-user scrapped");
  }

  @Test
  @DisplayName("A claim that names somebody else is not the user's")
  void foreignClaim_isNotTheUsers() {
    Username name = Username.parse("ann");
    PrincipalId ann = PrincipalId.of("ann");
    UserRecord user = UserRecord.builder(ann, V1, CREATED).username(Optional.of(name)).build();
    require(stores.principals().insert(user));
    require(stores.principals().insertClaim(new UsernameClaim(name, V1, PrincipalId.of("ben"))));
    assertThat(export(stores)).containsExactly(user);
  }

  @Test
  @DisplayName("Many pages are all read")
  void manyPages_areRead() {
    PrincipalId robot = PrincipalId.of("u000");
    for (int i = 0; i < 250; i++) {
      PrincipalId id = PrincipalId.of(String.format(Locale.ROOT, "u%03d", i));
      require(
          stores
              .principals()
              .insert(
                  UserRecord.builder(id, V1, CREATED)
                      .username(Optional.of(new Username(id.value())))
                      .build()));
      require(
          stores
              .workspaces()
              .insert(
                  WorkspaceRecord.builder(WorkspaceId.of("w" + i), V1, CREATED)
                      .name("W")
                      .owners(Set.of(id))
                      .build()));
      require(
          stores
              .keys()
              .insert(
                  new ApiKeyRecord(
                      new CredentialId(0, i),
                      V1,
                      CREATED,
                      robot,
                      "key",
                      false,
                      List.of(
                          new StoredSecret(
                              new SecretDigest(1, 2, 3, i, Optional.empty()), Optional.empty())),
                      Optional.empty(),
                      Restriction.unrestricted())));
    }
    assertThat(export(stores)).hasSize(750).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("An export that fails half way leaves a file that no reader accepts")
  void failingExport_leavesNoFile() {
    Fixtures.load(Files.resource("version-1.json"), stores);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Stores failing = new Failing(stores);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> StoreExport.write(failing, file));
    assertThat(file.size()).isPositive();
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> Files.read(file.toByteArray()))
        .withMessageContaining("the file ends too early");
  }

  /* Workspaces do not answer. */
  private record Failing(Stores real) implements Stores {
    @Override
    public PrincipalStore principals() {
      return real.principals();
    }

    @Override
    public WorkspaceStore workspaces() {
      throw new StoreUnavailableException("down");
    }

    @Override
    public KeyStore keys() {
      return real.keys();
    }

    @Override
    public SessionStore sessions() {
      return real.sessions();
    }

    @Override
    public LastUseStore keyUses() {
      return real.keyUses();
    }

    @Override
    public LastUseStore sessionUses() {
      return real.sessionUses();
    }
  }
}
