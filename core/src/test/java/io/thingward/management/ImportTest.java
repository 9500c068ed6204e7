package io.thingward.management;

import static io.thingward.management.Imported.ACCESS_KEY;
import static io.thingward.management.Imported.ALL;
import static io.thingward.management.Imported.API_USER;
import static io.thingward.management.Imported.API_USER_KEY;
import static io.thingward.management.Imported.BOLT;
import static io.thingward.management.Imported.CREATED;
import static io.thingward.management.Imported.FITTERS;
import static io.thingward.management.Imported.MACHINE;
import static io.thingward.management.Imported.MACHINES;
import static io.thingward.management.Imported.MEMBER;
import static io.thingward.management.Imported.OWNER;
import static io.thingward.management.Imported.ROLE;
import static io.thingward.management.Imported.SESSION;
import static io.thingward.management.Imported.USER_KEY;
import static io.thingward.management.Imported.WORKSPACE;
import static io.thingward.management.Imported.YAN;
import static io.thingward.management.Imported.YANS;
import static io.thingward.management.Imported.YANS_NAME;
import static io.thingward.management.Imported.ZOE;
import static io.thingward.management.Imported.ZOES;
import static io.thingward.management.Imported.ZOES_NAME;
import static io.thingward.management.Imported.claim;
import static io.thingward.management.Imported.key;
import static io.thingward.management.Imported.member;
import static io.thingward.management.Imported.user;
import static io.thingward.management.Imported.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.Device;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.credential.Issued;
import io.thingward.error.ConflictException;
import io.thingward.error.NotPermittedException;
import io.thingward.error.UnavailableException;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.testing.Dump;
import io.thingward.testing.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records of other stores, taken in: nothing overwritten, nothing that rests on what is not there.
 */
class ImportTest {
  private final Platform platform = new Platform();
  private final Management host = platform.host;

  @AfterEach
  void close() {
    platform.close();
  }

  @CanIgnoreReturnValue
  private ImportResult take(StoreRecord... records) {
    return host.importRecords(List.of(records).iterator());
  }

  /* What was there before counts as what the records mean. */
  private ImportResult goOn(StoreRecord... records) {
    return host.resumeImport(List.of(records).iterator());
  }

  @CanIgnoreReturnValue
  private ImportResult takeAll() {
    return host.importRecords(ALL.iterator());
  }

  private Set<Object> stored() {
    return Dump.of(platform.memory, ALL.stream().filter(r -> r != Imported.USE).toList());
  }

  private static List<String> reasons(ImportResult result) {
    return result.refusals().stream().map(RefusedRecord::toString).toList();
  }

  private AuditEvent.Change told() {
    return (AuditEvent.Change) platform.audit.last();
  }

  @Test
  @DisplayName("An import inserts every record as it is, but sessions and last uses")
  void import_insertsAll() {
    ImportResult result = takeAll();

    assertThat(result).isEqualTo(new ImportResult(13, 0, 2, 0, List.of()));
    assertThat(stored())
        .extracting(Imported::said)
        .containsExactlyInAnyOrderElementsOf(
            ALL.stream()
                .filter(r -> r != SESSION && r != Imported.USE)
                .map(Imported::said)
                .toList());
    assertThat(platform.memory.keyUses().find(Set.of(Imported.ZOES_KEY))).isEmpty();
  }

  @Test
  @DisplayName("R27: an import is one event, with its counts")
  void import_isOneEvent() {
    platform.audit.take();

    takeAll();

    assertThat(platform.audit.take())
        .singleElement()
        .isInstanceOfSatisfying(
            AuditEvent.Change.class,
            event -> {
              assertThat(event.kind()).isEqualTo(AuditKind.CHANGED);
              assertThat(event.operation()).isEqualTo("import");
              assertThat(event.targets()).containsExactly("import records");
              assertThat(event.details())
                  .containsEntry("inserted", "13")
                  .containsEntry("present", "0")
                  .containsEntry("left-out", "2")
                  .containsEntry("refused", "0")
                  .doesNotContainKeys("refusals", "stopped");
            });
  }

  @Test
  @DisplayName("R20: only the host imports")
  void import_isTheHosts() {
    PrincipalId ann = platform.user("ann");
    platform.workspace("acme", ann);
    Management owner = platform.thingward.as(platform.by(ann));
    Set<Object> before = stored();

    assertThatExceptionOfType(NotPermittedException.class)
        .isThrownBy(() -> owner.importRecords(ALL.iterator()));

    assertThat(stored()).isEqualTo(before);
    assertThat(told().kind()).isEqualTo(AuditKind.NOT_CHANGED);
  }

  @Test
  @DisplayName("F1: what is imported counts at once, where it was looked for before, too")
  void import_isSeenAtOnce() {
    PrincipalId yan = platform.user("yan");
    Subject subject = platform.by(yan);
    Device device = platform.fleet.put(Device.of(BOLT, "t1").tagged("site", "oslo"));
    assertThat(subject.isAllowed(Platform.VIEW, device)).isFalse();
    take(ZOES_NAME, ZOES);

    ImportResult result = goOn(OWNER, WORKSPACE, MEMBER);

    assertThat(result.refusals()).isEmpty();
    assertThat(result.inserted()).isEqualTo(3);
    assertThat(subject.isAllowed(Platform.VIEW, device)).isTrue();
  }

  @Test
  @DisplayName("Keys that are brought along open what they opened")
  void importedKeys_open() {
    try (Platform other = new Platform()) {
      PrincipalId ann = other.user("ann");
      WorkspaceId acme = other.workspace("acme", ann);
      Issued<ApiKey> key = other.host.apiKeys(ann).create(NewApiKey.of("key"));
      Issued<AccessKey> paris =
          other.host.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"));
      List<StoreRecord> records = new ArrayList<>();
      records.add(other.memory.principals().findClaim(new Username("ann")).orElseThrow());
      records.add(other.memory.principals().find(ann).orElseThrow());
      records.add(
          other.memory.workspaces().findMembership(new MembershipId(acme, ann)).orElseThrow());
      records.add(other.memory.workspaces().find(acme).orElseThrow());
      records.add(other.memory.keys().find(key.id()).orElseThrow());
      records.add(other.memory.keys().find(paris.id()).orElseThrow());

      assertThat(host.importRecords(records.iterator()).inserted()).isEqualTo(6);

      Device device = platform.fleet.put(Device.of(acme, "t1").tagged("site", "paris"));
      assertThat(platform.authenticate(key.secret()).orElseThrow().isAllowed(Platform.EDIT, device))
          .isTrue();
      assertThat(platform.connect(paris, device).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName(
      "B07: a key that was deleted since its file was written stays so when that comes again")
  void deletedKeys_stayDeleted() {
    takeAll();
    host.apiKeys(ZOE).delete(USER_KEY.id());
    host.accessKeys(BOLT).delete(ACCESS_KEY.id());

    ImportResult again = takeAll();

    assertThat(again)
        .extracting(ImportResult::inserted, ImportResult::present)
        .containsExactly(0L, 11L);
    assertThat(reasons(again))
        .containsExactly(
            "api-key " + USER_KEY.id() + ": its principal did not come with this import",
            "access-key " + ACCESS_KEY.id() + ": its workspace did not come with this import");
    assertThat(stored()).doesNotHaveAnyElementsOfTypes(AccessKeyRecord.class);
  }

  @Test
  @DisplayName("R1: what rests on a record that is somebody else's here is refused")
  void whatMeansSomethingElseHere_isRefused() {
    PrincipalId yan = platform.user("yan");
    WorkspaceId acme = platform.workspace("acme", yan);
    RoleId guests = RoleId.of("guests");
    host.sharedRoles()
        .create(guests, "Guests", RoleChanges.builder().allowOnAllDevices(Platform.EDIT).build());
    RoleRecord theirs =
        RoleRecord.builder(guests, version(1), CREATED)
            .name("Guests")
            .onAllDevices(Set.of(Platform.VIEW.name()))
            .build();
    MembershipRecord zoes =
        OWNER.toBuilder().roles(Set.of(new RoleAssignment(guests, DeviceScope.all()))).build();

    ImportResult result =
        take(ZOES_NAME, ZOES, YANS, theirs, member(acme, ZOE), zoes, WORKSPACE, MEMBER);

    assertThat(result.inserted()).isEqualTo(2);
    assertThat(reasons(result))
        .containsExactly(
            "user u-yan: another record has its key",
            "role guests: another record has its key",
            "membership u-zoe in acme: its workspace did not come with this import",
            "workspace bolt: its owner u-zoe is a member with a role that is not of this import",
            "membership u-zoe in bolt: its workspace is not there",
            "membership u-yan in bolt: its workspace is not there");
    assertThat(
            reasons(
                take(
                    claim("xi", PrincipalId.of("xi")),
                    user("xi", PrincipalId.of("xi")),
                    member(BOLT, yan),
                    WORKSPACE.toBuilder().owners(Set.of(yan)).build())))
        .contains("workspace bolt: its owner u-yan is not of this import");
  }

  @Test
  @DisplayName("A member who left does not come back with an old file")
  void removedMembers_stayRemoved() {
    take(ZOES_NAME, ZOES, YANS_NAME, YANS, OWNER, WORKSPACE);

    ImportResult older = takeAll();

    assertThat(reasons(older))
        .contains("membership u-yan in bolt: its workspace did not come with this import");
    assertThat(platform.memory.workspaces().findMembership(MEMBER.id())).isEmpty();
  }

  @Test
  @DisplayName("A resumed import brings keys of what is there already")
  void resumedImport_bringsKeys() {
    take(ZOES_NAME, ZOES, OWNER, WORKSPACE);

    ImportResult rest = host.resumeImport(ALL.iterator());

    assertThat(rest.refusals()).isEmpty();
    assertThat(stored())
        .extracting(Imported::said)
        .contains(Imported.said(USER_KEY), Imported.said(ACCESS_KEY));
    assertThat(told().details()).containsEntry("resumed", "true");
  }

  @Test
  @DisplayName("R9: sessions that ended stay so when their user is imported anew")
  void epochs_areNew() {
    takeAll();

    UserRecord zoe = (UserRecord) platform.memory.principals().find(ZOE).orElseThrow();

    assertThat(zoe.epoch()).isNotEqualTo(ZOES.epoch());
  }

  @Test
  @DisplayName("A record that is at its last version elsewhere can be changed here")
  void versions_beginAnew() {
    Version last = new Version(Long.MAX_VALUE, ZOES.version().change());
    take(ZOES_NAME, ZOES.at(last));

    host.users().suspend(ZOE);

    assertThat(platform.memory.principals().find(ZOE).orElseThrow().version().sequence())
        .isEqualTo(2);
  }

  @Test
  @DisplayName("Owners of a workspace that somebody else made meanwhile are not made members")
  void refusedWorkspace_leavesNoMembers() {
    take(ZOES_NAME, ZOES, YANS_NAME, YANS);
    AtomicBoolean first = new AtomicBoolean(true);
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("workspaces.insert") && first.getAndSet(false)) {
            host.workspaces().create(BOLT, "Another", YAN);
          }
          return real.run();
        });

    ImportResult result = goOn(OWNER, WORKSPACE);

    platform.stores.calm();
    assertThat(result.inserted()).isZero();
    assertThat(reasons(result))
        .containsExactly(
            "membership u-zoe in bolt: its workspace is not there",
            "workspace bolt: another record has its key");
    assertThat(host.members(BOLT).list(PageRequest.first(10)).items())
        .extracting(Member::id)
        .containsExactly(YAN);
  }

  @Test
  @DisplayName("An import that is repeated changes nothing, and finds all of it present")
  void repeatedImport_changesNothing() {
    takeAll();
    Set<Object> before = stored();
    platform.stores.takeCalls();

    ImportResult again = takeAll();

    assertThat(again).isEqualTo(new ImportResult(0, 13, 2, 0, List.of()));
    assertThat(stored()).isEqualTo(before);
    assertThat(platform.stores.takeCalls()).noneMatch(call -> call.contains("insert"));
    assertThat(told().kind()).isEqualTo(AuditKind.NOT_CHANGED);
  }

  @Test
  @DisplayName("A record whose key is taken is refused, whatever it differs in")
  void takenKeys_areRefused() {
    takeAll();
    Set<Object> before = stored();

    ImportResult result =
        take(
            claim("zoe", YAN),
            ZOES.toBuilder().passwordLoginStopped(true).build(),
            USER_KEY.toBuilder().name("other").build(),
            API_USER.toBuilder().name("other").build(),
            UserRecord.builder(MACHINE, version(1), CREATED)
                .username(Optional.of(new Username("machine")))
                .build(),
            ROLE.toBuilder().deleted(false).name("other").build(),
            MEMBER.toBuilder().grants(Set.of()).build(),
            WORKSPACE.toBuilder().name("other").build(),
            ACCESS_KEY.toBuilder().suspended(true).build());

    assertThat(result.inserted()).isZero();
    assertThat(reasons(result))
        .containsExactly(
            "username-claim zoe: another record has its key",
            "user u-zoe: another record has its key",
            "api-key " + USER_KEY.id() + ": another record has its key",
            "api-user machine: another record has its key",
            "user machine: another record has its key",
            "role fitters: another record has its key",
            "membership u-yan in bolt: another record has its key",
            "workspace bolt: another record has its key",
            "access-key " + ACCESS_KEY.id() + ": another record has its key");
    assertThat(stored()).isEqualTo(before);
    assertThat(told().details().get("refusals")).contains("user u-zoe: another record has its key");
  }

  private static Arguments lacking(StoreRecord lacking, String... refused) {
    return Arguments.of(lacking, List.of(refused));
  }

  static Stream<Arguments> lackings() {
    String api = "api-key " + API_USER_KEY.id() + ": its principal is not there";
    String access = "access-key " + ACCESS_KEY.id() + ": its workspace is not there";
    String user = "api-key " + USER_KEY.id() + ": its principal is not there";
    return Stream.of(
        lacking(
            YANS_NAME,
            "user u-yan: no claim on its username comes before it",
            "membership u-yan in bolt: its principal is not there"),
        lacking(YANS, "membership u-yan in bolt: its principal is not there"),
        lacking(
            ZOES,
            user,
            "workspace bolt: its owner u-zoe is not there",
            "membership u-zoe in bolt: its workspace is not there",
            "role fitters: its workspace is not there",
            "api-user machine: its workspace is not there",
            api,
            "membership machine in bolt: its workspace is not there",
            "membership u-yan in bolt: its workspace is not there",
            access),
        lacking(
            OWNER,
            "workspace bolt: its owner u-zoe is no member",
            "role fitters: its workspace is not there",
            "api-user machine: its workspace is not there",
            api,
            "membership machine in bolt: its workspace is not there",
            "membership u-yan in bolt: its workspace is not there",
            access),
        lacking(
            WORKSPACE,
            "membership u-zoe in bolt: its workspace is not there",
            "role fitters: its workspace is not there",
            "api-user machine: its workspace is not there",
            api,
            "membership machine in bolt: its workspace is not there",
            "membership u-yan in bolt: its workspace is not there",
            access),
        lacking(API_USER, api, "membership machine in bolt: its principal is not there"));
  }

  @ParameterizedTest
  @MethodSource("lackings")
  @DisplayName("What rests on a record that is not there is refused, and nobody has anything by it")
  void whatRestsOnNothing_isRefused(StoreRecord lacking, List<String> refused) {
    List<StoreRecord> rest = new ArrayList<>(ALL);
    rest.remove(lacking);

    ImportResult result = host.importRecords(rest.iterator());

    assertThat(reasons(result)).containsExactlyInAnyOrderElementsOf(refused);
    assertThat(result.inserted()).isEqualTo(12 - refused.size());
    // what was refused comes when it is made good for
    ImportResult then = host.resumeImport(ALL.iterator());
    assertThat(then.refusals()).isEmpty();
    assertThat(then.inserted()).isEqualTo(1 + refused.size());
  }

  @Test
  @DisplayName("R23: nothing is imported for what was deleted, or is being deleted")
  void whatRestsOnTombstones_isRefused() {
    takeAll();
    PrincipalId gone = platform.user("gone");
    host.users().delete(gone);
    WorkspaceId closed = platform.workspace("closed", YAN);
    host.workspaces().delete(closed);
    ApiUserRecord apiUser =
        ApiUserRecord.builder(PrincipalId.of("m2"), version(1), CREATED)
            .workspace(Optional.of(closed))
            .name("M2")
            .build();

    ImportResult result =
        goOn(
            claim("gone-too", gone),
            member(BOLT, gone),
            key(new CredentialId(8, 1), gone),
            WorkspaceRecord.builder(WorkspaceId.of("w2"), version(1), CREATED)
                .name("W2")
                .owners(Set.of(gone))
                .build(),
            apiUser,
            RoleRecord.builder(RoleId.of("r2"), version(1), CREATED)
                .workspace(Optional.of(closed))
                .name("R2")
                .build(),
            member(closed, ZOE),
            accessKey(closed));

    assertThat(result.inserted()).isZero();
    assertThat(reasons(result))
        .containsExactly(
            "username-claim gone-too: its user does not carry it",
            "membership u-gone in bolt: its principal is not there",
            "api-key " + new CredentialId(8, 1) + ": its principal is not there",
            "workspace w2: its owner u-gone is not there",
            "api-user m2: its workspace is not there",
            "role r2: its workspace is not there",
            "membership u-zoe in closed: its workspace is not there",
            "access-key " + new CredentialId(8, 2) + ": its workspace is not there");
  }

  private static StoreRecord accessKey(WorkspaceId workspace) {
    return AccessKeyRecord.builder(
            new CredentialId(8, 2),
            version(1),
            CREATED,
            workspace,
            DeviceScope.all(),
            "key",
            ACCESS_KEY.secrets())
        .build();
  }

  @Test
  @DisplayName("R1: tombstones are imported, and keep their ids from being born again")
  void tombstones_areImported() {
    takeAll();
    PrincipalId gone = PrincipalId.of("gone");
    WorkspaceId closed = WorkspaceId.of("closed");
    RoleId old = RoleId.of("old");
    ImportResult result =
        take(
            UserRecord.builder(gone, version(1), CREATED).state(LifecycleState.DELETED).build(),
            ApiUserRecord.builder(PrincipalId.of("scrap"), version(1), CREATED)
                .state(LifecycleState.DELETED)
                .build(),
            WorkspaceRecord.builder(closed, version(1), CREATED)
                .state(LifecycleState.DELETED)
                .build(),
            RoleRecord.builder(old, version(1), CREATED).deleted(true).build(),
            member(BOLT, PrincipalId.of("left")).toBuilder().removed(true).build());

    assertThat(result.inserted()).isEqualTo(5);
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> host.users().create(gone, "gone").close());
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> host.workspaces().create(closed, "Closed", ZOE));
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> host.roles(BOLT).create(old, "Old", RoleChanges.builder().build()));
  }

  @Test
  @DisplayName("R2: a claim whose user carries another name is refused; a name is not taken over")
  void names_areNotTakenOver() {
    takeAll();
    PrincipalId xi = PrincipalId.of("u-xi");
    ImportResult result =
        take(
            claim("zoe2", ZOE), // Zoe carries another name
            claim("machine", MACHINE), // no user at all
            claim("yan", xi),
            user("yan", xi)); // the name is Yan's
    assertThat(result.inserted()).isZero();
    assertThat(reasons(result))
        .containsExactly(
            "username-claim zoe2: its user does not carry it",
            "username-claim machine: its user does not carry it",
            "username-claim yan: another record has its key",
            "user u-xi: no claim on its username comes before it");
    assertThat(platform.memory.principals().find(xi)).isEmpty();
  }

  @Test
  @DisplayName("An API user belongs to its own workspace, and owns none")
  void apiUsers_stayWhereTheyAre() {
    takeAll();
    WorkspaceId acme = platform.workspace("acme", YAN);
    WorkspaceId w2 = WorkspaceId.of("w2");
    ImportResult result =
        goOn(
            member(acme, MACHINE),
            member(w2, MACHINE),
            WorkspaceRecord.builder(w2, version(1), CREATED)
                .name("W2")
                .owners(Set.of(MACHINE))
                .build());
    assertThat(reasons(result))
        .containsExactly(
            "membership machine in acme: its principal is not there",
            "workspace w2: its owner machine is not there",
            "membership machine in w2: its workspace is not there");
  }

  @Test
  @DisplayName("R3: owners who are members already need not be so again")
  void ownersMemberships_mayBeThere() {
    take(ZOES_NAME, ZOES, YANS_NAME, YANS);
    assertThat(platform.memory.workspaces().insertMembership(OWNER)).isTrue();

    ImportResult result =
        goOn(member(BOLT, YAN), WORKSPACE.toBuilder().owners(Set.of(ZOE, YAN)).build());

    assertThat(result).isEqualTo(new ImportResult(2, 0, 0, 0, List.of()));
  }

  @Test
  @DisplayName("Of the memberships before a workspace, those of others than its owners count, too")
  void othersBeforeTheWorkspace_areTaken() {
    take(ZOES_NAME, ZOES, YANS_NAME, YANS);
    ImportResult result = goOn(MEMBER, MEMBER, OWNER, WORKSPACE, ROLE);
    assertThat(result.inserted()).isEqualTo(4);
    assertThat(reasons(result))
        .containsExactly("membership u-yan in bolt: another record has its key");
    assertThat(platform.memory.workspaces().findMembership(MEMBER.id()).map(Imported::said))
        .contains(Imported.said(MEMBER));
  }

  @Test
  @DisplayName("No more memberships are held for a workspace than it may have owners")
  void heldMemberships_areFew() {
    take(ZOES_NAME, ZOES);
    List<StoreRecord> records = new ArrayList<>();
    records.add(OWNER);
    IntStream.range(0, 150).forEach(i -> records.add(member(BOLT, PrincipalId.of("p" + i))));

    ImportResult result = host.importRecords(records.iterator());

    assertThat(result.refused()).isEqualTo(151);
    assertThat(result.refusals()).hasSize(ImportResult.NAMED);
    assertThat(stored()).doesNotContain(OWNER);
  }

  @Test
  @DisplayName("The first hundred refusals are named, and all are counted")
  void refusals_areBounded() {
    List<StoreRecord> records = new ArrayList<>();
    IntStream.range(0, 1_000)
        .forEach(i -> records.add(key(new CredentialId(9, i), PrincipalId.of("nobody"))));

    ImportResult result = host.importRecords(records.iterator());

    assertThat(result.refused()).isEqualTo(1_000);
    assertThat(result.refusals()).hasSize(100);
    assertThat(told().details()).containsEntry("refused", "1000");
    assertThat(told().kind()).isEqualTo(AuditKind.NOT_CHANGED);
  }

  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken() {
      super("line 7: quotes who knows what");
    }
  }

  /* Some records, and then something goes wrong. */
  private static Iterator<StoreRecord> breaking(
      Collection<StoreRecord> records, boolean atHasNext) {
    Iterator<StoreRecord> good = records.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (!good.hasNext() && atHasNext) {
          throw new Broken();
        }
        return true;
      }

      @Override
      public StoreRecord next() {
        try {
          return good.next();
        } catch (NoSuchElementException end) {
          throw new Broken();
        }
      }
    };
  }

  @Test
  @DisplayName("R27: a stream that breaks is told in the audit with what was done, then thrown on")
  void brokenStream_isToldAndThrownOn() {
    for (boolean atHasNext : List.of(true, false)) {
      platform.audit.take();
      assertThatExceptionOfType(Broken.class)
          .isThrownBy(() -> host.importRecords(breaking(ALL.subList(0, 8), atHasNext)));
      assertThat(platform.audit.take())
          .singleElement()
          .isInstanceOfSatisfying(
              AuditEvent.Change.class,
              event -> {
                assertThat(event.kind())
                    .isEqualTo(atHasNext ? AuditKind.CHANGED : AuditKind.NOT_CHANGED);
                assertThat(event.details())
                    .containsEntry("inserted", atHasNext ? "5" : "0")
                    .containsEntry("present", atHasNext ? "0" : "5")
                    .containsEntry("refused", "1") // the owner's membership, without its workspace
                    .containsEntry("stopped", "Broken");
                assertThat(event.details().toString()).doesNotContain("quotes");
              });
    }
  }

  @Test
  @DisplayName("A store that does not answer ends the import; the audit says how far it came")
  void unavailableStore_endsTheImport() {
    platform.audit.take();
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("workspaces.insert")) {
            throw new StoreUnavailableException("down");
          }
          return real.run();
        });
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(this::takeAll)
        .matches(UnavailableException::isOutcomeUnknown);
    assertThat(told().kind()).isEqualTo(AuditKind.UNKNOWN);
    assertThat(told().details()).containsEntry("inserted", "6");
    platform.stores.calm();
    assertThat(host.resumeImport(ALL.iterator()))
        .isEqualTo(new ImportResult(7, 6, 2, 0, List.of()));
  }

  @Test
  @DisplayName("Nothing to import is an event, too; a null is no record")
  void nothing_isTold() {
    assertThat(take()).isEqualTo(new ImportResult(0, 0, 0, 0, List.of()));
    assertThat(told().operation()).isEqualTo("import");
    assertThat(told().kind()).isEqualTo(AuditKind.NOT_CHANGED);
    List<StoreRecord> withNull = new ArrayList<>();
    withNull.add(null);
    assertThatNullPointerException().isThrownBy(() -> host.importRecords(withNull.iterator()));
    assertThatNullPointerException().isThrownBy(() -> host.importRecords(null));
  }

  @Test
  @DisplayName("Shared roles come without a workspace, and a role of an import is assignable")
  void roles_areImported() {
    takeAll();
    RoleRecord shared =
        RoleRecord.builder(RoleId.of("guests"), version(1), CREATED).name("Guests").build();
    assertThat(take(shared).inserted()).isEqualTo(1);
    Device device = platform.fleet.put(Device.of(BOLT, "t1"));
    assertThat(host.roles(BOLT).get(FITTERS).name()).isEqualTo("Fitters");
    MembershipRecord machines =
        platform.memory.workspaces().findMembership(MACHINES.id()).orElseThrow();
    assertThat(machines.roles()).isEqualTo(MACHINES.roles());
    assertThat(device.workspace()).isEqualTo(BOLT);
  }
}
